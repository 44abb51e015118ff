import type { PolicyDocument } from "../api/documents.js";
import { BailiwickError, BailiwickTypeError, Directory, Policy } from "./module.js";
import { type Source, textOf } from "./source.js";
import { type Span, lineAt, locate, offsetOf, positionOf } from "./place.js";
import { fieldsAt } from "./fields.js";
import { hintFor, syntaxHint } from "./hints.js";
import { inside, meantIn } from "./names.js";
import { nearest } from "./nearest.js";

/** What is wrong with a document, and where. */
export interface Fault {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly code: string;
  /** The place in the document; empty for the whole of it. */
  readonly path: string;
  readonly message: string;
  /** A name that the document declares and that may have been meant. */
  readonly didYouMean?: string;
  /** The line, and what to point at in it. */
  readonly quote?: { readonly text: string; readonly start: number; readonly length: number };
}

/** A value, or why there is none. */
export type Read<T> = { readonly value: T; readonly fault?: undefined } | { readonly fault: Fault };

/** Compiles a policy. */
export function compiled(source: Source): Read<Policy> {
  return attempt(source, "policy", () => Policy.compile(source.bytes));
}

/** Loads a directory under a policy, whose document tells which names there are. */
export function loaded(policy: Policy, of: Source, source: Source): Read<Directory> {
  return attempt(source, "directory", () => Directory.load(policy, source.bytes), of);
}

/** The document, once it is known to be one; nothing while it is not. */
export function parsed(source: Source): unknown {
  try {
    return JSON.parse(textOf(source));
  } catch {
    return undefined;
  }
}

/** The document of a policy that compiles. */
export const policyOf = (source: Source): PolicyDocument => parsed(source) as PolicyDocument;

function attempt<T>(source: Source, kind: "policy" | "directory", make: () => T, policy?: Source): Read<T> {
  try {
    return { value: make() };
  } catch (error) {
    if (error instanceof BailiwickError || error instanceof BailiwickTypeError)
      return { fault: faultOf(source, kind, error, policy) };
    throw error;
  }
}

/** The fault of a document that an error speaks of. */
export function faultOf(
  source: Source,
  kind: "policy" | "directory",
  error: BailiwickError | BailiwickTypeError,
  policy?: Source,
): Fault {
  const { code, path } = error;
  const text = textOf(source);
  const message = path === "" ? error.message : error.message.replace(`${path}: `, "");
  const broken = / at line (\d+) column (\d+)$/.exec(message);
  if (broken !== null) return syntax(source, text, code, message, broken);
  if (code === "ERR_MISSING_FIELD") return missing(source, text, path, message);
  const span = spanOf(text, path, code, message);
  const wrong = { kind, code, path, word: span.word, document: parsed(source), policy: policy && parsed(policy) };
  const meant = meantIn(wrong);
  const sentence = message + (code === "ERR_UNKNOWN_FIELD" ? swapped(kind, path) : hintFor(wrong, meant !== undefined));
  const at = { file: source.name, ...positionOf(text, span.offset) };
  const fault = { ...at, code, path, message: sentence, ...quoteOf(text, span) };
  return meant === undefined ? fault : { ...fault, didYouMean: meant };
}

/** Whoever names the two documents the wrong way round is told. */
function swapped(kind: "policy" | "directory", path: string): string {
  const other = kind === "policy" ? "directory" : "policy";
  if (path.includes(".") || !fieldsAt(other, path).includes(path)) return "";
  return `; this looks like a ${other}: the policy comes first, then its directories`;
}

/** JSON that is none: the reader tells the place itself, and at the end of the text it tells the last character. */
function syntax(source: Source, text: string, code: string, message: string, place: RegExpExecArray): Fault {
  const ended = message.includes("EOF");
  const offset = ended ? text.trimEnd().length : offsetOf(text, Number(place[1]), Number(place[2]));
  const sentence = text.startsWith("\ufeff")
    ? "the document is not JSON: it begins with a byte order mark, save it without"
    : message.slice(0, place.index).replace("EOF", "it ends") + syntaxHint(text, offset, message);
  const span = { offset, length: 1 };
  return { file: source.name, ...positionOf(text, offset), code, path: "", message: sentence, ...quoteOf(text, span) };
}

/** A field that is not there: where it should be, or the key that was meant to be it. */
function missing(source: Source, text: string, path: string, message: string): Fault {
  const [above, name] = [path.slice(0, Math.max(0, path.lastIndexOf("."))), path.slice(path.lastIndexOf(".") + 1)];
  const holder = inside(parsed(source), ...above.split(/[.[\]]+/).filter((step) => step !== ""));
  const keys = typeof holder === "object" && holder !== null ? Object.keys(holder) : [];
  const slip = nearest(
    name,
    keys.filter((key) => key !== name),
  );
  const key = slip === undefined ? undefined : locate(text, above === "" ? slip : `${above}.${slip}`)?.key;
  const span = key ?? locate(text, path)?.value ?? { offset: 0, length: 0 };
  const sentence = message.replace("this field", `the field \`${name}\``);
  const fault = { file: source.name, ...positionOf(text, span.offset), code: "ERR_MISSING_FIELD", path, message: sentence };
  return { ...fault, ...(key && { didYouMean: name }), ...quoteOf(text, span) };
}

/** What of a place is at fault: its key where the key is what is wrong, else its value, if that is not a whole object. */
function spanOf(text: string, path: string, code: string, message: string): Span {
  const place = locate(text, path);
  // What was no text became this character.
  const broken = code === "ERR_ILL_FORMED" && path === "" ? text.indexOf("\ufffd") : -1;
  if (broken !== -1) return { offset: broken, length: 1 };
  if (place === undefined) return { offset: 0, length: 0 };
  const { key, value, nested, exact } = place;
  if (key === undefined || !exact) return value;
  const named = nested || KEYS.has(code) || message.includes(`\`${key.word}\``);
  return named ? key : value;
}

const KEYS = new Set(["ERR_UNKNOWN_FIELD", "ERR_DUPLICATE_KEY", "ERR_UNKNOWN_HOLDER", "ERR_UNKNOWN_COMMAND"]);

function quoteOf(text: string, span: Span): Pick<Fault, "quote"> {
  if (text === "") return {};
  const line = lineAt(text, span.offset);
  const start = span.offset - line.start;
  const length = Math.max(1, Math.min(span.length, line.text.length - start));
  return { quote: { text: line.text, start, length } };
}
