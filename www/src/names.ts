import type { DirectoryDocument, KindDocument, PolicyDocument, RoleDocument } from "bailiwick";

/** Somebody or something that can ask. */
export interface Principal {
  /** As a question names it: `user/ana@acme.com`. */
  readonly id: string;
  readonly name: string;
  readonly holder: "user" | "service_account" | "api_key";
}

/** What the documents call things, for people to read. */
export class Names {
  readonly #policy: PolicyDocument;
  readonly #things = new Map<string, string>();

  constructor(policy: PolicyDocument, directory: DirectoryDocument) {
    this.#policy = policy;
    const put = (kind: string, list: readonly { readonly id: string; readonly name?: string | undefined }[] = []) => {
      for (const { id, name } of list) this.#things.set(`${kind}/${id}`, name ?? id);
    };
    put("user", directory.people);
    put("organization", directory.organizations);
    put("group", directory.groups);
    put("service_account", directory.serviceAccounts);
    put("project", directory.projects);
    put("api_key", directory.apiKeys);
    for (const { kind, id, name } of directory.resources ?? []) this.#things.set(`${kind}/${id}`, name ?? id);
    for (const { id, address } of directory.invites ?? []) this.#things.set(`invite/${id}`, address);
    this.#things.set("host", "the platform");
    this.#things.set("members", "Everyone in the organization");
    this.#things.set("platform/platform", "the platform");
  }

  /** The name of a thing or a principal, given as `kind/id`. */
  of(key: string): string {
    return this.#things.get(key) ?? key.slice(key.indexOf("/") + 1);
  }

  /** Every name, by `kind/id`. */
  get all(): readonly (readonly [string, string])[] {
    return [...this.#things];
  }

  /** The names of some more things: those that a change would add. */
  with(more: readonly (readonly [string, string])[]): Names {
    const names = new Names(this.#policy, { format: 1 });
    for (const [key, name] of [...this.#things, ...more]) names.#things.set(key, name);
    return names;
  }

  /** Where a role is held: the thing's name, or `a project` where only the kind is known. */
  place(on: string): string {
    return on.includes("/") ? this.of(on) : `the ${this.kind(on).toLowerCase()} above`;
  }

  /** Whether something of that name is in the documents. */
  has(key: string): boolean {
    return this.#things.has(key);
  }

  kind(kind: string): string {
    return this.#kind(kind)?.label ?? capital(kind);
  }

  kinds(kind: string): string {
    return this.#kind(kind)?.plural ?? `${this.kind(kind)}s`;
  }

  action(kind: string, action: string): string {
    if (action.startsWith("grant ")) return `Give “${this.role(kind, action.slice(6))}”`;
    const { actions } = this.#kind(kind) ?? {};
    return own(actions, action)?.label ?? capital(action);
  }

  role(kind: string, role: string): string {
    return this.#role(kind, role)?.label ?? capital(role);
  }

  /** The label of a role that is held on `kind/id`, or on some thing of `kind`. */
  roleOn(on: string, role: string): string {
    return this.role(on.split("/", 1)[0] ?? "", role);
  }

  edition(edition: string): string {
    return own(this.#policy.editions, edition)?.label ?? capital(edition);
  }

  feature(feature: string): string {
    return own(this.#policy.features, feature)?.label ?? capital(feature);
  }

  limit(limit: string): string {
    return own(this.#policy.limits, limit)?.label ?? capital(limit);
  }

  #kind(kind: string): KindDocument | undefined {
    return own(this.#policy.kinds, kind);
  }

  #role(kind: string, role: string): RoleDocument | undefined {
    return own(this.#kind(kind)?.roles, role);
  }
}

function own<T>(record: { readonly [name: string]: T } | undefined, name: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined;
}

function capital(name: string): string {
  const words = name.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
