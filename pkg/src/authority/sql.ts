/** What a column holds. */
export type Value = string | number | null | Uint8Array;

/** A row, by its columns. */
export type SqlRow = { readonly [column: string]: Value };

/** A database that answers at once, and that one place alone writes to. */
export interface Sql {
  /** Runs one statement, and gives its rows; none, where it gives none. */
  all(query: string, ...values: Value[]): SqlRow[];
  /**
   * All of `work` or nothing, on the disk when this returns. Throws what `work` throws, after taking back what it did. Within another it
   * throws at once: half of an outer one would be kept.
   */
  atomically<T>(work: () => T): T;
}

/** A statement of a {@link Database}. */
export interface Statement {
  all(...values: Value[]): unknown[];
  run(...values: Value[]): unknown;
  /** Whether it gives rows; `better-sqlite3` wants to be asked. */
  readonly reader?: boolean;
}

/**
 * What the SQLite libraries of Node, Deno and Bun share: `DatabaseSync` of `node:sqlite`, `better-sqlite3`, `libsql`, `bun:sqlite`. None
 * comes with this package: which one fits is a matter of the host (a Node that has `node:sqlite` needs none; `libsql` and
 * `better-sqlite3` bring SQLite along for an older one). They answer at once, and that is needed: a command is decided and written before
 * the next one is looked at.
 */
export interface Database {
  exec(sql: string): unknown;
  prepare(sql: string): Statement;
  close?(): unknown;
}

/**
 * A database of Node, Deno or Bun, as the places want it. What was answered is on the disk (`synchronous = FULL`). The file belongs to
 * one process.
 *
 * @example
 * import { DatabaseSync } from "node:sqlite";
 * const sql = overDatabase(new DatabaseSync("acme.db"));
 */
export function overDatabase(database: Database): Sql {
  const statements = new Map<string, Statement>();
  let inside = false;
  database.exec("PRAGMA journal_mode = WAL");
  database.exec("PRAGMA synchronous = FULL");
  const prepared = (query: string): Statement => {
    const known = statements.get(query) ?? database.prepare(query);
    statements.set(query, known);
    return known;
  };
  return {
    all(query, ...values) {
      const statement = prepared(query);
      if (statement.reader !== false) return statement.all(...values).map(plain);
      statement.run(...values);
      return [];
    },
    atomically(work) {
      mustBeOutside(inside);
      inside = true;
      try {
        return within(database, work);
      } finally {
        inside = false;
      }
    },
  };
}

/** Throws within another `atomically`. */
export function mustBeOutside(inside: boolean): void {
  if (inside) throw new Error("`atomically` was called within `atomically`");
}

function within<T>(database: Database, work: () => T): T {
  try {
    database.exec("BEGIN IMMEDIATE");
    const done = work();
    database.exec("COMMIT");
    return done;
  } catch (error) {
    takeBack(database);
    throw error;
  }
}

/** Nothing is left to take back where the database did so itself, or where only the answer of its commit was lost. */
function takeBack(database: Database): void {
  try {
    database.exec("ROLLBACK");
  } catch {
    // The first error is the one that says what happened.
  }
}

/** Bytes are an `ArrayBuffer` for some libraries and a class of their own for others. */
function plain(row: unknown): SqlRow {
  const values = Object.entries(row as SqlRow).map(([column, value]) => [column, bytesOf(value)] as const);
  return Object.fromEntries(values);
}

function bytesOf(value: unknown): Value {
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  return ArrayBuffer.isView(value)
    ? new Uint8Array(value.buffer as ArrayBuffer, value.byteOffset, value.byteLength)
    : (value as Value);
}
