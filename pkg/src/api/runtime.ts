import type { Engine } from "./engine.js";
import { BailiwickError, typedError } from "./errors.js";

/** One instance of the module, and whether it still answers. A trap may leave its memory half written, so it is never asked again. */
export class Runtime {
  dead = false;

  constructor(readonly engine: Engine) {}

  /** Asks; when the module breaks, or has broken before, the answer is `denial`. */
  ask<T>(question: (engine: Engine) => T, denial: () => T): T {
    if (this.dead) return denial();
    try {
      return question(this.engine);
    } catch (error) {
      this.lose(error);
      return denial();
    }
  }

  /** Does what has no denial to fall back on; a broken module is `ERR_ENGINE_LOST`. */
  do<T>(work: (engine: Engine) => T): T {
    if (this.dead) throw lost();
    try {
      return work(this.engine);
    } catch (error) {
      this.lose(error);
      throw lost(error);
    }
  }

  /** Throws an error that the module meant; takes anything else for a trap. */
  lose(error: unknown): void {
    const typed = typedError(error);
    if (typed !== undefined) throw typed;
    this.dead = true;
  }
}

let current: Runtime | undefined;

/** The instance in force. */
export function runtime(): Runtime {
  if (current === undefined) {
    throw new BailiwickError("ERR_NOT_INITIALIZED", "the module is not there yet: `await init()` first");
  }
  return current;
}

/** Whether an instance is in force, alive or dead. */
export function initialized(): boolean {
  return current !== undefined;
}

/** Gives up the instance in force: its handles deny from here on. */
export function retire(): void {
  if (current !== undefined) current.dead = true;
}

/** Puts a fresh instance in force. */
export function adopt(engine: Engine): void {
  retire();
  current = new Runtime(engine);
}

function lost(cause?: unknown): BailiwickError {
  return new BailiwickError(
    "ERR_ENGINE_LOST",
    "the module broke and was given up: call `reset()`, then compile and load again",
    "",
    cause,
  );
}
