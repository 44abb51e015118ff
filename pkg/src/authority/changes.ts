import type { Change } from "../api/commands.js";
import type { Ledger } from "./ledger.js";
import { pageSize } from "./page.js";
import type { Changes, ChangesAsked } from "./places.js";
import { BailiwickError } from "bailiwick";

/** A page of the changes after a revision, the oldest first. Throws `ERR_REVISION` where not all of them are there. */
export function changesIn(ledger: Ledger, { after, limit }: ChangesAsked, revision: number): Changes {
  if (!ledger.exists || after < ledger.oldest() || after > revision)
    throw new BailiwickError("ERR_REVISION", "not all changes after this revision are here, begin with the document", "after");
  const changes: Change[] = [];
  for (const text of ledger.after(after)) {
    if (changes.length === pageSize(limit)) return { changes, revision, next: after + changes.length };
    changes.push(JSON.parse(text) as Change);
  }
  return { changes, revision };
}
