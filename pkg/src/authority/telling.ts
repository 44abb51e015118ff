import type { OrganizationAuthority } from "./organization.js";
import type { Note, Places } from "./places.js";
import { shardOf } from "./shards.js";

/** How many notes are looked up in one go. */
const MOST = 100;

/**
 * Tells everybody who is still to be told, `atOnce` shards at the same time, each of all its notes; true where nobody is left. What fails
 * stays, and keeps no other shard from being told. Between those whatever else waits has its turn.
 */
export async function deliver(open: () => OrganizationAuthority, places: Places, atOnce = 8): Promise<boolean> {
  for (let failed = 0; ; ) {
    const notes = open().pending(MOST, failed);
    if (notes.length === 0) return failed === 0;
    const told: Note[] = [];
    for (const parts of inTurns(byShard(notes), atOnce)) {
      told.push(...(await Promise.all(parts.map((part) => toldOf(part, places)))).flat());
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    open().delivered(told);
    failed += notes.length - told.length;
  }
}

function byShard(notes: readonly Note[]): Note[][] {
  const parts = new Map<number, Note[]>();
  for (const note of notes) {
    const shard = shardOf(note.to);
    parts.set(shard, [...(parts.get(shard) ?? []), note]);
  }
  return [...parts.values()];
}

function inTurns<T>(all: readonly T[], atOnce: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / atOnce) }, (_, turn) => all.slice(turn * atOnce, (turn + 1) * atOnce));
}

/** Those of one shard that were told: all, or nobody. */
async function toldOf(notes: readonly Note[], places: Places): Promise<readonly Note[]> {
  try {
    await places.tell(shardOf(notes[0]?.to ?? ""), notes);
    return notes;
  } catch {
    return [];
  }
}
