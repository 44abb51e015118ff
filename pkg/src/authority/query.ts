import type { ChangesAsked, Question } from "./places.js";
import { malformed } from "./problems.js";

/** What each question needs beside its name. */
const NEEDS = {
  who: ["action", "kind", "id"],
  matrix: ["kind", "id"],
  list: ["principal", "action", "kind"],
  grantable: ["target", "kind", "id"],
  view: [],
  history: [],
  preview: [],
} as const;

/** What each may have, and whether it is a number. */
const MAY: Readonly<Record<keyof typeof NEEDS, Readonly<Record<string, boolean>>>> = {
  who: { after: false, limit: true },
  matrix: { after: false, limit: true },
  list: { after: false, limit: true },
  grantable: {},
  view: {},
  history: { before: true, limit: true },
  preview: { after: false, limit: true },
};

/** A question from the query of a URL: each parameter once, and none that the question does not have. */
export function questionIn(ask: keyof typeof NEEDS, query: URLSearchParams): Question {
  return read(query, { ask }, NEEDS[ask], MAY[ask]) as unknown as Question;
}

/** Which changes are asked for, likewise. */
export function changesIn(query: URLSearchParams): ChangesAsked {
  return read(query, {}, ["after"], { after: true, limit: true }) as unknown as ChangesAsked;
}

function read(
  query: URLSearchParams,
  question: Record<string, string | number>,
  needs: readonly string[],
  may: Readonly<Record<string, boolean>>,
): Record<string, string | number> {
  for (const [name, value] of query) {
    if (Object.hasOwn(question, name) || !(needs.includes(name) || Object.hasOwn(may, name)))
      throw malformed("ERR_UNKNOWN_FIELD", name, "the question has no such parameter, or it came twice");
    question[name] = may[name] === true ? countIn(name, value) : value;
  }
  for (const name of needs)
    if (!Object.hasOwn(question, name)) throw malformed("ERR_MISSING_FIELD", name, "the question needs this parameter");
  return question;
}

function countIn(name: string, value: string): number {
  if (/^\d{1,15}$/.test(value)) return Number(value);
  throw malformed("ERR_VALUE", name, "a whole number is wanted");
}
