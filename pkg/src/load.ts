import type { Engine } from "./api/engine.js";
import { BailiwickError } from "./api/errors.js";
import { adopt, initialized, retire } from "./api/runtime.js";

/** Gives the exports of a fresh instance of a module. */
export type Instantiate = (imports: object) => object;

let make: (() => Engine) | undefined;

/** Puts the first engine in force. `fresh` makes one on an instance of its own, each time. */
export function start(fresh: () => Engine): void {
  adopt(fresh());
  make = fresh;
}

/**
 * Instantiates the module again, after `ERR_ENGINE_LOST` or at any time. Everything made before is lost: its questions are denied with
 * the reason `unavailable`, so compile and load again.
 *
 * @example
 * reset();
 * old.can("rename", "organization", "acme"); // false, whatever it was
 */
export function reset(): void {
  if (make === undefined || !initialized())
    throw new BailiwickError("ERR_NOT_INITIALIZED", "the module is not there yet: `await init(…)` first");
  retire();
  adopt(make());
}
