import { changesOf } from "../../../pkg/src/cli/changes";
import { comparePolicies } from "../../../pkg/src/cli/compare";
import { Directory, Policy } from "../../../pkg/src/cli/module";
import { labelsOf } from "./evaluate";
import type { Comparison, Failed, Mapping } from "./protocol";

/** Who gains and who loses what from one policy to another; `failing` says which of them is none. */
export function compare(before: string, after: string, directory: string, mapping: Mapping): Comparison | Failed {
  const made: { free(): void }[] = [];
  const keep = <T extends { free(): void }>(one: T): T => {
    made.push(one);
    return one;
  };
  try {
    const old = keep(attempt("the policy before", () => Policy.compile(before)));
    const recent = keep(attempt("the policy after", () => Policy.compile(after)));
    const moved = movements(old, recent, directory, mapping, keep);
    const roles = Object.fromEntries(recent.kinds.map(({ kind, roles: names }) => [kind, names]));
    const [one, other] = [labelsOf(old), labelsOf(recent)];
    const labels = { kinds: { ...one.kinds, ...other.kinds }, roles: { ...one.roles, ...other.roles } };
    return { before: old.label, after: recent.label, changes: changesOf(old, recent), roles, labels, ...moved };
  } catch (error) {
    return { fault: sentenceOf(error) };
  } finally {
    for (const one of made.reverse()) one.free();
  }
}

function movements(
  old: Policy,
  recent: Policy,
  text: string,
  mapping: Mapping,
  keep: <T extends { free(): void }>(one: T) => T,
): Pick<Comparison, "movements" | "fault"> {
  if (text.trim() === "") return { movements: [] };
  try {
    const directory = keep(attempt("the directory under the policy before", () => Directory.load(old, text)));
    const { organizations = [] } = directory.document();
    const now = Date.now();
    const moved = organizations.map(({ id }) => comparePolicies(directory, id, recent, mapping, now));
    return { movements: moved.filter(({ rows, unmapped }) => rows.length + unmapped.length > 0) };
  } catch (error) {
    return { movements: [], fault: sentenceOf(error) };
  }
}

function attempt<T>(what: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new Error(`${what}: ${sentenceOf(error)}`);
  }
}

export const sentenceOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
