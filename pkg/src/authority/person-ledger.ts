import type { Change } from "../api/commands.js";
import type { Entry, Invited, Note, Person } from "./places.js";
import type { Reserved } from "./person.js";
import { type Owner, isOf, make } from "./schema.js";
import type { Sql, SqlRow } from "./sql.js";

const TABLES = [
  "CREATE TABLE person (one INTEGER PRIMARY KEY CHECK (one = 1), person TEXT NOT NULL)",
  `CREATE TABLE told (
    organization TEXT PRIMARY KEY, revision INTEGER NOT NULL, entry TEXT, invites TEXT NOT NULL,
    created INTEGER NOT NULL, gone INTEGER NOT NULL) WITHOUT ROWID`,
  `CREATE TABLE reservation (
    command TEXT PRIMARY KEY, organization TEXT NOT NULL, text TEXT NOT NULL, person TEXT NOT NULL, change TEXT NOT NULL,
    settled INTEGER NOT NULL) WITHOUT ROWID`,
];

/** The tables of a person. They are made by what is written first. */
export class PersonLedger {
  readonly #sql: Sql;
  readonly #owner: Owner;
  #made = false;

  constructor(sql: Sql, principal: string) {
    this.#sql = sql;
    this.#owner = { kind: "person", name: principal };
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
  person(): Person | undefined {
    const [row] = this.#rows("SELECT person FROM person");
    return row === undefined ? undefined : read<Person>(row["person"]);
  }

  /** Where they are members. */
  entries(): Entry[] {
    const rows = this.#rows("SELECT entry FROM told WHERE entry IS NOT NULL ORDER BY organization");
    return rows.map(({ entry }) => read<Entry>(entry));
  }

  /** What waits. */
  invites(): Invited[] {
    const rows = this.#rows("SELECT invites FROM told WHERE invites <> '[]' ORDER BY organization");
    return rows.flatMap(({ invites }) => read<Invited[]>(invites));
  }

  /** The organizations that they created or are creating, without those that are gone. */
  created(): string[] {
    const rows = this.#rows(
      `SELECT organization FROM told WHERE created = 1 AND gone = 0
       UNION SELECT organization FROM reservation WHERE settled = 0
       ORDER BY organization`,
    );
    return rows.map(({ organization }) => String(organization));
  }

  /** What was decided of a command. */
  reserved(command: string): Change | undefined {
    const [row] = this.#rows("SELECT change FROM reservation WHERE command = ?", command);
    return row === undefined ? undefined : read<Change>(row["change"]);
  }

  unsettled(): Reserved[] {
    const rows = this.#rows("SELECT text, person FROM reservation WHERE settled = 0 ORDER BY command");
    return rows.map(({ text, person }) => ({ command: String(text), person: read<Person>(person) }));
  }

  /** Within `atomically`, as all that follow. */
  signedIn(person: Person): void {
    this.#sql.all("INSERT OR REPLACE INTO person (one, person) VALUES (1, ?)", JSON.stringify(person));
  }

  told({ organization, revision, entry, invites, created: creator, gone }: Note): void {
    const [known] = this.#sql.all("SELECT revision, created FROM told WHERE organization = ?", organization);
    if (known !== undefined && Number(known["revision"]) > revision) return;
    const created = creator === true || known?.["created"] === 1;
    this.#sql.all(
      "INSERT OR REPLACE INTO told (organization, revision, entry, invites, created, gone) VALUES (?, ?, ?, ?, ?, ?)",
      ...[organization, revision, entry === undefined ? null : JSON.stringify(entry)],
      ...[JSON.stringify(invites), created ? 1 : 0, gone === true ? 1 : 0],
    );
  }

  reserve(change: Change, text: string, person: Person): void {
    const { id, organization } = change.command as Change["command"] & { readonly organization: string };
    this.#sql.all(
      "INSERT INTO reservation (command, organization, text, person, change, settled) VALUES (?, ?, ?, ?, ?, 0)",
      ...[id, organization, text, JSON.stringify(person), JSON.stringify(change)],
    );
  }

  /** What the organization has told already stands. */
  settle(command: string, created: boolean): void {
    if (!created) {
      this.#sql.all("DELETE FROM reservation WHERE command = ? AND settled = 0", command);
      return;
    }
    this.#sql.all(
      `INSERT INTO told (organization, revision, entry, invites, created, gone)
       SELECT organization, 0, NULL, '[]', 1, 0 FROM reservation WHERE command = ?
       ON CONFLICT (organization) DO UPDATE SET created = 1`,
      command,
    );
    this.#sql.all("UPDATE reservation SET settled = 1 WHERE command = ?", command);
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
