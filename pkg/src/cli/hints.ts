import { type Wrong, declared, inside, policyFor } from "./names.js";

/** So many names are listed where none of them is near. */
const MOST = 8;

/** What to do about JSON that is none, where what stands at the place tells it. */
export function syntaxHint(text: string, offset: number, message: string): string {
  const letter = text[offset] ?? "";
  if (message.includes("trailing comma")) return ": take away the comma before this";
  if (letter === "/" || letter === "#") return ": JSON has no comments";
  if (letter === "'" || letter === "`") return ": strings stand in double quotes";
  if (message.includes("key must be a string") && /[\w$]/.test(letter)) return ": keys stand in double quotes";
  return "";
}

/** What else the sentence of an error should say: where the name belongs, which names there are, how a moment is written. */
export function hintFor(wrong: Wrong, isNear: boolean): string {
  const { code, path, word } = wrong;
  if (word === undefined) return "";
  if (code === "ERR_TYPE") return momentHint(path, word);
  if (isNear || !LISTED.has(code)) return "";
  const names = declared(wrong, policyFor(wrong));
  const elsewhere = kindWith(wrong);
  const belongs = elsewhere === undefined ? "" : `; \`${word}\` belongs to kind \`${elsewhere}\``;
  if (names.length === 0 || names.length > MOST) return belongs;
  return `${belongs}; here there ${names.length === 1 ? "is" : "are"} ${names.map((name) => `\`${name}\``).join(", ")}`;
}

const LISTED = new Set([
  "ERR_UNKNOWN_KIND",
  "ERR_UNKNOWN_ROLE",
  "ERR_UNKNOWN_ACTION",
  "ERR_UNKNOWN_EDITION",
  "ERR_UNKNOWN_FEATURE",
  "ERR_UNKNOWN_LIMIT",
  "ERR_UNKNOWN_HOLDER",
]);

/** The kind that has a role or an action of this name. */
function kindWith(wrong: Wrong): string | undefined {
  const field = { ERR_UNKNOWN_ROLE: "roles", ERR_UNKNOWN_ACTION: "actions" }[wrong.code];
  if (field === undefined) return undefined;
  const kinds = inside(policyFor(wrong), "kinds");
  if (typeof kinds !== "object" || kinds === null) return undefined;
  return Object.keys(kinds).find((kind) => inside(kinds, kind, field, wrong.word) !== undefined);
}

/** Moments are numbers: which one a date would be. */
function momentHint(path: string, word: string): string {
  if (!/\.(until|now|at|sent|verified)$/.test(path)) return "";
  const moment = /^\d{4}-\d\d-\d\d/.test(word) ? Date.parse(word) : NaN;
  return `: milliseconds since 1970${Number.isNaN(moment) ? "" : `, which for \`${word}\` is ${moment}`}`;
}
