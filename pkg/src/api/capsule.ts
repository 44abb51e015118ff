import { givenBytes } from "./arguments.js";
import { runtime } from "./runtime.js";

/**
 * What makes one capsule out of another: small where little has changed. `applyDelta` of `bailiwick/guard` makes it so; a delta is
 * signed as a capsule is, by `signDelta`.
 *
 * @example
 * const delta = capsuleDelta(before, after);
 * applyDelta(before, delta); // the bytes of `after`
 */
export function capsuleDelta(from: Uint8Array, to: Uint8Array): Uint8Array {
  const [old, fresh] = [givenBytes(from, "from"), givenBytes(to, "to")];
  return runtime().do((engine) => engine.difference(old, fresh));
}
