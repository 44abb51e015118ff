import { type Sql, type SqlRow, mustBeOutside } from "../authority/sql.js";
import type { ObjectStorage, StoredValue } from "./platform.js";

/** The storage of an object, as an authority keeps things in it. */
export function overStorage(storage: ObjectStorage): Sql {
  let inside = false;
  return {
    all: (query, ...values) => storage.sql.exec(query, ...values).toArray().map(rowOf),
    atomically(work) {
      mustBeOutside(inside);
      inside = true;
      try {
        return storage.transactionSync(work);
      } finally {
        inside = false;
      }
    },
  };
}

function rowOf(row: Record<string, StoredValue>): SqlRow {
  const values = Object.entries(row).map(([column, value]) => [column, value instanceof ArrayBuffer ? new Uint8Array(value) : value]);
  return Object.fromEntries(values) as SqlRow;
}
