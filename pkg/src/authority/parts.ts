import type { Sql } from "./sql.js";

/** The bytes of one part. A row of a Durable Object holds 2 MB. */
export const PART = 1 << 20;

/** Where long texts lie: `snapshot` and `change`, by revision. */
export const PARTS = `CREATE TABLE parts (
  what TEXT NOT NULL, revision INTEGER NOT NULL, part INTEGER NOT NULL, bytes BLOB NOT NULL,
  PRIMARY KEY (what, revision, part)) WITHOUT ROWID`;

/** Writes a text in parts. */
export function putParts(sql: Sql, what: string, revision: number, bytes: Uint8Array): void {
  for (let part = 0; part * PART < bytes.length; part += 1) {
    const cut = bytes.slice(part * PART, (part + 1) * PART);
    sql.all("INSERT INTO parts (what, revision, part, bytes) VALUES (?, ?, ?, ?)", what, revision, part, cut);
  }
}

/** Reads a text of parts. */
export function partsOf(sql: Sql, what: string, revision: number): Uint8Array {
  const rows = sql.all("SELECT bytes FROM parts WHERE what = ? AND revision = ? ORDER BY part", what, revision);
  const parts = rows.map(({ bytes }) => bytes as Uint8Array);
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
