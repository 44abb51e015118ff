import type { Engine } from "./api/engine.js";
import { BailiwickError } from "./api/errors.js";
import { type ModuleName, adopt } from "./api/runtime.js";

/** Gives the exports of a fresh instance of a module. */
export type Instantiate = (imports: object) => object;

/** In a map, as the instances in force. */
const makers = new Map<ModuleName, () => Engine>();

/** Puts the first engine of a module in force. `fresh` makes one on an instance of its own, each time. */
export function start(fresh: () => Engine): void {
  makers.set(adopt(fresh()), fresh);
}

/** Puts an engine on a fresh instance of a module in force. */
export function again(module: ModuleName): void {
  const fresh = makers.get(module);
  if (fresh === undefined)
    throw new BailiwickError("ERR_NOT_INITIALIZED", "the module is not there yet: `await init(…)` first");
  adopt(fresh());
}
