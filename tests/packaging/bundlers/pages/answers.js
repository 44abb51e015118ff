import { entries } from "./entries.js";
import { questions } from "./questions.js";

/** The suite through each entry. */
export function answers(data) {
  return Object.fromEntries(Object.entries(entries).map(([entry, api]) => [entry, questions(api, data)]));
}
