import type { PolicyDocument } from "./documents.js";
import type { EditionName, HolderRole, SharingRole } from "./names.js";

/** What a person may hold on an organization or a project. */
type Users<P extends PolicyDocument, K extends string> = HolderRole<P, "user", K>;

/** What whoever is put into a project may hold there: everybody but an API key. */
type Joining<P extends PolicyDocument> = HolderRole<P, "user" | "service_account" | "group" | "members", "project">;

/** Roles of one project, as an invite names it. Without `roles`: those that the organization roles give by default. */
export interface InvitedProject<R extends string = string> {
  readonly project: string;
  readonly roles?: readonly R[] | undefined;
}

/** A role that an asserted value stands for: on the organization, or on `project/<id>`. */
export interface AssertedRole<R extends string = string> {
  readonly role: R;
  readonly on?: string | undefined;
}

/** What each command needs beside `id`, `command` and `organization`. */
interface Fields<P extends PolicyDocument> {
  create_organization: { readonly name?: string | undefined; readonly from?: string | undefined };
  rename_organization: { readonly name: string };
  delete_organization: unknown;
  invite_member: {
    readonly invite: string;
    readonly address: string;
    readonly roles: readonly Users<P, "organization">[];
    readonly projects?: readonly InvitedProject<Users<P, "project">>[] | undefined;
  };
  resend_invite: { readonly invite: string };
  delete_invite: { readonly invite: string };
  accept_invite: { readonly invite: string };
  change_member_roles: { readonly member: string; readonly roles: readonly Users<P, "organization">[] };
  suspend_member: { readonly member: string };
  restore_member: { readonly member: string };
  remove_member: { readonly member: string; readonly successor?: string | undefined };
  leave_organization: { readonly successor?: string | undefined };
  create_project: { readonly project: string; readonly name?: string | undefined };
  rename_project: { readonly project: string; readonly name: string };
  delete_project: { readonly project: string };
  move_project: { readonly project: string; readonly to: string };
  add_project_member: {
    readonly project: string;
    readonly member: string;
    readonly roles?: readonly Joining<P>[] | undefined;
    readonly until?: number | undefined;
  };
  change_project_member: {
    readonly project: string;
    readonly member: string;
    readonly roles: readonly Joining<P>[];
    readonly until?: number | undefined;
  };
  remove_project_member: {
    readonly project: string;
    readonly member: string;
    readonly successor?: string | undefined;
  };
  create_service_account: {
    readonly account: string;
    readonly name?: string | undefined;
    readonly roles?: readonly HolderRole<P, "service_account", "organization">[] | undefined;
  };
  change_service_account: {
    readonly account: string;
    readonly roles: readonly HolderRole<P, "service_account", "organization">[];
  };
  delete_service_account: { readonly account: string };
  create_api_key: {
    readonly project: string;
    readonly key: string;
    readonly name?: string | undefined;
    readonly roles?: readonly HolderRole<P, "api_key", "project">[] | undefined;
  };
  change_api_key: { readonly key: string; readonly roles: readonly HolderRole<P, "api_key", "project">[] };
  rotate_api_key: { readonly key: string };
  delete_api_key: { readonly key: string };
  create_resource: {
    readonly resource: string;
    readonly parent?: string | undefined;
    readonly name?: string | undefined;
    readonly uses?: readonly string[] | undefined;
  };
  change_resource: {
    readonly resource: string;
    readonly name?: string | undefined;
    readonly uses?: readonly string[] | undefined;
  };
  delete_resource: { readonly resource: string };
  share: {
    readonly resource: string;
    readonly with: string;
    readonly role: SharingRole<P>;
    readonly until?: number | undefined;
  };
  change_share: {
    readonly resource: string;
    readonly with: string;
    readonly role: SharingRole<P>;
    readonly until?: number | undefined;
  };
  unshare: { readonly resource: string; readonly with: string; readonly successor?: string | undefined };
  create_group: {
    readonly group: string;
    readonly name?: string | undefined;
    readonly members?: readonly string[] | undefined;
  };
  add_to_group: { readonly group: string; readonly member: string };
  remove_from_group: { readonly group: string; readonly member: string };
  delete_group: { readonly group: string };
  configure_sso: {
    readonly default?: readonly Users<P, "organization">[] | undefined;
    readonly map?:
      { readonly [value: string]: readonly AssertedRole<Users<P, "organization" | "project">>[] } | undefined;
  };
}

/** What only the host may do: `directory.applyAsHost`. */
interface HostFields<P extends PolicyDocument> {
  verify_domain: { readonly domain: string };
  release_domain: { readonly domain: string };
  sign_in: {
    readonly person: string;
    readonly email?: string | undefined;
    readonly name?: string | undefined;
    readonly asserted?: readonly string[] | undefined;
  };
  change_edition: { readonly edition: EditionName<P> };
}

/** One command with its fields. */
type Of<All> = {
  [Name in keyof All]: {
    /** Chosen by the caller: the same id twice changes once. */
    readonly id: string;
    readonly command: Name;
    /** In which organization; for `create_organization` the new id. */
    readonly organization: string;
  } & All[Name];
}[keyof All];

/** A person becomes known. */
export interface SignUp {
  readonly id: string;
  readonly command: "sign_up";
  readonly person: string;
  readonly email?: string | undefined;
  readonly name?: string | undefined;
}

/**
 * What somebody asks for: see `policies/command.schema.json`. Principals are `user/<id>`, `service_account/<id>`; whom a thing is shared
 * with may also be `group/<id>` or `members`; resources are `kind/id`; moments are milliseconds since 1970.
 *
 * With the type of a policy its roles are known: one that it does not declare, or that this holder may not have, does not compile.
 *
 * @example
 * const key: Command<typeof pinecone> = {
 *   id: "c1", command: "create_api_key", organization: "acme", project: "search", key: "k1", roles: ["project_key"],
 * }; // `roles: ["project_owner"]` does not compile: an API key may not hold it
 */
export type Command<P extends PolicyDocument = PolicyDocument> = Of<Fields<P>>;

/** A command that only the host may give. With the type of a policy its editions are known. */
export type HostCommand<P extends PolicyDocument = PolicyDocument> = Of<HostFields<P>> | SignUp;

/** The name of a command. */
export type CommandName = Command["command"] | HostCommand["command"];

/** One fact that a change removed or added; the fields are those of the directory document. */
export type Fact =
  | { readonly fact: "person"; readonly id: string; readonly email?: string; readonly name?: string }
  | {
      readonly fact: "organization";
      readonly id: string;
      readonly name?: string;
      readonly edition: string;
      readonly creator?: string;
    }
  | { readonly fact: "domain"; readonly organization: string; readonly domain: string }
  | {
      readonly fact: "sso";
      readonly organization: string;
      readonly default?: readonly string[];
      readonly map?: { readonly [value: string]: readonly AssertedRole[] };
    }
  | {
      readonly fact: "member";
      readonly organization: string;
      readonly member: string;
      readonly suspendedBy?: "member" | "sso";
    }
  | {
      readonly fact: "service_account";
      readonly id: string;
      readonly organization: string;
      readonly name?: string;
      readonly suspended?: boolean;
    }
  | { readonly fact: "group"; readonly id: string; readonly organization: string; readonly name?: string }
  | { readonly fact: "grouped"; readonly group: string; readonly member: string }
  | {
      readonly fact: "resource";
      readonly id: string;
      readonly parent: string;
      readonly name?: string;
      readonly creator?: string;
      readonly uses?: readonly string[];
    }
  | {
      readonly fact: "api_key";
      readonly id: string;
      readonly project: string;
      readonly name?: string;
      readonly creator?: string;
      readonly rotations?: number;
    }
  | {
      readonly fact: "invite";
      readonly id: string;
      readonly organization: string;
      readonly address: string;
      readonly roles: readonly string[];
      readonly projects?: readonly InvitedProject[];
      readonly sender: string;
      readonly expires: number;
    }
  | {
      readonly fact: "binding";
      readonly who: string;
      readonly role: string;
      readonly on: string;
      readonly until?: number;
    }
  | { readonly fact: "retired"; readonly id: string };

/** What came out otherwise than was asked for. */
export type Note =
  | { readonly note: "dropped" | "kept"; readonly role: string; readonly on: string }
  | { readonly note: "unknown_value"; readonly value: string }
  | { readonly note: "suspended"; readonly member: string }
  | { readonly note: "succeeded"; readonly role: string; readonly on: string; readonly who: string };

/** An accepted command: who, when, and which facts it removed and added. A document itself: `directory.commit` replays it. */
export interface Change {
  /** Who asked, or `host`. */
  readonly actor: string;
  readonly at: number;
  readonly before: number;
  readonly after: number;
  readonly command: Command | HostCommand;
  /** The command was applied before: nothing is removed or added. */
  readonly repeated?: boolean;
  readonly removed: readonly Fact[];
  /** A row that stands in both lists was changed. */
  readonly added: readonly Fact[];
  readonly notes?: readonly Note[];
}
