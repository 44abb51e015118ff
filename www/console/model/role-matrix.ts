import type { ActionDocument } from "bailiwick";
import type { Product } from "./product";

export type Given = "yes" | "no";

export interface RoleOf {
  readonly kind: string;
  readonly role: string;
}

export interface RoleMatrix {
  readonly roles: readonly RoleOf[];
  readonly actions: readonly (readonly [string, ActionDocument])[];
  readonly given: (role: RoleOf, action: string) => Given;
}

/** The roles that reach a kind, its own and those of kinds above that imply one of them, against its actions. */
export function matrixOf(product: Product, kind: string): RoleMatrix {
  const own = Object.keys(product.kind(kind).roles ?? {}).map((role) => ({ kind, role }));
  const above = Object.entries(product.policy.kinds)
    .filter(([name]) => name !== kind)
    .flatMap(([name, { roles = {} }]) => Object.keys(roles).map((role) => ({ kind: name, role })))
    .filter((role) => impliedOn(product, role, kind).size > 0);
  const roles = [...above, ...own];
  const held = new Map(roles.map((role) => [keyOf(role), actionsOf(product, role, kind)]));
  return {
    roles,
    actions: Object.entries(product.kind(kind).actions ?? {}),
    given: (role, action) => (held.get(keyOf(role))?.has(action) === true ? "yes" : "no"),
  };
}

const keyOf = ({ kind, role }: RoleOf) => `${kind}/${role}`;

function actionsOf(product: Product, role: RoleOf, kind: string): ReadonlySet<string> {
  const roles = [...impliedOn(product, role, kind), ...(role.kind === kind ? [role.role] : [])];
  return new Set(roles.flatMap((one) => product.kind(kind).roles?.[one]?.allow ?? []));
}

/** The roles of `kind` that a role implies, in any number of steps. */
function impliedOn(product: Product, from: RoleOf, kind: string): ReadonlySet<string> {
  const seen = new Set<string>([keyOf(from)]);
  const found = new Set<string>();
  const open = [from];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { implies = {} } = product.kind(next.kind).roles?.[next.role] ?? {};
    for (const [on, roles = []] of Object.entries(implies))
      for (const role of roles) {
        if (on === kind) found.add(role);
        if (!seen.has(`${on}/${role}`)) open.push({ kind: on, role });
        seen.add(`${on}/${role}`);
      }
  }
  return found;
}
