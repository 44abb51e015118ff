import type { Later } from "./later.js";
import type { Outcome } from "./outcome.js";
import type { FetchRequest } from "./settings.js";

/** A guard that answers at once where nothing has to be waited for: an adapter need not wait either. */
export interface AtOnce {
  fetch(request: FetchRequest, context: unknown): Later<Outcome>;
  decide(asked: unknown): Later<Outcome>;
}

const doors = new WeakMap<object, AtOnce>();

export function answersAtOnce(guard: object, door: AtOnce): void {
  doors.set(guard, door);
}

/** How a guard is asked at once; nothing for one that is not ours. */
export function atOnceOf(guard: object): AtOnce | undefined {
  return doors.get(guard);
}
