// Comparing without a test runner: the suite runs in Node and in a page alike.

/** Fails with a sentence. */
export function must(condition, sentence) {
  if (!condition) throw new Error(sentence);
}

/** Something else was found than was expected: in a sentence, and as it is for who shows it in another way. */
export class Difference extends Error {
  constructor(at, found, expected) {
    super(`${at}: found ${JSON.stringify(found)}, expected ${JSON.stringify(expected)}`);
    Object.assign(this, { at, found, expected });
  }
}

/** Deep equality of plain data. */
export function same(found, expected, at) {
  if (!isSame(found, expected)) throw new Difference(at, found, expected);
}

/** A field that nobody reads would be an expectation that nobody checks. */
export function knownFields(object, known, at) {
  for (const field of Object.keys(object)) must(known.includes(field), `${at}: no such field \`${field}\``);
}

function isSame(one, other) {
  if (Object.is(one, other)) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const fields = Object.keys(one);
  return (
    fields.length === Object.keys(other).length &&
    fields.every((field) => Object.hasOwn(other, field) && isSame(one[field], other[field]))
  );
}

/** Runs named checks one after the other; says how many passed and what failed. */
export function tally(checks) {
  const result = { passed: 0, failures: [] };
  for (const [name, check] of checks) {
    try {
      check();
      result.passed += 1;
    } catch (error) {
      result.failures.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return result;
}
