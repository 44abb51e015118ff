import type { CommandName } from "bailiwick";
import type { Names } from "../names";
import { day } from "../time";

/** The fields of a command as its form holds them. */
export type Values = Readonly<Record<string, unknown>>;

/** Where the choices of a field come from. */
export type Source =
  | "members"
  | "suspended"
  | "active"
  | "newcomers"
  | "project members"
  | "accounts"
  | "keys"
  | "projects"
  | "organizations"
  | "groups"
  | "grouped"
  | "ungrouped"
  | "invites"
  | "receivers"
  | "sharers"
  | "heirs"
  | "people"
  | "editions"
  | "domains";

/** One field of a command. */
export interface Field {
  readonly name: string;
  readonly label: string;
  /** `new`: an id that is proposed; `one`: a choice; `some`: several; `until`: a day; `words`: names between commas. */
  readonly is: "new" | "text" | "one" | "some" | "roles" | "role" | "projects" | "uses" | "map" | "until" | "words";
  readonly from?: Source;
  readonly optional?: boolean;
  readonly hint?: string;
}

/** What the page has to know of a command. */
export interface Spec {
  readonly label: string;
  readonly fields: readonly Field[];
  /** Only the platform gives it. */
  readonly host?: boolean;
  /** What is gone after it is gone. */
  readonly grave?: boolean;
  /** The label, where it hangs on what is known already. */
  titled?(values: Values, names: Names): string;
  /** What was done, after the name of who did it. */
  said(values: Values, names: Names): string;
}

const text = (name: string, label: string, optional = false): Field => ({ name, label, is: "text", optional });
const fresh = (name: string, label = "Identifier"): Field => ({ name, label, is: "new" });
const one = (name: string, label: string, from: Source): Field => ({ name, label, is: "one", from });
const roles = (label = "Roles", optional = false): Field => ({ name: "roles", label, is: "roles", optional });
const role: Field = { name: "role", label: "Level", is: "role" };
const until: Field = { name: "until", label: "Until", is: "until", optional: true, hint: "Empty: without an end." };
const resource = text("resource", "Resource");
const heir: Field = {
  name: "successor",
  label: "Successor",
  is: "one",
  from: "heirs",
  optional: true,
  hint: "Takes over what nobody else holds in full.",
};

const of = (values: Values, name: string) => String(values[name] ?? "");
const list = (values: Values, name: string) => (Array.isArray(values[name]) ? (values[name] as string[]) : []);
const ends = ({ until: end }: Values) => (typeof end === "number" ? ` until ${day(end)}` : "");
const titled = (values: Values, name: string) => `“${of(values, "name") || of(values, name)}”`;
const asRoles = (values: Values, names: Names, kind: string) => {
  const held = list(values, "roles").map((name) => names.role(kind, name));
  return held.length === 0 ? "" : ` as ${held.join(" and ")}`;
};
const at = (names: Names, kind: string, values: Values, name = kind) => names.of(`${kind}/${of(values, name)}`);

/** Every command that the page offers. */
export const SPECS: { readonly [Name in CommandName]: Spec } = {
  create_organization: {
    label: "Create an organization",
    fields: [text("name", "Name"), fresh("organization")],
    said: (v) => `created the organization ${titled(v, "organization")}`,
  },
  rename_organization: {
    label: "Rename the organization",
    fields: [text("name", "New name")],
    said: (v) => `renamed the organization to ${titled(v, "name")}`,
  },
  delete_organization: {
    label: "Delete the organization",
    fields: [],
    grave: true,
    said: (v, n) => `deleted the organization ${at(n, "organization", v)}`,
  },
  leave_organization: {
    label: "Leave the organization",
    fields: [heir],
    grave: true,
    said: (v, n) => `left ${at(n, "organization", v)}`,
  },
  configure_sso: {
    label: "Configure single sign-on",
    fields: [
      { name: "default", label: "Roles of a first sign-in", is: "roles", optional: true },
      { name: "map", label: "What asserted values stand for", is: "map", optional: true },
    ],
    said: () => "configured single sign-on",
  },
  invite_member: {
    label: "Invite somebody",
    fields: [
      text("address", "Address"),
      roles("Organization roles"),
      { name: "projects", label: "Projects", is: "projects", optional: true },
      fresh("invite", "Identifier of the invite"),
    ],
    said: (v, n) => `invited ${of(v, "address")}${asRoles(v, n, "organization")}`,
  },
  resend_invite: {
    label: "Send the invite again",
    fields: [one("invite", "Invite", "invites")],
    said: (v, n) => `sent the invite of ${at(n, "invite", v)} again`,
  },
  delete_invite: {
    label: "Delete the invite",
    fields: [one("invite", "Invite", "invites")],
    grave: true,
    said: (v, n) => `deleted the invite of ${at(n, "invite", v)}`,
  },
  accept_invite: {
    label: "Accept the invite",
    fields: [one("invite", "Invite", "invites")],
    said: (v, n) => `accepted the invite to ${at(n, "organization", v)}`,
  },
  change_member_roles: {
    label: "Change roles",
    fields: [one("member", "Member", "members"), roles()],
    said: (v, n) => `changed the roles of ${n.of(of(v, "member"))} to ${asRoles(v, n, "organization").slice(4)}`,
  },
  suspend_member: {
    label: "Suspend",
    fields: [one("member", "Member", "active")],
    grave: true,
    said: (v, n) => `suspended ${n.of(of(v, "member"))}`,
  },
  restore_member: {
    label: "Restore",
    fields: [one("member", "Member", "suspended")],
    said: (v, n) => `restored ${n.of(of(v, "member"))}`,
  },
  remove_member: {
    label: "Remove",
    fields: [one("member", "Member", "members"), heir],
    grave: true,
    said: (v, n) => `removed ${n.of(of(v, "member"))} from ${at(n, "organization", v)}`,
  },
  create_project: {
    label: "Create a project",
    fields: [text("name", "Name"), fresh("project")],
    said: (v) => `created the project ${titled(v, "project")}`,
  },
  rename_project: {
    label: "Rename the project",
    fields: [one("project", "Project", "projects"), text("name", "New name")],
    said: (v) => `renamed a project to ${titled(v, "name")}`,
  },
  delete_project: {
    label: "Delete the project",
    fields: [one("project", "Project", "projects")],
    grave: true,
    said: (v, n) => `deleted the project ${at(n, "project", v)}`,
  },
  move_project: {
    label: "Move to another organization",
    fields: [one("project", "Project", "projects"), one("to", "To", "organizations")],
    said: (v, n) => `moved ${at(n, "project", v)} to ${at(n, "organization", v, "to")}`,
  },
  add_project_member: {
    label: "Add to the project",
    fields: [
      one("project", "Project", "projects"),
      one("member", "Member", "newcomers"),
      { ...roles("Roles", true), hint: "None: what their organization role gives by default." },
      until,
    ],
    said: (v, n) => `added ${n.of(of(v, "member"))} to ${at(n, "project", v)}${asRoles(v, n, "project")}${ends(v)}`,
  },
  change_project_member: {
    label: "Change roles in the project",
    fields: [one("project", "Project", "projects"), one("member", "Member", "project members"), roles(), until],
    said: (v, n) =>
      `changed the roles of ${n.of(of(v, "member"))} in ${at(n, "project", v)} to ${asRoles(v, n, "project").slice(4)}${ends(v)}`,
  },
  remove_project_member: {
    label: "Remove from the project",
    fields: [one("project", "Project", "projects"), one("member", "Member", "project members"), heir],
    grave: true,
    said: (v, n) => `removed ${n.of(of(v, "member"))} from ${at(n, "project", v)}`,
  },
  create_service_account: {
    label: "Create a service account",
    fields: [text("name", "Name"), fresh("account"), roles()],
    said: (v, n) => `created the service account ${titled(v, "account")}${asRoles(v, n, "organization")}`,
  },
  change_service_account: {
    label: "Change the account’s roles",
    fields: [one("account", "Service account", "accounts"), roles()],
    said: (v, n) => `changed the roles of ${at(n, "service_account", v, "account")}`,
  },
  delete_service_account: {
    label: "Delete the account",
    fields: [one("account", "Service account", "accounts")],
    grave: true,
    said: (v, n) => `deleted the service account ${at(n, "service_account", v, "account")}`,
  },
  create_api_key: {
    label: "Create an API key",
    fields: [one("project", "Project", "projects"), text("name", "Name"), fresh("key"), roles("Roles", true)],
    said: (v, n) => `created the API key ${titled(v, "key")} of ${at(n, "project", v)}`,
  },
  change_api_key: {
    label: "Change the key’s roles",
    fields: [one("key", "API key", "keys"), roles()],
    said: (v, n) => `changed the roles of the key ${at(n, "api_key", v, "key")}`,
  },
  rotate_api_key: {
    label: "Rotate the key",
    fields: [one("key", "API key", "keys")],
    said: (v, n) => `rotated the key ${at(n, "api_key", v, "key")}`,
  },
  delete_api_key: {
    label: "Delete the key",
    fields: [one("key", "API key", "keys")],
    grave: true,
    said: (v, n) => `deleted the key ${at(n, "api_key", v, "key")}`,
  },
  create_resource: {
    label: "Create",
    titled: (v, n) => `Create: ${n.kind(of(v, "kind"))}`,
    fields: [text("name", "Name"), fresh("resource"), { name: "uses", label: "Uses", is: "uses", optional: true }],
    said: (v, n) =>
      `created the ${n.kind(of(v, "resource").split("/", 1)[0] ?? "").toLowerCase()} ${titled(v, "resource")}`,
  },
  change_resource: {
    label: "Edit",
    fields: [resource, text("name", "Name", true), { name: "uses", label: "Uses", is: "uses", optional: true }],
    said: (v, n) => `edited ${n.of(of(v, "resource"))}`,
  },
  delete_resource: {
    label: "Delete",
    fields: [resource],
    grave: true,
    said: (v, n) => `deleted ${n.of(of(v, "resource"))}`,
  },
  share: {
    label: "Share",
    fields: [resource, one("with", "With", "receivers"), role, until],
    said: (v, n) =>
      `shared ${n.of(of(v, "resource"))} with ${n.of(of(v, "with"))} as ${n.roleOn(of(v, "resource"), of(v, "role"))}${ends(v)}`,
  },
  change_share: {
    label: "Change a share",
    fields: [resource, one("with", "With", "sharers"), role, until],
    said: (v, n) =>
      `changed what ${n.of(of(v, "with"))} has on ${n.of(of(v, "resource"))} to ${n.roleOn(of(v, "resource"), of(v, "role"))}${ends(v)}`,
  },
  unshare: {
    label: "Take a share back",
    fields: [resource, one("with", "From", "sharers"), heir],
    grave: true,
    said: (v, n) => `took ${n.of(of(v, "resource"))} back from ${n.of(of(v, "with"))}`,
  },
  create_group: {
    label: "Create a group",
    fields: [
      text("name", "Name"),
      fresh("group"),
      { name: "members", label: "Members", is: "some", from: "members", optional: true },
    ],
    said: (v) => `created the group ${titled(v, "group")}`,
  },
  add_to_group: {
    label: "Add to a group",
    fields: [one("group", "Group", "groups"), one("member", "Member", "ungrouped")],
    said: (v, n) => `added ${n.of(of(v, "member"))} to the group ${at(n, "group", v)}`,
  },
  remove_from_group: {
    label: "Remove from a group",
    fields: [one("group", "Group", "groups"), one("member", "Member", "grouped")],
    grave: true,
    said: (v, n) => `removed ${n.of(of(v, "member"))} from the group ${at(n, "group", v)}`,
  },
  delete_group: {
    label: "Delete a group",
    fields: [one("group", "Group", "groups")],
    grave: true,
    said: (v, n) => `deleted the group ${at(n, "group", v)}`,
  },
  sign_up: {
    label: "Sign up a person",
    host: true,
    fields: [text("person", "Address"), text("name", "Name", true)],
    said: (v) => `signed up ${of(v, "name") || of(v, "person")}`,
  },
  change_edition: {
    label: "Change the edition",
    host: true,
    fields: [one("edition", "Edition", "editions")],
    said: (v, n) => `changed the edition of ${at(n, "organization", v)} to ${n.edition(of(v, "edition"))}`,
  },
  verify_domain: {
    label: "Verify a domain",
    host: true,
    fields: [text("domain", "Domain")],
    said: (v, n) => `verified that ${of(v, "domain")} belongs to ${at(n, "organization", v)}`,
  },
  release_domain: {
    label: "Release a domain",
    host: true,
    grave: true,
    fields: [one("domain", "Domain", "domains")],
    said: (v, n) => `released ${of(v, "domain")} from ${at(n, "organization", v)}`,
  },
  sign_in: {
    label: "Sign somebody in by SSO",
    host: true,
    fields: [
      one("person", "Person", "people"),
      {
        name: "asserted",
        label: "Asserted values",
        is: "words",
        optional: true,
        hint: "Groups at the identity provider, between commas.",
      },
    ],
    said: (v, n) => `signed ${at(n, "user", v, "person")} in to ${at(n, "organization", v)} by SSO`,
  },
};
