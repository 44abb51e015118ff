import { BailiwickError } from "bailiwick";
import type { Sql } from "./sql.js";

/** The version of the tables. */
const VERSION = 2;

const META = "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID";

/** What a database is of. */
export interface Owner {
  readonly kind: "organization" | "persons";
  /** The id of the organization, or the number of the shard. */
  readonly name: string;
}

/** Whose database it is; nothing for an empty one. Throws `ERR_STORAGE` for one of another version. */
export function ownerOf(sql: Sql): Owner | undefined {
  const there = sql.all("SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'meta'");
  if (there.length === 0) return undefined;
  const meta = Object.fromEntries(sql.all("SELECT key, value FROM meta").map(({ key, value }) => [key, value]));
  if (meta["version"] !== String(VERSION))
    throw wrong(`the tables are of version ${meta["version"]}, this package knows version ${VERSION}`);
  return { kind: meta["kind"], name: meta["name"] } as Owner;
}

/** Whether the database is somebody's already. Throws `ERR_STORAGE` if it is somebody else's: two of them would become one. */
export function isOf(sql: Sql, owner: Owner): boolean {
  const found = ownerOf(sql);
  if (found === undefined) return false;
  if (found.kind !== owner.kind || found.name !== owner.name)
    throw wrong(`this database is of the ${found.kind} \`${found.name}\`, not of the ${owner.kind} \`${owner.name}\``);
  return true;
}

/** Makes the tables. Within `atomically`. */
export function make(sql: Sql, owner: Owner, tables: readonly string[]): void {
  for (const table of [META, ...tables]) sql.all(table);
  for (const [key, value] of Object.entries({ version: String(VERSION), ...owner }))
    sql.all("INSERT INTO meta (key, value) VALUES (?, ?)", key, value);
}

function wrong(message: string): BailiwickError {
  return new BailiwickError("ERR_STORAGE", message);
}
