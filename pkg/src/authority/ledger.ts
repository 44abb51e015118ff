import type { Change } from "../api/commands.js";
import { PART, PARTS, partsOf, putParts } from "./parts.js";
import { isOf, make } from "./schema.js";
import { shardOf } from "./shards.js";
import type { Sql, SqlRow } from "./sql.js";

const TABLES = [
  PARTS,
  "CREATE TABLE snapshot (revision INTEGER PRIMARY KEY, at INTEGER NOT NULL)",
  // The text lies in `parts` where it is longer than one.
  "CREATE TABLE log (revision INTEGER PRIMARY KEY, at INTEGER NOT NULL, command TEXT NOT NULL, change TEXT)",
  "CREATE UNIQUE INDEX log_by_command ON log (command)",
  `CREATE TABLE outbox (
    shard INTEGER NOT NULL, recipient TEXT NOT NULL, revision INTEGER NOT NULL, PRIMARY KEY (shard, recipient)) WITHOUT ROWID`,
];

/** How many changes are read at once. */
const PAGE = 256;

/** How many where most are not wanted. */
const FEW = 16;

/** A directory as it was written whole last. */
export interface Snapshot {
  readonly revision: number;
  /** When it was changed last, in milliseconds since 1970. */
  readonly at: number;
  readonly bytes: Uint8Array;
}

/** Who is told of a revision. */
export interface Recipient {
  readonly to: string;
  readonly revision: number;
}

/** The tables of an organization: the last snapshot, every change with the id of its command, and who is still to be told. */
export class Ledger {
  readonly #sql: Sql;
  readonly #name: string;
  #made = false;

  constructor(sql: Sql, name: string) {
    this.#sql = sql;
    this.#name = name;
  }

  /** Whether the organization exists, or existed. */
  get exists(): boolean {
    this.#made ||= isOf(this.#sql, { kind: "organization", name: this.#name });
    return this.#made;
  }

  /** All of `work` or nothing. */
  atomically<T>(work: () => T): T {
    return this.#sql.atomically(work);
  }

  /** Makes the tables, with the directory before its first change, and whom it is told. Within `atomically`. */
  begin(snapshot: Snapshot, told: Iterable<string>): void {
    make(this.#sql, { kind: "organization", name: this.#name }, TABLES);
    this.replace(snapshot);
    this.#tell(told, snapshot.revision);
  }

  /** Writes the directory whole, in place of the snapshot before. Within `atomically`. */
  replace({ revision, at, bytes }: Snapshot): void {
    this.#sql.all("DELETE FROM parts WHERE what = 'snapshot'");
    this.#sql.all("DELETE FROM snapshot");
    this.#sql.all("INSERT INTO snapshot (revision, at) VALUES (?, ?)", revision, at);
    putParts(this.#sql, "snapshot", revision, bytes);
  }

  /** Forgets changes and command ids, but the newest `keep`. Only what the snapshot holds: together with `replace`, within `atomically`. */
  prune(keep: number): void {
    const last = "(SELECT max(revision) FROM log) - ?";
    this.#sql.all(`DELETE FROM parts WHERE what = 'change' AND revision <= ${last}`, keep);
    this.#sql.all(`DELETE FROM log WHERE revision <= ${last}`, keep);
  }

  /** Adds a change with its text, and whom it is told. A revision and a command id come once. Within `atomically`. */
  append({ after, at, command }: Change, text: string, told: Iterable<string>): void {
    const bytes = text.length * 3 > PART ? new TextEncoder().encode(text) : undefined;
    const long = bytes !== undefined && bytes.length > PART;
    this.#sql.all(
      "INSERT INTO log (revision, at, command, change) VALUES (?, ?, ?, ?)",
      ...[after, at, command.id, long ? null : text],
    );
    if (long) putParts(this.#sql, "change", after, bytes);
    this.#tell(told, after);
  }

  #tell(told: Iterable<string>, revision: number): void {
    for (const to of told)
      this.#sql.all("INSERT OR REPLACE INTO outbox (shard, recipient, revision) VALUES (?, ?, ?)", shardOf(to), to, revision);
  }

  /** The snapshot. */
  snapshot(): Snapshot {
    const [row] = this.#sql.all("SELECT revision, at FROM snapshot");
    const revision = Number(row?.["revision"]);
    return { revision, at: Number(row?.["at"]), bytes: partsOf(this.#sql, "snapshot", revision) };
  }

  /** The texts of the changes after a revision, in their order. */
  *after(revision: number): Iterable<string> {
    for (let last = revision; ; ) {
      const rows = this.#sql.all("SELECT revision, change FROM log WHERE revision > ? ORDER BY revision LIMIT ?", last, PAGE);
      for (const row of rows) yield this.#text(row);
      if (rows.length < PAGE) return;
      last = Number(rows.at(-1)?.["revision"]);
    }
  }

  /** The revision after which all changes are kept. */
  oldest(): number {
    const [row] = this.#sql.all("SELECT min(revision) - 1 AS oldest FROM log");
    return row?.["oldest"] === null ? this.newest().revision : Number(row?.["oldest"]);
  }

  /** The texts of the changes before a revision, the newest first. */
  *before(revision: number): Iterable<string> {
    for (let last = revision; ; ) {
      const query = "SELECT revision, change FROM log WHERE revision < ? ORDER BY revision DESC LIMIT ?";
      const rows = this.#sql.all(query, last, FEW);
      for (const row of rows) yield this.#text(row);
      if (rows.length < FEW) return;
      last = Number(rows.at(-1)?.["revision"]);
    }
  }

  /** The change that a command made, by its id. */
  made(command: string): Change | undefined {
    const [row] = this.#sql.all("SELECT revision, change FROM log WHERE command = ?", command);
    return row === undefined ? undefined : (JSON.parse(this.#text(row)) as Change);
  }

  /** The revision in force, and its moment. */
  newest(): { readonly revision: number; readonly at: number } {
    const [row] = this.#sql.all("SELECT revision, at FROM log ORDER BY revision DESC LIMIT 1");
    const [whole] = row === undefined ? this.#sql.all("SELECT revision, at FROM snapshot") : [row];
    return { revision: Number(whole?.["revision"] ?? 0), at: Number(whole?.["at"] ?? 0) };
  }

  /** Who is still to be told, but the first `skip`: those of one shard follow each other. */
  pending(limit: number, skip: number): Recipient[] {
    const rows = this.#sql.all(
      "SELECT recipient, revision FROM outbox ORDER BY shard, recipient LIMIT ? OFFSET ?",
      ...[limit, skip],
    );
    return rows.map(({ recipient, revision }) => ({ to: String(recipient), revision: Number(revision) }));
  }

  /** These were told; but not of a later revision. */
  delivered(told: readonly Recipient[]): void {
    this.#sql.atomically(() => {
      for (const { to, revision } of told)
        this.#sql.all("DELETE FROM outbox WHERE shard = ? AND recipient = ? AND revision <= ?", shardOf(to), to, revision);
    });
  }

  #text({ revision, change }: SqlRow): string {
    return typeof change === "string"
      ? change
      : new TextDecoder().decode(partsOf(this.#sql, "change", Number(revision)));
  }
}
