import { FIELDS, openVector } from "../../test/suite/vectors.mjs";
import { type Source, textOf } from "./source.js";
import { Access, BailiwickError, BailiwickTypeError, Directory, Policy } from "./module.js";
import type { PolicyDocument } from "../api/documents.js";
import { faultOf } from "./faults.js";
import { nearest } from "./nearest.js";
import { inside } from "./names.js";
import { locate, positionOf } from "./place.js";

/** One line of a difference. */
export interface Line {
  readonly side: "both" | "expected" | "found";
  readonly text: string;
}

/** An answer that is not the expected one, or a vector that cannot be asked. */
export interface Failure {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The question in the vector. */
  readonly path: string;
  /** The question in a few words. */
  readonly question: string;
  readonly message: string;
  readonly expected?: unknown;
  readonly found?: unknown;
  readonly difference?: { readonly of: string; readonly lines: readonly Line[] };
}

/** What came of one vector. */
export interface Ran {
  readonly file: string;
  readonly passed: number;
  readonly failures: readonly Failure[];
}

/** Runs one vector. */
export function runVector(source: Source, vector: unknown, policies: { readonly [name: string]: unknown }): Ran {
  const failures: Failure[] = [];
  let passed = 0;
  const attempt = (path: string, work: () => void): void => {
    try {
      work();
      passed += 1;
    } catch (error) {
      failures.push(failureOf(source, vector, path, error));
    }
  };
  let opened: ReturnType<typeof openVector> | undefined;
  try {
    if (typeof vector !== "object" || vector === null || Array.isArray(vector))
      throw new Error("a vector is an object with `policy` and `questions`");
    opened = openVector({ Access, Directory, Policy }, source.name, vector, policies);
  } catch (error) {
    failures.push(failureOf(source, vector, "", error));
  }
  for (const [, check, path] of opened?.checks ?? []) attempt(path, check);
  opened?.close();
  return { file: source.name, passed, failures };
}

function failureOf(source: Source, vector: unknown, path: string, error: unknown): Failure {
  if (path === "" && (error instanceof BailiwickError || error instanceof BailiwickTypeError))
    return refusalOf(source, vector, error);
  const text = textOf(source);
  const { message } = error instanceof Error ? error : { message: String(error) };
  const said = shortened(message, source.name).replace(/^questions\[\d+\]: /, "");
  const slip = /^no such (?:field|question) `([^`]*)`$/.exec(said)?.[1];
  const failure = {
    file: source.name,
    ...positionOf(text, placeOf(text, path, slip)),
    path,
    question: path === "" ? "" : questionOf(inside(vector, ...path.split(/[.[\]]+/).filter((step) => step !== ""))),
    message: said + hintTo(said, slip),
  };
  if (!isDifference(error)) return failure;
  const { expected, found } = error;
  const of = shortened(error.at, source.name).replace(/^questions\[\d+\](: )?/, "");
  return { ...failure, expected, found, difference: { of, lines: linesOf(expected, found) } };
}

/** What stands first in a question, or the key that is none of its own. */
function placeOf(text: string, path: string, slip: string | undefined): number {
  const field = slip === undefined ? undefined : locate(text, `${path}.${slip}`);
  const asked = slip === undefined ? undefined : locate(text, `${path}.ask`);
  if (field?.exact === true && field.key !== undefined) return field.key.offset;
  if (asked?.exact === true && asked.value.word === slip) return asked.value.offset;
  return locate(text, path)?.value.offset ?? 0;
}

function hintTo(said: string, slip: string | undefined): string {
  if (slip === undefined) return "";
  const fields = ["ask", "note", "expect", ...Object.values(FIELDS).flat(), "steps", "document", "patch", "reason"];
  const meant = nearest(slip, said.startsWith("no such field") ? fields : [...Object.keys(FIELDS), "walk", "error"]);
  return meant === undefined ? "" : `, did you mean \`${meant}\`?`;
}

/** A policy or a directory in a vector that is wrong: told as by `check`, at its place in the vector. */
function refusalOf(source: Source, vector: unknown, error: BailiwickError | BailiwickTypeError): Failure {
  const text = textOf(source);
  const policy = inside(vector, "policy");
  const part = compiles(policy) ? "directory" : "policy";
  const sourceOf = (name: string): Source => ({ name, bytes: encoder.encode(JSON.stringify(inside(vector, name))) });
  const { message, didYouMean } = faultOf(sourceOf(part), part, error, typeof policy === "string" ? undefined : sourceOf("policy"));
  const path = error.path === "" ? part : `${part}.${error.path}`;
  const place = locate(text, path);
  const span = place?.nested === true ? (place.key ?? place.value) : place?.value;
  const meant = didYouMean === undefined ? "" : `; did you mean \`${didYouMean}\`?`;
  return { file: source.name, ...positionOf(text, span?.offset ?? 0), path, question: "", message: message + meant };
}

const encoder = new TextEncoder();

function compiles(policy: unknown): boolean {
  if (typeof policy === "string") return true;
  try {
    Policy.compile(policy as PolicyDocument).free();
    return true;
  } catch {
    return false;
  }
}

interface Difference {
  readonly at: string;
  readonly expected: unknown;
  readonly found: unknown;
}

const isDifference = (error: unknown): error is Difference =>
  error instanceof Error && "at" in error && "expected" in error && "found" in error;

const shortened = (text: string, file: string): string => text.replaceAll(`${file}: `, "");

/** A question or a step in a few words: what is asked, not what is expected. */
function questionOf(question: unknown): string {
  if (typeof question !== "object" || question === null) return "";
  const { expect: _, note: __, then: ___, ...asked } = question as Record<string, unknown>;
  const text = Object.values(asked)
    .map((value) => (typeof value === "string" ? value : JSON.stringify(value)))
    .join(" ");
  return text.length > 200 ? `${text.slice(0, 199)}…` : text;
}

/** Two values, line by line: what both have at the beginning and the end once, and of that no more than two lines. */
function linesOf(expected: unknown, found: unknown): readonly Line[] {
  const one = written(expected);
  const other = written(found);
  let start = 0;
  while (start < one.length && start < other.length && one[start] === other[start]) start += 1;
  let end = 0;
  while (end < one.length - start && end < other.length - start && one.at(-1 - end) === other.at(-1 - end)) end += 1;
  return [
    ...one.slice(Math.max(0, start - 2), start).map((text) => ({ side: "both", text }) as const),
    ...one.slice(start, one.length - end).map((text) => ({ side: "expected", text }) as const),
    ...other.slice(start, other.length - end).map((text) => ({ side: "found", text }) as const),
    ...one
      .slice(one.length - end)
      .slice(0, 2)
      .map((text) => ({ side: "both", text }) as const),
  ];
}

/** A value in lines: the elements of a list and the fields of an object each in its own. */
function written(value: unknown): string[] {
  if (value === undefined) return ["(nothing)"];
  const whole = JSON.stringify(value);
  return whole.length <= 60 ? [whole] : JSON.stringify(value, undefined, 2).split("\n");
}
