import type { Engine } from "./engine.js";
import { moment } from "./arguments.js";

/** Where the moment comes from: milliseconds since 1970, as a whole number. */
export type Clock = () => number;

/** The moments of one access. A moment earlier than one already seen counts as the one seen: a clock set back revives nothing. */
export class Moments {
  readonly #clock: Clock;
  #latest = 0;

  constructor(clock: Clock | undefined) {
    this.#clock = clock ?? Date.now;
  }

  /** The moment to ask at. */
  now(): number {
    const clock = this.#clock;
    this.#latest = Math.max(this.#latest, moment(clock(), "clock()"));
    return this.#latest;
  }
}

/** The first end in an access after a moment; infinite when there is none. */
export function nextExpiry(engine: Engine, access: number, now: number): number {
  const end = engine.expiry(access, now);
  if (typeof end !== "number" || Number.isNaN(end)) throw new Error("an end that is no number");
  return end;
}
