import type { Command, CommandName, HostCommand } from "bailiwick";
import type { Scene } from "../scene";
import { SPECS, type Field, type Source, type Values } from "./specs";

/** A choice of a field. */
export interface Option {
  readonly value: string;
  readonly label: string;
  /** Held now, and not to be given by the actor. */
  readonly kept?: boolean;
}

/** Where the roles of a form are held, and by whom. */
export interface Place {
  readonly kind: string;
  readonly id: string;
  readonly target: string;
  readonly current: readonly string[];
  /** When what is held ends. */
  readonly until?: number | undefined;
}

/** The command that a form describes, so far. */
export function commandOf(scene: Scene, name: CommandName, id: string, values: Values): Command | HostCommand {
  const { fields } = SPECS[name];
  const filled = fields
    .filter((field) => given(field, values[field.name]))
    .map((field) => [field.name, values[field.name]]);
  if (typeof values["from"] === "string") filled.push(["from", values["from"]]);
  const home = name === "sign_up" ? {} : { organization: scene.state.in };
  return {
    id,
    command: name,
    ...home,
    ...(typeof values["organization"] === "string" ? { organization: values["organization"] } : {}),
    ...Object.fromEntries(filled),
  } as Command | HostCommand;
}

/** What was left empty is left out, unless it must be there. */
function given({ optional, is }: Field, value: unknown): boolean {
  if (optional !== true) return true;
  if (value === undefined || value === "" || value === 0) return false;
  if (is === "map") return Object.keys(value as object).length > 0;
  return !Array.isArray(value) || value.length > 0 || is === "uses";
}

/** What a form begins with: what the directory says now. */
export function initial(scene: Scene, name: CommandName, preset: Values): Values {
  const values: Record<string, unknown> = { ...preset };
  for (const field of SPECS[name].fields) {
    if (field.name in values) continue;
    if (field.is === "one")
      values[field.name] = field.optional === true ? "" : (options(scene, field, values)[0]?.value ?? "");
    else if (field.is === "new") values[field.name] = "";
    else if (["some", "projects", "words"].includes(field.is)) values[field.name] = [];
    else if (field.is === "uses") values[field.name] = resourceOf(scene, values)?.uses ?? [];
    else if (field.is === "map") values[field.name] = scene.organization?.sso?.map ?? {};
  }
  if (name === "configure_sso") values["default"] = scene.organization?.sso?.default ?? [];
  if (name === "rename_organization") values["name"] = scene.where;
  if (name === "rename_project") values["name"] = scene.names.of(`project/${text(values, "project")}`);
  if (name === "change_resource") values["name"] = resourceOf(scene, values)?.name ?? "";
  return rolesAgain(scene, name, values);
}

/** The roles that a form begins with, once it is known whose they are. */
export function rolesAgain(scene: Scene, name: CommandName, values: Values): Values {
  const { fields } = SPECS[name];
  const field = fields.find(({ is, name: of }) => (is === "roles" && of === "roles") || is === "role");
  if (field === undefined) return values;
  const { current, until } = placeOf(scene, name, values);
  const offered = roleOptions(scene, name, values);
  if (name.startsWith("change_") && fields.some(({ is }) => is === "until")) values = { ...values, until };
  if (field.is === "role") return { ...values, role: current[0] ?? offered.at(-1)?.value ?? "" };
  if (current.length > 0 || field.optional === true) return { ...values, roles: current };
  const usual = scene.example.policyDocument.kinds["organization"]?.default ?? "";
  const first = offered.find(({ value }) => value === usual) ?? offered.at(-1);
  return { ...values, roles: first === undefined ? [] : [first.value] };
}

/** Where the roles of a command are held. */
export function placeOf(scene: Scene, name: CommandName, values: Values): Place {
  const { document } = scene.example;
  const here = { kind: "organization", id: scene.state.in };
  if (name === "invite_member") return { ...here, target: text(values, "address"), current: [] };
  if (name === "configure_sso") return { ...here, target: "new@organization.example", current: [] };
  if (name.endsWith("service_account")) {
    const id = text(values, "account");
    const known = document.serviceAccounts?.find((one) => one.id === id);
    return { ...here, target: `service_account/${id}`, current: known?.roles ?? [] };
  }
  if (name.endsWith("api_key")) {
    const id = text(values, "key");
    const known = document.apiKeys?.find((one) => one.id === id);
    const project = known?.project ?? text(values, "project");
    return { kind: "project", id: project, target: `api_key/${id}`, current: known?.roles ?? usualKeyRoles(scene) };
  }
  if (name.endsWith("project_member")) {
    const project = document.projects?.find(({ id }) => id === text(values, "project"));
    const target = text(values, "member");
    const held = project?.members?.find(({ member }) => member === target);
    return { kind: "project", id: text(values, "project"), target, current: held?.roles ?? [], until: held?.until };
  }
  if (typeof values["resource"] === "string" && values["resource"] !== "") {
    const [kind = "", id = ""] = split(values["resource"]);
    const target = text(values, "with");
    const held = resourceOf(scene, values)?.shares?.find((share) => share.with === target);
    return { kind, id, target, current: held === undefined ? [] : [held.role], until: held?.until };
  }
  const target = text(values, "member");
  const usual = scene.example.policyDocument.kinds["organization"]?.default;
  const member = scene.organization?.members?.find((one) => one.member === target);
  return {
    ...here,
    target,
    current: member === undefined ? [] : (member.roles ?? (usual === undefined ? [] : [usual])),
  };
}

/** What a role picker offers: what the actor may give, and what is held already. */
export function roleOptions(scene: Scene, name: CommandName, values: Values): Option[] {
  const { kind, id, target, current } = placeOf(scene, name, values);
  const giveable = grantable(scene, target, kind, id);
  const kept = current.filter((role) => !giveable.includes(role));
  return [
    ...giveable.map((role) => ({ value: role, label: scene.names.role(kind, role) })),
    ...kept.map((role) => ({ value: role, label: scene.names.role(kind, role), kept: true })),
  ];
}

/** The roles that the actor may give to a target. Who is not there yet has none of their own to ask about: then those of their kind. */
export function grantable(scene: Scene, target: string, kind: string, id: string): string[] {
  const { directory, policyDocument } = scene.example;
  const asked = { as: scene.state.as, now: scene.then };
  const holder = target.includes("/") ? (target.split("/", 1)[0] ?? "") : target === "members" ? "members" : "user";
  const known = target !== "" && (scene.names.has(target) || kind === "organization" || holder === "members");
  if (known && !(holder === "service_account" && !scene.names.has(target))) {
    const told = directory.grantable(scene.state.in, target, kind, id, asked);
    if (told.ok && (told.roles.length > 0 || target.includes("/") || target === "members"))
      return told.roles.map(({ role }) => role);
  }
  const may = policyDocument.holders[holder]?.roles?.[kind] ?? [];
  return may.filter(
    (role) => directory.check(scene.state.as, scene.state.in, `grant ${role}`, kind, id, { now: scene.then }).allowed,
  );
}

/** The choices of a field. */
export function options(scene: Scene, field: Field, values: Values): Option[] {
  return field.from === undefined ? [] : LISTS[field.from](scene, values);
}

const named = (scene: Scene, ids: readonly string[]): Option[] =>
  ids
    .map((value) => ({ value, label: scene.names.of(value) }))
    .sort((one, other) => one.label.localeCompare(other.label, "en"));

const records = (list: readonly { readonly id: string; readonly name?: string | undefined }[] = []): Option[] =>
  list.map(({ id, name }) => ({ value: id, label: name ?? id }));

function people(scene: Scene, suspended?: boolean): string[] {
  return (scene.organization?.members ?? [])
    .filter((one) => suspended === undefined || (one.suspended === true) === suspended)
    .map(({ member }) => member);
}

const accounts = ({ example, state }: Scene) =>
  (example.document.serviceAccounts ?? []).filter((one) => one.organization === state.in);
const groups = ({ example, state }: Scene) =>
  (example.document.groups ?? []).filter((one) => one.organization === state.in);
const everyone = (scene: Scene) => [
  ...named(scene, people(scene)),
  ...named(
    scene,
    accounts(scene).map(({ id }) => `service_account/${id}`),
  ),
];
const withGroups = (scene: Scene): Option[] => [
  { value: "members", label: scene.names.of("members") },
  ...named(
    scene,
    groups(scene).map(({ id }) => `group/${id}`),
  ).map((one) => ({ ...one, label: `${one.label} (group)` })),
];

function inProject(scene: Scene, values: Values): string[] {
  const project = scene.example.document.projects?.find(({ id }) => id === text(values, "project"));
  return (project?.members ?? []).map(({ member }) => member);
}

const shares = (scene: Scene, values: Values) => (resourceOf(scene, values)?.shares ?? []).map((share) => share.with);
const groupMembers = (scene: Scene, values: Values) =>
  groups(scene).find(({ id }) => id === text(values, "group"))?.members ?? [];

const LISTS: Record<Source, (scene: Scene, values: Values) => Option[]> = {
  members: (scene) => named(scene, people(scene)),
  active: (scene) => everyone(scene).filter(({ value }) => !people(scene, true).includes(value)),
  suspended: (scene) => [
    ...named(scene, people(scene, true)),
    ...records(accounts(scene).filter((one) => one.suspended === true)).map((one) => ({
      ...one,
      value: `service_account/${one.value}`,
    })),
  ],
  newcomers: (scene, values) => {
    const inside = inProject(scene, values);
    return [...everyone(scene), ...withGroups(scene)].filter(({ value }) => !inside.includes(value));
  },
  "project members": (scene, values) => named(scene, inProject(scene, values)),
  accounts: (scene) => records(accounts(scene)),
  keys: (scene) => records(scene.example.document.apiKeys),
  projects: (scene) =>
    records((scene.example.document.projects ?? []).filter((one) => one.organization === scene.state.in)),
  organizations: (scene) =>
    records(scene.example.document.organizations).filter(({ value }) => value !== scene.state.in),
  groups: (scene) => records(groups(scene)),
  grouped: (scene, values) => named(scene, groupMembers(scene, values)),
  ungrouped: (scene, values) =>
    named(
      scene,
      people(scene).filter((one) => !groupMembers(scene, values).includes(one)),
    ),
  invites: (scene) =>
    (scene.example.document.invites ?? [])
      .filter((one) => one.organization === scene.state.in)
      .map(({ id, address }) => ({ value: id, label: address })),
  receivers: (scene, values) => {
    const has = shares(scene, values);
    return [...everyone(scene), ...withGroups(scene)].filter(({ value }) => !has.includes(value));
  },
  sharers: (scene, values) => named(scene, shares(scene, values)),
  heirs: (scene, values) =>
    named(
      scene,
      people(scene, false).filter((one) => one !== (values["member"] ?? values["with"] ?? scene.state.as)),
    ),
  people: (scene) => records(scene.example.document.people),
  editions: (scene) =>
    Object.keys(scene.example.policyDocument.editions).map((value) => ({ value, label: scene.names.edition(value) })),
  domains: (scene) => (scene.organization?.sso?.domains ?? []).map((value) => ({ value, label: value })),
};

/** What an automation may use: what the actor can use themselves. */
export function usable(scene: Scene, values: Values): Option[] {
  const { policyDocument } = scene.example;
  const own = text(values, "resource");
  const held = resourceOf(scene, values)?.uses ?? [];
  const kinds = Object.entries(policyDocument.kinds).filter(
    ([, { use, available }]) => use !== undefined && available !== false,
  );
  const access = scene.example.directory.access(scene.state.as, scene.state.in, { clock: () => scene.then });
  const found = kinds.flatMap(([kind, { use = "" }]) =>
    access.list(use, kind, { limit: 200 }).items.map((id) => `${kind}/${id}`),
  );
  access.free();
  return named(scene, [...new Set([...held, ...found])]).filter(({ value }) => value !== own);
}

/** The resource that a form is about, as the document has it. */
export function resourceOf(scene: Scene, values: Values) {
  const key = text(values, "resource");
  return scene.example.document.resources?.find(({ kind, id }) => `${kind}/${id}` === key);
}

function usualKeyRoles(scene: Scene): readonly string[] {
  return scene.example.policyDocument.holders["api_key"]?.default ?? [];
}

/** `kind/id` in its two parts. */
export function split(key: string): [string, string] {
  const place = key.indexOf("/");
  return [key.slice(0, place), key.slice(place + 1)];
}

function text(values: Values, name: string): string {
  const value = values[name];
  return typeof value === "string" ? value : "";
}
