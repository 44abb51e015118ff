import { BailiwickError } from "../api/errors.js";
import type { GuardEngine } from "./engine.js";

/** Makes instances of the module: none is shared between guards, and after a trap the next one takes its place. */
const makers: (() => GuardEngine)[] = [];

/** Says how instances are made. In a list: what is only written into an object, some minifiers leave out. */
export function start(fresh: () => GuardEngine): void {
  makers[0] = fresh;
}

/** Whether the module is there. */
export function isThere(): boolean {
  return makers.length > 0;
}

/** An instance of its own. */
export function instance(): GuardEngine {
  const [fresh] = makers;
  if (fresh === undefined)
    throw new BailiwickError("ERR_NOT_INITIALIZED", "the module is not there yet: `await init(…)` first");
  return fresh();
}
