import type { Change, Fact } from "bailiwick";
import type { Fields } from "../data/authority";
import type { Target } from "./product";

type Binding = Extract<Fact, { fact: "binding" }>;

/** The command that takes a change back, where there is one. Whether it may be given still is decided like any other. */
export function inverseOf({ command, removed, added }: Change): Fields | undefined {
  switch (command.command) {
    case "suspend_member":
      return { command: "restore_member", member: command.member };
    case "restore_member":
      return { command: "suspend_member", member: command.member };
    case "invite_member":
      return { command: "delete_invite", invite: command.invite };
    case "add_to_group":
      return { command: "remove_from_group", group: command.group, member: command.member };
    case "remove_from_group":
      return { command: "add_to_group", group: command.group, member: command.member };
    case "create_group":
      return { command: "delete_group", group: command.group };
    case "add_project_member":
      return { command: "remove_project_member", project: command.project, member: command.member };
    case "share":
      return { command: "unshare", resource: command.resource, with: command.with };
    case "change_share":
      return shareBefore(command, removed);
    case "rename_organization":
      return named(removed, "organization", (name) => ({ command: "rename_organization", name }));
    case "rename_project":
      return named(removed, "resource", (name) => ({ command: "rename_project", project: command.project, name }));
    case "change_member_roles":
      return rolesBefore(command, bindings(removed), bindings(added));
    default:
      return undefined;
  }
}

/** Whether a later change has moved what this one left behind: then there is nothing to take back any more. */
export function isOvertaken({ removed, added }: Change, later: readonly Change[]): boolean {
  const [gone, come] = [namesOf(removed), namesOf(added)];
  return later.some(
    (one) => one.removed.some((fact) => come.has(nameOf(fact))) || one.added.some((fact) => gone.has(nameOf(fact))),
  );
}

const nameOf = (fact: Fact): string => JSON.stringify(fact);
const namesOf = (facts: readonly Fact[]): ReadonlySet<string> => new Set(facts.map(nameOf));

/** What a command is about: what decides about it is asked there. */
export function targetOf(fields: Fields, organization: string): Target {
  if ("resource" in fields) {
    const slash = fields.resource.indexOf("/");
    return { kind: fields.resource.slice(0, slash), id: fields.resource.slice(slash + 1) };
  }
  if ("project" in fields) return { kind: "project", id: fields.project };
  return { kind: "organization", id: organization };
}

const bindings = (facts: readonly Fact[]): readonly Binding[] => facts.filter((fact) => fact.fact === "binding");

function named(
  removed: readonly Fact[],
  kind: "organization" | "resource",
  command: (name: string) => Fields,
): Fields | undefined {
  const before = removed.find((fact) => fact.fact === kind);
  const name = before !== undefined && "name" in before ? before.name : undefined;
  return name === undefined ? undefined : command(name);
}

function shareBefore(
  command: { readonly resource: string; readonly with: string },
  removed: readonly Fact[],
): Fields | undefined {
  const before = bindings(removed).find((binding) => binding.who === command.with && binding.on === command.resource);
  if (before === undefined) return undefined;
  const { role, until } = before;
  return {
    command: "change_share",
    resource: command.resource,
    with: command.with,
    role,
    ...(until !== undefined && { until }),
  };
}

/** The roles before are those that stayed and those that went. */
function rolesBefore(
  command: { readonly organization: string; readonly member: string; readonly roles: readonly string[] },
  removed: readonly Binding[],
  added: readonly Binding[],
): Fields | undefined {
  const mine = (list: readonly Binding[]) =>
    list
      .filter(({ who, on }) => who === command.member && on === `organization/${command.organization}`)
      .map(({ role }) => role);
  const came = mine(added);
  const roles = [...command.roles.filter((role) => !came.includes(role)), ...mine(removed)];
  return roles.length === 0 ? undefined : { command: "change_member_roles", member: command.member, roles };
}
