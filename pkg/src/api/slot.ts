import { BailiwickError } from "./errors.js";
import type { Runtime } from "./runtime.js";

/** A compiled value inside the module: which instance, which handle, and whether it was given back. */
export class Slot {
  /** Whether the value was given back. */
  freed = false;

  constructor(
    readonly runtime: Runtime,
    readonly handle: number,
  ) {}

  /** Gives the value back when `holder` is collected, unless it was freed by hand. */
  heldBy(holder: object): void {
    registry?.register(holder, this, this);
  }

  /** Throws `ERR_FREED` when the value was given back. */
  mustLive(): void {
    if (this.freed) throw new BailiwickError("ERR_FREED", "this value was freed: make a new one");
  }

  /** Gives the value back; a second time does nothing. */
  free(): void {
    if (this.freed) return;
    this.freed = true;
    registry?.unregister(this);
    this.runtime.ask(
      (engine) => engine.release(this.handle),
      () => undefined,
    );
  }
}

/** One for all classes. Freeing on a dead instance does nothing: its memory goes as a whole. */
const registry =
  typeof FinalizationRegistry === "function" ? new FinalizationRegistry<Slot>((slot) => slot.free()) : undefined;

/** Gives a class `Symbol.dispose`, where the platform has it, for `using`. */
export function disposable(constructor: { prototype: { free(): void } }): void {
  if (typeof Symbol.dispose !== "symbol") return;
  Object.defineProperty(constructor.prototype, Symbol.dispose, {
    value(this: { free(): void }) {
      this.free();
    },
    configurable: true,
    writable: true,
  });
}

declare global {
  interface SymbolConstructor {
    readonly dispose: unique symbol;
  }
}
