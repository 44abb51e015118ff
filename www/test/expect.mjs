import { isDeepStrictEqual } from "node:util";

/** Fails with a sentence, unless the two are equal. */
export function expect(found, expected, at) {
  if (!isDeepStrictEqual(found, expected))
    throw new Error(`${at}: found ${JSON.stringify(found)}, expected ${JSON.stringify(expected)}`);
}

/** Fails with a sentence, unless it holds. */
export function must(condition, sentence) {
  if (!condition) throw new Error(sentence);
}
