/**
 * In how many places persons are kept, whoever they are. Telling a large organization's members wakes no more than these. It says where
 * each person is, so it never changes.
 */
export const SHARDS = 64;

/** The place of a principal or an address: FNV-1a, which is the same everywhere. */
export function shardOf(principal: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(principal)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash ^ (hash >>> 16)) & (SHARDS - 1);
}
