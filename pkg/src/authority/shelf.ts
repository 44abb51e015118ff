import { ownerOf } from "./schema.js";
import { type Database, type Sql, overDatabase } from "./sql.js";

/** A database that is opened when it is asked, and made when it is written to. */
export interface LazySql extends Sql {
  /** Whether it is there. */
  isThere(): boolean;
  /** Closes it, to be opened again; false where that would lose it. */
  close(): boolean;
}

/** `made` is called when it is there for the first time. */
export function lazily(open: (make: boolean) => Database | undefined, made: () => void): LazySql {
  let held: { readonly database: Database; readonly sql: Sql; readonly lasts: boolean } | undefined;
  const there = (make: boolean): Sql | undefined => {
    if (held !== undefined) return held.sql;
    const database = open(make);
    if (database === undefined) return undefined;
    const opened = opening(database);
    if (!opened.lasts && !make && ownerOf(opened.sql) === undefined) {
      database.close?.();
      return undefined;
    }
    held = { database, ...opened };
    made();
    return held.sql;
  };
  return {
    all: (query, ...values) => there(false)?.all(query, ...values) ?? [],
    atomically: (work) => must(there(true)).atomically(work),
    isThere: () => there(false) !== undefined,
    close: () => {
      if (held?.lasts === false) return false;
      held?.database.close?.();
      held = undefined;
      return true;
    },
  };
}

/** A database that cannot be asked is not left open. */
function opening(database: Database): { readonly sql: Sql; readonly lasts: boolean } {
  try {
    const sql = overDatabase(database);
    return { sql, lasts: isFile(sql) };
  } catch (error) {
    database.close?.();
    throw error;
  }
}

/** A database in memory is gone when it is closed. */
function isFile(sql: Sql): boolean {
  return sql.all("PRAGMA database_list").some(({ name, file }) => name === "main" && file !== "" && file !== null);
}

function must(sql: Sql | undefined): Sql {
  if (sql === undefined) throw new Error("`databases(name, true)` gave no database");
  return sql;
}

/** What lies on a shelf. */
export interface Kept<T> {
  readonly value: T;
  readonly sql: LazySql;
  /** Gives memory back. */
  rest(): void;
  /** Whether somebody still listens to it. */
  isBusy(): boolean;
}

/** Holds so many open, those that were asked last. What has no database yet is not among them: asking for names costs nothing. */
export class Shelf<T> {
  readonly #kept = new Map<string, Kept<T>>();

  constructor(private readonly most: number) {}

  has(name: string): boolean {
    return this.#kept.has(name);
  }

  /** `make` is given what puts it on the shelf. */
  get(name: string, make: (shelve: () => void) => Kept<T>): T {
    const known = this.#kept.get(name);
    if (known !== undefined) {
      this.#put(name, known);
      return known.value;
    }
    const kept: Kept<T> = make(() => this.#put(name, kept));
    kept.sql.isThere();
    return kept.value;
  }

  clear(): void {
    for (const kept of this.#kept.values()) {
      kept.rest();
      kept.sql.close();
    }
    this.#kept.clear();
  }

  #put(name: string, kept: Kept<T>): void {
    this.#kept.delete(name);
    this.#kept.set(name, kept);
    this.#putAway(this.#kept.size - this.most);
  }

  /** The oldest go, but for those that somebody listens to; what lies in memory alone gives up its directory and stays. */
  #putAway(many: number): void {
    for (const [name, kept] of [...this.#kept].slice(0, Math.max(many, 0))) {
      if (kept.isBusy()) continue;
      kept.rest();
      if (kept.sql.close()) this.#kept.delete(name);
    }
  }
}
