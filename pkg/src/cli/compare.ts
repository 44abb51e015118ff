import type { Compared, GainRow, PeopleMatrix, RoleMapping, Told, Totals } from "../api/questions.js";
import type { Directory, Policy } from "./module.js";
import { idsOf } from "./names.js";

/** Who gains and who loses what in one organization. */
export interface Movement {
  readonly organization: string;
  readonly rows: readonly GainRow[];
  readonly totals: Totals;
  /** Roles that the other policy does not have, and how many hold them. */
  readonly unmapped: Compared["unmapped"];
}

/** What everybody of an organization would gain and lose under another policy: all pages. */
export function comparePolicies(
  directory: Directory,
  organization: string,
  other: Policy,
  roles: RoleMapping,
  now: number,
): Movement {
  const rows: GainRow[] = [];
  let after: string | undefined;
  for (;;) {
    const page = must(directory.compare(organization, other, roles, { now, after }));
    rows.push(...page.rows);
    after = page.next;
    if (after === undefined) return { organization, rows, totals: page.totals, unmapped: page.unmapped };
  }
}

/** What everybody of an organization gains and loses from one directory to another. */
export function compareDirectories(
  policy: Policy,
  old: Directory,
  recent: Directory,
  organization: string,
  now: number,
): Movement {
  const ids = new Set([...idsOf(old.document()), ...idsOf(recent.document())]);
  const rows = [...ids]
    .filter((id) => id.includes("/"))
    .flatMap((id) => rowsOf(policy, old, recent, organization, id, now))
    .sort(byPrincipal);
  return { organization, rows, totals: totalsOf(rows), unmapped: [] };
}

/** The rows of one resource; none where it is no resource, or lies in another organization. */
function rowsOf(
  policy: Policy,
  old: Directory,
  recent: Directory,
  organization: string,
  on: string,
  now: number,
): GainRow[] {
  const slash = on.indexOf("/");
  const kind = on.slice(0, slash);
  const id = on.slice(slash + 1);
  if (!policy.kinds.some((one) => one.kind === kind)) return [];
  const before = actionsBy(old, organization, kind, id, now);
  const after = actionsBy(recent, organization, kind, id, now);
  const people = new Set([...before.keys(), ...after.keys()]);
  return [...people].flatMap((principal) => {
    const had = before.get(principal) ?? [];
    const has = after.get(principal) ?? [];
    const gained = has.filter((action) => !had.includes(action));
    const lost = had.filter((action) => !has.includes(action));
    return gained.length + lost.length === 0 ? [] : [{ principal, kind, id, gained, lost }];
  });
}

/** What everybody may do on a resource. */
function actionsBy(
  directory: Directory,
  organization: string,
  kind: string,
  id: string,
  now: number,
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  let after: string | undefined;
  do {
    const page: Told<PeopleMatrix> = directory.matrix(organization, kind, id, { now, after });
    // Nothing is told of what is not there, or lies elsewhere: nobody may do anything on it here.
    if (!page.ok) return found;
    for (const { principal, cells } of page.rows)
      found.set(
        principal,
        page.actions.filter((_, index) => cells[index] === true),
      );
    after = page.next;
  } while (after !== undefined);
  return found;
}

function totalsOf(rows: readonly GainRow[]): Totals {
  return {
    principals: new Set(rows.map(({ principal }) => principal)).size,
    rows: rows.length,
    gained: rows.reduce((sum, { gained }) => sum + gained.length, 0),
    lost: rows.reduce((sum, { lost }) => sum + lost.length, 0),
    hidden: 0,
  };
}

function must<T>(told: Told<T>): T {
  if (told.ok) return told;
  throw new Error(`the host may ask everything, and was refused: ${told.decision.reason}`);
}

const key = ({ principal, kind, id }: GainRow): string => `${principal}\n${kind}\n${id}`;

const byPrincipal = (one: GainRow, other: GainRow): number => (key(one) < key(other) ? -1 : 1);
