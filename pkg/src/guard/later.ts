/** A value, or who will give it. */
export type Later<T> = T | PromiseLike<T>;

/** Goes on at once with what is no promise, and else when it is kept: nobody waits for a value that is there. */
export function then<T, U>(given: Later<T>, next: (given: T) => Later<U>): Later<U> {
  return waits(given) ? Promise.resolve(given).then(next) : next(given);
}

/** Bytes, strings and nothing are there; of anything else only `Promise` knows. */
function waits<T>(given: Later<T>): given is PromiseLike<T> {
  if (typeof given === "object") return given !== null && !(given instanceof Uint8Array);
  return typeof given === "function";
}
