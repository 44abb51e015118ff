/** No name that is looked for is longer; what is longer is not compared. */
const LONGEST = 200;

/**
 * Which of some names was meant by one that is none of them: the same in other letters, a few slips of the hand away, or the only one that
 * it is a part of.
 *
 * @example
 * nearest("delte", ["rename", "delete"]); // "delete"
 * nearest("owner", ["project_owner", "project_user"]); // "project_owner"
 */
export function nearest(word: string, names: Iterable<string>): string | undefined {
  if (word === "" || word.length > LONGEST) return undefined;
  const wanted = plain(word);
  let found: string | undefined;
  let least = Math.max(1, Math.floor(word.length / 3)) + 1;
  const parts: string[] = [];
  for (const name of new Set(names)) {
    if (name === word) continue;
    const candidate = plain(name);
    if (isPart(wanted, candidate)) parts.push(name);
    const steps = distance(wanted, candidate, least - 1);
    if (steps < least) [found, least] = [name, steps];
  }
  return found ?? (parts.length === 1 ? parts[0] : undefined);
}

/** The number of letters changed, added, left out or swapped with their neighbour; more than `most` is `most + 1`. */
export function distance(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1];
      const swapped = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      next[column] = Math.min(
        at(next, column - 1) + 1,
        at(last, column) + 1,
        at(last, column - 1) + (same ? 0 : 1),
        swapped ? at(before, column - 2) + 1 : Infinity,
      );
    }
    if (Math.min(...next) > most) return most + 1;
    [before, last] = [last, next];
  }
  return Math.min(at(last, other.length), most + 1);
}

const at = (row: readonly number[], column: number): number => row[column] ?? Infinity;

const plain = (name: string): string => name.toLowerCase().replaceAll("-", "_");

/** Whether a name is whole words of another: `owner` of `project_owner`. */
const isPart = (part: string, name: string): boolean => part.length > 2 && `_${name}_`.includes(`_${part}_`);
