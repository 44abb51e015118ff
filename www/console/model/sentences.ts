import type { CommandName } from "bailiwick";
import type { Names } from "./names";
import { day } from "./time";

type Values = Readonly<Record<string, unknown>>;
type Said = (values: Values, names: Names) => string;

const of = (values: Values, name: string) => String(values[name] ?? "");
const list = (values: Values, name: string) => (Array.isArray(values[name]) ? (values[name] as string[]) : []);
const ends = ({ until }: Values) => (typeof until === "number" ? ` until ${day(until)}` : "");
const titled = (values: Values, name: string) => `“${of(values, "name") || of(values, name)}”`;
const at = (names: Names, kind: string, values: Values, name = kind) => names.of(`${kind}/${of(values, name)}`);
const person = (names: Names, values: Values, name = "member") => names.of(of(values, name));
const kindOf = (key: string) => key.split("/", 1)[0] ?? "";

function asRoles(values: Values, names: Names, kind: string, before = " as "): string {
  const held = list(values, "roles").map((name) => names.role(kind, name));
  return held.length === 0 ? "" : before + held.join(" and ");
}

function level(values: Values, names: Names): string {
  return `“${names.roleOn(of(values, "resource"), of(values, "role"))}”`;
}

/** What was done, after the name of who did it. */
const SAID: { readonly [Name in CommandName]: Said } = {
  create_organization: (v) => `created the organization ${titled(v, "organization")}`,
  rename_organization: (v) => `renamed the organization to ${titled(v, "name")}`,
  delete_organization: (v, n) => `deleted the organization ${at(n, "organization", v)}`,
  leave_organization: (v, n) => `left ${at(n, "organization", v)}`,
  configure_sso: () => "configured single sign-on",
  invite_member: (v, n) => `invited ${of(v, "address")}${asRoles(v, n, "organization")}`,
  resend_invite: (v, n) => `sent the invite of ${at(n, "invite", v)} again`,
  delete_invite: (v, n) => `deleted the invite of ${at(n, "invite", v)}`,
  accept_invite: (v, n) => `accepted the invite to ${at(n, "organization", v)}`,
  change_member_roles: (v, n) =>
    `changed the roles of ${person(n, v)} to ${asRoles(v, n, "organization", "") || "none"}`,
  suspend_member: (v, n) => `suspended ${person(n, v)}`,
  restore_member: (v, n) => `restored ${person(n, v)}`,
  remove_member: (v, n) => `removed ${person(n, v)} from ${at(n, "organization", v)}`,
  create_project: (v) => `created the project ${titled(v, "project")}`,
  rename_project: (v) => `renamed a project to ${titled(v, "name")}`,
  delete_project: (v, n) => `deleted the project ${at(n, "project", v)}`,
  move_project: (v, n) => `moved ${at(n, "project", v)} to ${at(n, "organization", v, "to")}`,
  add_project_member: (v, n) => `added ${person(n, v)} to ${at(n, "project", v)}${asRoles(v, n, "project")}${ends(v)}`,
  change_project_member: (v, n) =>
    `changed the roles of ${person(n, v)} in ${at(n, "project", v)} to ${asRoles(v, n, "project", "")}${ends(v)}`,
  remove_project_member: (v, n) => `removed ${person(n, v)} from ${at(n, "project", v)}`,
  create_service_account: (v, n) =>
    `created the service account ${titled(v, "account")}${asRoles(v, n, "organization")}`,
  change_service_account: (v, n) => `changed the roles of ${at(n, "service_account", v, "account")}`,
  delete_service_account: (v, n) => `deleted the service account ${at(n, "service_account", v, "account")}`,
  create_api_key: (v, n) => `created the API key ${titled(v, "key")} of ${at(n, "project", v)}`,
  change_api_key: (v, n) => `changed the roles of the key ${at(n, "api_key", v, "key")}`,
  rotate_api_key: (v, n) => `rotated the key ${at(n, "api_key", v, "key")}`,
  delete_api_key: (v, n) => `deleted the key ${at(n, "api_key", v, "key")}`,
  create_resource: (v, n) => `created the ${n.kind(kindOf(of(v, "resource"))).toLowerCase()} ${titled(v, "resource")}`,
  change_resource: (v, n) => `edited ${person(n, v, "resource")}`,
  delete_resource: (v, n) => `deleted ${person(n, v, "resource")}`,
  share: (v, n) => `shared ${person(n, v, "resource")} with ${person(n, v, "with")} as ${level(v, n)}${ends(v)}`,
  change_share: (v, n) =>
    `changed what ${person(n, v, "with")} has on ${person(n, v, "resource")} to ${level(v, n)}${ends(v)}`,
  unshare: (v, n) => `took ${person(n, v, "resource")} back from ${person(n, v, "with")}`,
  create_group: (v) => `created the group ${titled(v, "group")}`,
  add_to_group: (v, n) => `added ${person(n, v)} to the group ${at(n, "group", v)}`,
  remove_from_group: (v, n) => `removed ${person(n, v)} from the group ${at(n, "group", v)}`,
  delete_group: (v, n) => `deleted the group ${at(n, "group", v)}`,
  sign_up: (v) => `signed up ${of(v, "name") || of(v, "person")}`,
  change_edition: (v, n) => `changed the edition to ${n.edition(of(v, "edition"))}`,
  verify_domain: (v) => `verified the domain ${of(v, "domain")}`,
  release_domain: (v) => `released the domain ${of(v, "domain")}`,
  sign_in: (v, n) => `signed ${at(n, "user", v, "person")} in`,
};

/** The sentence of a command that was carried out: `changed the roles of Bo to Billing admin`. */
export function said(command: { readonly command: CommandName }, organization: string, names: Names): string {
  return SAID[command.command]({ organization, ...command }, names);
}
