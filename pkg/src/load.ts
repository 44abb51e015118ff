import type { Engine } from "./api/engine.js";
import { BailiwickError } from "./api/errors.js";
import { adopt, initialized, retire } from "./api/runtime.js";

/** One way of getting at the module: the only thing in which the runtimes differ. */
export interface Source {
  /** The first engine. */
  start(): Promise<Engine>;
  /** An engine on a fresh instance of the same module. */
  again(): Engine;
}

let source: Source | undefined;
let pending: Promise<void> | undefined;

/** Says where the module comes from. Each entry file does it once. */
export function provide(from: Source): void {
  source = from;
}

/**
 * Brings the module in. Call it once before anything else; where the module is already there (in Node) it does nothing.
 * After a failure the next call tries again.
 *
 * @example
 * await init();
 * const policy = Policy.compile(document); // before that: ERR_NOT_INITIALIZED
 */
export function init(): Promise<void> {
  if (initialized()) return Promise.resolve();
  pending ??= start().finally(() => {
    pending = undefined;
  });
  return pending;
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
  if (source === undefined || !initialized())
    throw new BailiwickError("ERR_NOT_INITIALIZED", "the module is not there yet: `await init()` first");
  retire();
  adopt(source.again());
}

async function start(): Promise<void> {
  if (source === undefined)
    throw new BailiwickError("ERR_NOT_INITIALIZED", "no entry file has said where the module is");
  adopt(await source.start());
}
