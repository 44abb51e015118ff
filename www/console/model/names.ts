import type { DirectoryDocument, Fact, KindDocument, PolicyDocument, RoleDocument } from "bailiwick";

/** What the documents call things, for people to read. */
export class Names {
  readonly #things = new Map<string, string>();

  constructor(
    private readonly policy: PolicyDocument,
    directory?: DirectoryDocument,
  ) {
    this.#things.set("host", "The platform");
    this.#things.set("members", policy.holders["members"]?.label ?? "Everyone");
    this.#things.set("platform/platform", "the platform");
    if (directory !== undefined) this.#read(directory);
  }

  #read(directory: DirectoryDocument): void {
    this.#put("user", directory.people);
    this.#put("organization", directory.organizations);
    this.#put("group", directory.groups);
    this.#put("service_account", directory.serviceAccounts);
    this.#put("project", directory.projects);
    this.#put("api_key", directory.apiKeys);
    for (const { kind, id, name } of directory.resources ?? []) this.#things.set(`${kind}/${id}`, name ?? id);
    for (const { id, address } of directory.invites ?? []) this.#things.set(`invite/${id}`, address);
  }

  #put(kind: string, list: readonly { readonly id: string; readonly name?: string | undefined }[] = []): void {
    for (const { id, name } of list) this.#things.set(`${kind}/${id}`, name ?? id);
  }

  /** These names and those of some facts: what a change would add, or has taken away. */
  with(facts: readonly Fact[]): Names {
    const names = this.and();
    for (const fact of facts) {
      const key = keyOf(fact);
      if (key !== undefined && !names.#things.has(key)) names.#things.set(key, nameOf(fact));
    }
    return names;
  }

  /** These names and some more, by `kind/id`. */
  and(more: Readonly<Record<string, string>> = {}): Names {
    const names = new Names(this.policy);
    for (const [key, name] of [...this.#things, ...Object.entries(more)]) names.#things.set(key, name);
    return names;
  }

  /** The name of a thing or a principal, given as `kind/id`. */
  of(key: string): string {
    return this.#things.get(key) ?? key.slice(key.indexOf("/") + 1);
  }

  /** Where a role is held: the thing's name, or its kind alone where no more is known. */
  place(on: string): string {
    return on.includes("/") ? this.of(on) : `the ${this.kind(on).toLowerCase()}`;
  }

  kind(kind: string): string {
    return this.#kind(kind)?.label ?? capital(kind);
  }

  kinds(kind: string): string {
    return this.#kind(kind)?.plural ?? plural(this.kind(kind));
  }

  action(kind: string, action: string): string {
    if (action.startsWith("grant ")) return `Give “${this.role(kind, action.slice(6))}”`;
    return own(this.#kind(kind)?.actions, action)?.label ?? capital(action);
  }

  role(kind: string, role: string): string {
    return this.#role(kind, role)?.label ?? capital(role);
  }

  /** The label of a role that is held on `kind/id`, or on some thing of `kind`. */
  roleOn(on: string, role: string): string {
    return this.role(on.split("/", 1)[0] ?? "", role);
  }

  /** Labels of several roles, for a cell. */
  roles(kind: string, roles: readonly string[]): string {
    return roles.map((role) => this.role(kind, role)).join(", ");
  }

  holder(holder: string): string {
    return own(this.policy.holders, holder)?.label ?? capital(holder);
  }

  edition(edition: string): string {
    return own(this.policy.editions, edition)?.label ?? capital(edition);
  }

  feature(feature: string): string {
    return own(this.policy.features, feature)?.label ?? capital(feature);
  }

  limit(limit: string): string {
    return own(this.policy.limits, limit)?.label ?? capital(limit);
  }

  #kind(kind: string): KindDocument | undefined {
    return own(this.policy.kinds, kind);
  }

  #role(kind: string, role: string): RoleDocument | undefined {
    return own(this.#kind(kind)?.roles, role);
  }
}

function own<T>(record: { readonly [name: string]: T } | undefined, name: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined;
}

function keyOf(fact: Fact): string | undefined {
  switch (fact.fact) {
    case "person":
      return `user/${fact.id}`;
    case "resource":
      return fact.id.includes("/") ? fact.id : undefined;
    case "organization":
    case "group":
    case "service_account":
    case "api_key":
    case "invite":
      return `${fact.fact}/${fact.id}`;
    default:
      return undefined;
  }
}

function nameOf(fact: Fact): string {
  if (fact.fact === "invite") return fact.address;
  const { id, name } = fact as { readonly id: string; readonly name?: string };
  return name ?? id.slice(id.indexOf("/") + 1);
}

function plural(word: string): string {
  return word.endsWith("y") ? `${word.slice(0, -1)}ies` : `${word}s`;
}

function capital(name: string): string {
  const words = name.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
