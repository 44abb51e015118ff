import type { Engine } from "./engine.js";
import { BailiwickError, BailiwickTypeError } from "./errors.js";
import { bytes, illFormed, mustFit, nameOf, wellFormed } from "./arguments.js";

/** The deepest nesting of objects and arrays that a document may have. */
const MAX_DEPTH = 32;

/** One object or array that is being written: what is left of it, and where we are. */
interface Frame {
  readonly value: object;
  readonly keys: readonly string[] | undefined;
  readonly length: number;
  next: number;
}

/**
 * Writes a plain value as JSON, without recursion: own enumerable data of plain objects and arrays, each property read once.
 * Getters, `toJSON`, class instances, holes, `undefined` and numbers that are not safe integers are refused with their path:
 * what a decision rests on is what was written down, not what an object says of itself when asked.
 */
export function write(document: unknown): string {
  const stack: Frame[] = [];
  let out = "";
  let value = document;
  for (;;) {
    const scalar = scalarText(value, stack);
    if (scalar !== undefined) out += scalar;
    else {
      stack.push(open(value as object, stack));
      out += Array.isArray(value) ? "[" : "{";
    }
    let frame = stack.at(-1);
    while (frame !== undefined && frame.next === frame.length) {
      out += frame.keys === undefined ? "]" : "}";
      stack.pop();
      frame = stack.at(-1);
    }
    mustFit(out.length);
    if (frame === undefined) return out;
    if (frame.next > 0) out += ",";
    const key = frame.keys === undefined ? String(frame.next) : (frame.keys[frame.next] as string);
    frame.next += 1;
    if (frame.keys !== undefined) out += `${quoted(key, stack)}:`;
    value = read(frame.value, key, stack);
  }
}

function scalarText(value: unknown, stack: readonly Frame[]): string | undefined {
  if (value === null) return "null";
  switch (typeof value) {
    case "string":
      return quoted(value, stack);
    case "boolean":
      return value ? "true" : "false";
    case "number":
      if (Number.isSafeInteger(value)) return String(value);
      throw new BailiwickTypeError("a number must be an integer within 2^53", place(stack));
    case "object":
      return undefined;
    default:
      throw new BailiwickTypeError(`${nameOf(value)} is not a part of a document: leave the field out`, place(stack));
  }
}

function quoted(value: string, stack: readonly Frame[]): string {
  mustFit(value.length);
  if (!wellFormed(value)) throw illFormed(place(stack));
  return JSON.stringify(value);
}

function open(value: object, stack: readonly Frame[]): Frame {
  if (stack.length === MAX_DEPTH) {
    throw new BailiwickError("ERR_DEPTH", `more than ${MAX_DEPTH} levels deep, or a cycle`, place(stack));
  }
  return Array.isArray(value) ? openArray(value, stack) : openObject(value, stack);
}

function openArray(value: readonly unknown[], stack: readonly Frame[]): Frame {
  const { length } = value;
  mustFit(length);
  if (Reflect.ownKeys(value).length !== length + 1) {
    throw new BailiwickTypeError("an array must have no hole and no field beside its items", place(stack));
  }
  return { value, keys: undefined, length, next: 0 };
}

function openObject(value: object, stack: readonly Frame[]): Frame {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new BailiwickTypeError("only plain objects and arrays are a part of a document", place(stack));
  }
  const keys: string[] = [];
  for (const key of Reflect.ownKeys(value)) {
    if (typeof key === "symbol")
      throw new BailiwickTypeError("a field's name must be a string, not a symbol", place(stack));
    keys.push(key);
  }
  return { value, keys, length: keys.length, next: 0 };
}

/** One property's value, read once and without running anybody's code. */
function read(holder: object, key: string, stack: readonly Frame[]): unknown {
  const descriptor = Object.getOwnPropertyDescriptor(holder, key);
  if (descriptor === undefined || !Object.hasOwn(descriptor, "value") || descriptor.enumerable !== true) {
    throw new BailiwickTypeError("a field must be plain data, not a getter and not hidden", place(stack));
  }
  return descriptor.value;
}

/** Where we are, as the errors of a document name it: `kinds.project.roles.owner.allow[3]`. */
function place(stack: readonly Frame[]): string {
  let path = "";
  for (const { keys, next } of stack) {
    if (next === 0) break;
    const key = keys?.[next - 1];
    path += key === undefined ? `[${next - 1}]` : path === "" ? key : `.${key}`;
  }
  return path;
}

const encoder = new TextEncoder();

/** A document as bytes: bytes are copied, text is encoded, an object is written first. */
export function encode(document: unknown): Uint8Array {
  const json = written(document);
  return typeof json === "string" ? encoded(json) : json;
}

/** Puts a document where `load` reads it; how many bytes. Text goes there by itself, if it takes as many bytes as it has letters. */
export function bring(engine: Pick<Engine, "memory" | "room">, document: Uint8Array | string): number {
  const room = (length: number): Uint8Array => {
    const start = engine.room(length) >>> 0; // before the buffer is looked at: the memory may grow
    return new Uint8Array(engine.memory.buffer, start, length);
  };
  if (typeof document === "string") {
    const { read, written } = encoder.encodeInto(document, room(document.length));
    if (read === document.length) return written;
  }
  const bytes = typeof document === "string" ? encoded(document) : document;
  room(bytes.length).set(bytes);
  return bytes.length;
}

/** A document as text, if it is not bytes: these are copied, an object is written first. */
export function written(document: unknown): Uint8Array | string {
  if (typeof document !== "string" && (typeof document !== "object" || document === null)) {
    throw new BailiwickTypeError(`a document is an object, JSON text or a Uint8Array, not ${nameOf(document)}`);
  }
  const json = typeof document === "string" ? document : (bytes(document) ?? write(document));
  if (typeof json !== "string") return json;
  mustFit(json.length);
  if (!wellFormed(json)) throw illFormed("");
  return json;
}

function encoded(json: string): Uint8Array {
  const bytes = encoder.encode(json);
  mustFit(bytes.length);
  return bytes;
}
