import { givenBytes } from "../api/arguments.js";
import { BailiwickError } from "../api/errors.js";
import { Words } from "../api/words.js";
import { instance } from "./instances.js";

/**
 * Makes the next capsule of the one at hand and of a delta, as `capsuleDelta` made it. Throws `ERR_DELTA` for a delta that was made for
 * another capsule: the one at hand stays as it is.
 *
 * @example
 * capsule = applyDelta(capsule, await verifyDelta(token));
 */
export function applyDelta(capsule: Uint8Array, delta: Uint8Array): Uint8Array {
  const [before, change] = [givenBytes(capsule, "capsule"), givenBytes(delta, "delta")];
  const both = new Uint8Array(before.length + change.length);
  both.set(before);
  both.set(change, before.length);
  const engine = instance();
  const words = new Words(engine);
  words.bring(both);
  const length = engine.step(before.length);
  if (length === 0)
    throw new BailiwickError("ERR_DELTA", "this delta was made for another capsule, take the whole one");
  return words.answer(length).slice();
}
