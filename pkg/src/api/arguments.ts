import { BailiwickError, BailiwickTypeError } from "./errors.js";

/** 64 MiB: the most that crosses in one call. */
export const MAX_BYTES = 64 * 1024 * 1024;

/** No name or id that a document may hold is longer than 1,024 bytes. */
const LONGEST_NAME = 2_048;

/** Whether a string holds no half of a surrogate pair. */
export const wellFormed: (text: string) => boolean =
  "isWellFormed" in String.prototype
    ? (text) => (text as string & { isWellFormed(): boolean }).isWellFormed()
    : (text) => !/\p{Surrogate}/u.test(text);

/** A well-formed string, as it is. Two ill-formed ones would become the same bytes. */
export function text(value: unknown, path: string): string {
  if (typeof value !== "string")
    throw new BailiwickTypeError(`\`${path}\` must be a string, not ${nameOf(value)}`, path);
  if (!wellFormed(value)) throw illFormed(path);
  return value;
}

/** A string that asks a question. What is longer than anything known is cut, still too long to be known: the memory stays flat. */
export function word(value: unknown, path: string): string {
  const whole = text(value, path);
  if (whole.length <= LONGEST_NAME) return whole;
  const cut = whole.slice(0, LONGEST_NAME);
  return wellFormed(cut) ? cut : whole.slice(0, LONGEST_NAME - 1);
}

/** An array, whatever is in it. */
export function arrayOf(value: unknown, path: string): readonly unknown[] {
  if (Array.isArray(value)) return value as readonly unknown[];
  throw new BailiwickTypeError(`\`${path}\` must be an array of strings, not ${nameOf(value)}`, path);
}

/** A copy of an array of words, each read once. */
export function words(value: unknown, path: string): string[] {
  const list = arrayOf(value, path);
  const { length } = list;
  const copy: string[] = [];
  for (let index = 0; index < length; index += 1) copy.push(word(list[index], `${path}[${index}]`));
  return copy;
}

/** A moment: milliseconds since 1970 as a safe integer. */
export function moment(value: unknown, path: string): number {
  if (!isCount(value))
    throw new BailiwickTypeError(`\`${path}\` must be whole milliseconds since 1970, not ${nameOf(value)}`, path);
  return value;
}

/** The size of a page. */
export function pageSize(value: unknown, path: string): number {
  if (!isCount(value) || value < 1 || value > 1_000)
    throw new BailiwickTypeError(`\`${path}\` must be a whole number from 1 to 1,000`, path);
  return value;
}

/** Yes or no; nothing is no. */
export function flag(value: unknown, path: string): boolean {
  if (value === undefined || typeof value === "boolean") return value === true;
  throw new BailiwickTypeError(`\`${path}\` must be true or false, not ${nameOf(value)}`, path);
}

/** A function, or nothing. */
export function optionalFunction<F>(value: unknown, path: string): F | undefined {
  if (value === undefined || typeof value === "function") return value as F | undefined;
  throw new BailiwickTypeError(`\`${path}\` must be a function, not ${nameOf(value)}`, path);
}

/** The named fields of an options object, in that order: its own ones only, for what a prototype holds is nobody's wish. */
export function options(value: unknown, path: string, ...names: readonly string[]): unknown[] {
  if (value === undefined) return [];
  if (typeof value !== "object" || value === null)
    throw new BailiwickTypeError(`\`${path}\` must be an object, not ${nameOf(value)}`, path);
  return names.map((name) => (Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined));
}

/** Bytes handed in, copied; measured by the platform, whatever the object says of itself. */
export function bytes(value: unknown): Uint8Array | undefined {
  const seen = bytesSeen(value);
  return seen === undefined ? undefined : new Uint8Array(seen);
}

/** The same where they lie, for who copies them before any foreign code runs. */
export function bytesSeen(value: unknown): Uint8Array<ArrayBufferLike> | undefined {
  if (typedArrayName.call(value) !== "Uint8Array") return undefined;
  const length = typedArrayLength.call(value) as number;
  mustFit(length);
  return new Uint8Array(typedArrayBuffer.call(value) as ArrayBufferLike, typedArrayStart.call(value) as number, length);
}

/** Bytes that must be there, copied. */
export function givenBytes(value: unknown, path: string): Uint8Array {
  const copy = bytes(value);
  if (copy !== undefined) return copy;
  throw new BailiwickTypeError(`\`${path}\` must be a Uint8Array, not ${nameOf(value)}`, path);
}

/** Throws `ERR_TOO_LARGE` over 64 MiB. */
export function mustFit(length: number): void {
  if (length > MAX_BYTES) throw new BailiwickError("ERR_TOO_LARGE", "more than 64 MiB in one call: split it");
}

/** What a value is, for an error's text. Nothing of the value is read. */
export function nameOf(value: unknown): string {
  if (value === null) return "null";
  if (typeof value === "number") return "this number";
  return typeof value === "undefined" ? "undefined" : `a ${typeof value}`.replace("a object", "an object");
}

/** The error for half of a surrogate pair. */
export function illFormed(path: string): BailiwickError {
  return new BailiwickError(
    "ERR_ILL_FORMED",
    "a string holds half of a surrogate pair: two such strings would be one",
    path,
  );
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

const TypedArray = Object.getPrototypeOf(Uint8Array.prototype) as object;
const typedArrayName = getter(Symbol.toStringTag);
const typedArrayLength = getter("byteLength");
const typedArrayBuffer = getter("buffer");
const typedArrayStart = getter("byteOffset");

function getter(key: PropertyKey): (this: unknown) => unknown {
  return Object.getOwnPropertyDescriptor(TypedArray, key)?.get ?? (() => undefined);
}
