import type { CommandName, KindDocument, PolicyDocument } from "bailiwick";

/** One question to the access: a place where the page decides something. */
export interface Point {
  readonly action: string;
  readonly kind: string;
  readonly id: string;
}

/** What a command is about: a thing, by its kind and id. */
export interface Target {
  readonly kind: string;
  readonly id: string;
}

/** What the page has to know of a role model, worked out from its document alone. */
export class Product {
  readonly #guarding: ReadonlyMap<string, ReadonlySet<string>>;

  constructor(readonly policy: PolicyDocument) {
    this.#guarding = guarding(policy);
  }

  get name(): string {
    return this.policy.label ?? this.policy.name;
  }

  kind(kind: string): KindDocument {
    return this.policy.kinds[kind] ?? {};
  }

  /** Whether anybody may give this command at all. */
  has(command: CommandName): boolean {
    return this.policy.nobody?.includes(command) !== true;
  }

  get hasProjects(): boolean {
    return this.policy.kinds["project"] !== undefined && this.has("create_project");
  }

  /** The kinds of content that people create and share, in the order of the policy. */
  get contentKinds(): readonly string[] {
    if (!this.has("create_resource")) return [];
    return Object.entries(this.policy.kinds)
      .filter(([, { sharing = [], create }]) => sharing.length > 0 && create !== undefined)
      .map(([kind]) => kind);
  }

  /** What decides about a command there; nothing where nobody may give it. */
  guard(command: CommandName, target: Target): Point | undefined {
    if (!this.has(command)) return undefined;
    const action = this.policy.commands?.[command]?.[target.kind];
    return action === undefined ? undefined : { action, kind: target.kind, id: target.id };
  }

  /** What decides whether a thing of `kind` may be made in `parent`. */
  creation(kind: string, parent: Target): Point | undefined {
    const { create, parent: above } = this.kind(kind);
    return create === undefined || above !== parent.kind ? undefined : { action: create, ...parent };
  }

  /** What decides whether a question about everyone is answered there. */
  asking(question: "who" | "matrix", target: Target): Point | undefined {
    const action = this.policy.questions?.[question]?.[target.kind];
    return action === undefined ? undefined : { action, kind: target.kind, id: target.id };
  }

  /** The actions of a kind that the product does itself: no command and no question of the directory asks for them. */
  ownActions(kind: string): readonly string[] {
    const taken = this.#guarding.get(kind);
    return Object.keys(this.kind(kind).actions ?? {}).filter((action) => taken?.has(action) !== true);
  }

  /** The roles of a kind that a kind of principal may hold, in the order of the policy. */
  rolesFor(holder: string, kind: string): readonly string[] {
    return this.policy.holders[holder]?.roles?.[kind] ?? [];
  }

  /** The roles that somebody with these organization roles gets on a kind where none is chosen. */
  usual(organizationRoles: readonly string[], kind: string): readonly string[] {
    const roles = this.kind("organization").roles ?? {};
    return [...new Set(organizationRoles.flatMap((role) => roles[role]?.default?.[kind] ?? []))];
  }

  /** The role that governs a kind, if it has one. */
  top(kind: string): string | undefined {
    return this.kind(kind).top;
  }
}

/** By kind, the actions that guard a command, a creation, a further organization or a question about members; who has a shared thing
 * is asked by an action that the product does itself. */
function guarding(policy: PolicyDocument): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  const add = (kind: string | undefined, action: string | undefined) => {
    if (kind === undefined || action === undefined) return;
    const actions = found.get(kind) ?? new Set();
    found.set(kind, actions.add(action));
  };
  for (const guards of Object.values(policy.commands ?? {}))
    for (const [kind, action] of Object.entries(guards)) add(kind, action);
  for (const { parent, create } of Object.values(policy.kinds)) add(parent, create);
  for (const question of ["who", "matrix"])
    for (const [kind, action] of Object.entries(policy.questions?.[question] ?? {}))
      if ((policy.kinds[kind]?.sharing?.length ?? 0) === 0) add(kind, action);
  add("organization", policy.organizations?.further);
  return found;
}
