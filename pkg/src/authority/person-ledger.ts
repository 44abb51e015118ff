import type { Change } from "../api/commands.js";
import type { Entry, Invited, Note, Person } from "./places.js";
import { type Owner, isOf, make } from "./schema.js";
import type { Sql, SqlRow } from "./sql.js";

const TABLES = [
  "CREATE TABLE person (principal TEXT PRIMARY KEY, person TEXT NOT NULL) WITHOUT ROWID",
  `CREATE TABLE told (
    principal TEXT NOT NULL, organization TEXT NOT NULL, revision INTEGER NOT NULL, entry TEXT, invites TEXT NOT NULL,
    created INTEGER NOT NULL, gone INTEGER NOT NULL, PRIMARY KEY (principal, organization)) WITHOUT ROWID`,
  `CREATE TABLE reservation (
    principal TEXT NOT NULL, command TEXT NOT NULL, organization TEXT NOT NULL, text TEXT NOT NULL, person TEXT NOT NULL,
    change TEXT NOT NULL, settled INTEGER NOT NULL, PRIMARY KEY (principal, command)) WITHOUT ROWID`,
  "CREATE INDEX unsettled ON reservation (principal, command) WHERE settled = 0",
];

/** A creation that nobody has answered yet. */
export interface Reserved {
  /** Whose: `user/<id>`. */
  readonly principal: string;
  readonly command: string;
  readonly person: Person;
}

/** The tables of the persons of one shard. They are made by what is written first. */
export class PersonLedger {
  readonly #sql: Sql;
  readonly #owner: Owner;
  #made = false;

  constructor(sql: Sql, shard: number) {
    this.#sql = sql;
    this.#owner = { kind: "persons", name: String(shard) };
  }

  /** All of `work`, which writes, or nothing. */
  atomically(work: () => void): void {
    const made = this.#exists();
    this.#sql.atomically(() => {
      if (!made) make(this.#sql, this.#owner, TABLES);
      work();
    });
  }

  /** Who signed in last. */
  person(principal: string): Person | undefined {
    const [row] = this.#rows("SELECT person FROM person WHERE principal = ?", principal);
    return row === undefined ? undefined : read<Person>(row["person"]);
  }

  /** Where they are members. */
  entries(principal: string): Entry[] {
    const rows = this.#rows("SELECT entry FROM told WHERE principal = ? AND entry IS NOT NULL ORDER BY organization", principal);
    return rows.map(({ entry }) => read<Entry>(entry));
  }

  /** What waits. */
  invites(principal: string): Invited[] {
    const rows = this.#rows("SELECT invites FROM told WHERE principal = ? AND invites <> '[]' ORDER BY organization", principal);
    return rows.flatMap(({ invites }) => read<Invited[]>(invites));
  }

  /** The organizations that they created or are creating, without those that are gone. */
  created(principal: string): string[] {
    const rows = this.#rows(
      `SELECT organization FROM told WHERE principal = ? AND created = 1 AND gone = 0
       UNION SELECT organization FROM reservation WHERE principal = ? AND settled = 0
       ORDER BY organization`,
      ...[principal, principal],
    );
    return rows.map(({ organization }) => String(organization));
  }

  /** What was decided of a command. */
  reserved(principal: string, command: string): Change | undefined {
    const [row] = this.#rows("SELECT change FROM reservation WHERE principal = ? AND command = ?", principal, command);
    return row === undefined ? undefined : read<Change>(row["change"]);
  }

  /** Of all persons here. */
  unsettled(): Reserved[] {
    const rows = this.#rows("SELECT principal, text, person FROM reservation WHERE settled = 0 ORDER BY principal, command");
    return rows.map(({ principal, text, person }) => ({
      principal: String(principal),
      command: String(text),
      person: read<Person>(person),
    }));
  }

  /** Within `atomically`, as all that follow. */
  signedIn(principal: string, person: Person): void {
    this.#sql.all("INSERT OR REPLACE INTO person (principal, person) VALUES (?, ?)", principal, JSON.stringify(person));
  }

  told({ to, organization, revision, entry, invites, created: creator, gone }: Note): void {
    const [known] = this.#sql.all("SELECT revision, created FROM told WHERE principal = ? AND organization = ?", to, organization);
    if (known !== undefined && Number(known["revision"]) > revision) return;
    const created = creator === true || known?.["created"] === 1;
    this.#sql.all(
      "INSERT OR REPLACE INTO told (principal, organization, revision, entry, invites, created, gone) VALUES (?, ?, ?, ?, ?, ?, ?)",
      ...[to, organization, revision, entry === undefined ? null : JSON.stringify(entry)],
      ...[JSON.stringify(invites), created ? 1 : 0, gone === true ? 1 : 0],
    );
  }

  reserve(principal: string, change: Change, text: string, person: Person): void {
    const { id, organization } = change.command as Change["command"] & { readonly organization: string };
    this.#sql.all(
      "INSERT INTO reservation (principal, command, organization, text, person, change, settled) VALUES (?, ?, ?, ?, ?, ?, 0)",
      ...[principal, id, organization, text, JSON.stringify(person), JSON.stringify(change)],
    );
  }

  /** What the organization has told already stands. */
  settle(principal: string, command: string, created: boolean): void {
    if (!created) {
      this.#sql.all("DELETE FROM reservation WHERE principal = ? AND command = ? AND settled = 0", principal, command);
      return;
    }
    this.#sql.all(
      `INSERT INTO told (principal, organization, revision, entry, invites, created, gone)
       SELECT principal, organization, 0, NULL, '[]', 1, 0 FROM reservation WHERE principal = ? AND command = ?
       ON CONFLICT (principal, organization) DO UPDATE SET created = 1`,
      ...[principal, command],
    );
    this.#sql.all("UPDATE reservation SET settled = 1 WHERE principal = ? AND command = ?", principal, command);
  }

  #rows(query: string, ...values: string[]): SqlRow[] {
    return this.#exists() ? this.#sql.all(query, ...values) : [];
  }

  /** Never asked within a transaction, which may be taken back with the tables that it makes. */
  #exists(): boolean {
    this.#made ||= isOf(this.#sql, this.#owner);
    return this.#made;
  }
}

function read<T>(text: unknown): T {
  return JSON.parse(String(text)) as T;
}
