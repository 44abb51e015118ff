import type { PolicyDocument } from "../api/documents.js";

/** The names of a policy as a TypeScript file. */
export function typesOf(policy: PolicyDocument): string {
  const kinds = Object.entries(policy.kinds);
  const roles = kinds.map(([kind, { roles = {} }]) => [kind, Object.keys(roles)] as const);
  const actions = kinds.map(([kind, { actions = {} }]) => [kind, Object.keys(actions)] as const);
  return `// The names of the policy \`${policy.name}\`, written by \`bailiwick types\`: change the policy and run it again.
import type { PolicyDocument } from "bailiwick";

/** The kinds of resources. */
export type Kind = ${union(Object.keys(policy.kinds))};

/** What may be done on each kind; handing out a role is \`grant <role>\`. */
export interface Actions {
${actions.map(([kind, names], index) => field(kind, [...names, ...(roles[index]?.[1] ?? []).map((role) => `grant ${role}`)])).join("\n")}
}

/** The roles of each kind. */
export interface Roles {
${roles.map(([kind, names]) => field(kind, names)).join("\n")}
}

/** The roles by which things of each kind are shared. */
export interface SharingRoles {
${kinds.map(([kind, { sharing = [] }]) => field(kind, sharing)).join("\n")}
}

/** An action of a kind, or of any. */
export type Action<K extends Kind = Kind> = Actions[K];

/** A role of a kind, or of any. */
export type Role<K extends Kind = Kind> = Roles[K];

/** Which roles each sort of holder may have on each kind. */
export interface HolderRoles {
${Object.entries(policy.holders).map(holder).join("\n")}
}

/** The editions. */
export type Edition = ${union(Object.keys(policy.editions))};

/** The features that an edition may have. */
export type Feature = ${union(Object.keys(policy.features ?? {}))};

/** The limits that an edition may set. */
export type Limit = ${union(Object.keys(policy.limits ?? {}))};

/** The policy's names alone, for \`Access<Names>\`, \`Directory<Names>\` and \`Policy<Names>\` where the document comes at runtime. */
export interface Names extends Omit<PolicyDocument, "kinds" | "holders" | "editions"> {
  readonly kinds: {
    readonly [K in Kind]: {
      readonly actions: { readonly [A in Exclude<Actions[K], \`grant \${string}\`>]: object };
      readonly roles: { readonly [R in Roles[K]]: object };
      readonly sharing: readonly SharingRoles[K][];
    };
  };
  readonly holders: {
    readonly [H in keyof HolderRoles]: {
      readonly roles: { readonly [K in keyof HolderRoles[H]]: readonly HolderRoles[H][K][] };
    };
  };
  readonly editions: { readonly [E in Edition]: object };
}
`;
}

function field(name: string, names: readonly string[]): string {
  const whole = `  readonly ${name}: ${union(names)};`;
  if (whole.length <= 100) return whole;
  return `  readonly ${name}:\n${names.map((one) => `    | ${JSON.stringify(one)}`).join("\n")};`;
}

function holder([name, { roles = {} }]: [string, PolicyDocument["holders"][string]]): string {
  const kinds = Object.entries(roles).map(([kind, names]) => `    readonly ${kind}: ${union(names ?? [])};`);
  return kinds.length === 0 ? `  readonly ${name}: object;` : `  readonly ${name}: {\n${kinds.join("\n")}\n  };`;
}

const union = (names: readonly string[]): string =>
  names.length === 0 ? "never" : names.map((name) => JSON.stringify(name)).join(" | ");
