import type { Engine } from "./engine.js";
import { BailiwickError, typedError } from "./errors.js";
import { Words } from "./words.js";

/** One instance of the module, and whether it still answers. A trap may leave its memory half written, so it is never asked again. */
export class Runtime {
  dead = false;
  /** Where the words of a question are put. */
  readonly words: Words;

  constructor(readonly engine: Engine) {
    this.words = new Words(engine);
  }

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

/** The full module, and the one that only answers. */
export type ModuleName = "bailiwick" | "access";

/** The instances in force. In a map: SWC, which Parcel minifies with, leaves out what is only written into an object. */
const current = new Map<ModuleName, Runtime>();

/** The instance of the full module in force. */
export function runtime(): Runtime {
  return there(current.get("bailiwick"));
}

/** An instance that answers from a prepared access: the small one, where both are there. */
export function answering(): Runtime {
  return there(current.get("access") ?? current.get("bailiwick"));
}

/** Whether an instance of a module is in force, alive or dead. */
export function initialized(module: ModuleName): boolean {
  return current.has(module);
}

/** Puts a fresh instance in force; of which module it is. The one before denies from here on. */
export function adopt(engine: Engine): ModuleName {
  const module = "compile" in engine ? "bailiwick" : "access";
  const before = current.get(module);
  if (before !== undefined) before.dead = true;
  current.set(module, new Runtime(engine));
  return module;
}

function there(runtime: Runtime | undefined): Runtime {
  if (runtime === undefined)
    throw new BailiwickError("ERR_NOT_INITIALIZED", "the module is not there yet: `await init()` first");
  return runtime;
}

function lost(cause?: unknown): BailiwickError {
  return new BailiwickError(
    "ERR_ENGINE_LOST",
    "the module broke and was given up: call `reset()`, then compile and load again",
    "",
    cause,
  );
}
