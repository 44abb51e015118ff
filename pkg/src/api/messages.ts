import type { Decision, Messages, Question } from "./decision.js";
import { nameOf, optionalFunction } from "./arguments.js";
import { BailiwickTypeError } from "./errors.js";

/** One sentence of the host's own. */
export type Sentence = (decision: Decision, question: Question) => string;

/** The host's own sentences by reason, read once; what a prototype holds is none of them. */
export function sentences(messages: unknown): ReadonlyMap<string, Sentence> {
  const found = new Map<string, Sentence>();
  if (messages === undefined) return found;
  if (typeof messages !== "object" || messages === null) {
    throw new BailiwickTypeError(
      `\`settings.messages\` must be an object, not ${nameOf(messages)}`,
      "settings.messages",
    );
  }
  for (const [reason, sentence] of Object.entries(messages as Messages)) {
    const said = optionalFunction<Sentence>(sentence, `settings.messages.${reason}`);
    if (said !== undefined) found.set(reason, said);
  }
  return found;
}
