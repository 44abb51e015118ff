/** Prose that a document may carry beside what it declares. */
interface Noted {
  readonly source?: string | undefined;
}

/** Names of roles by kind: `{ project: ["project_owner"] }`. */
export type RolesByKind = { readonly [kind: string]: readonly string[] | undefined };

/** An action of a kind. */
export interface ActionDocument extends Noted {
  readonly label?: string;
  /** The feature without which nobody has it. */
  readonly feature?: string;
  /** The limit that it uses up. */
  readonly limit?: string;
  /** `false`: coming soon. */
  readonly available?: boolean;
  /** Shown disabled, with whom to ask, to a person who has no role for it. */
  readonly requestable?: boolean;
}

/** A role of a kind. */
export interface RoleDocument extends Noted {
  readonly label?: string;
  readonly allow?: readonly string[];
  readonly implies?: RolesByKind;
  /** The roles of this kind that it may hand out. */
  readonly grant?: readonly string[];
  /** What a member with this role holds on a thing of that kind where no role was chosen. */
  readonly default?: RolesByKind;
  readonly feature?: string;
}

/** A kind of resource. */
export interface KindDocument extends Noted {
  readonly parent?: string;
  readonly label?: string;
  readonly plural?: string;
  /** What one holds nothing on is as if it did not exist. */
  readonly private?: boolean;
  readonly available?: boolean;
  readonly feature?: string;
  readonly top?: string;
  readonly creator?: string;
  readonly default?: string;
  /** The sharing roles, highest first. */
  readonly sharing?: readonly string[];
  /** The action of the parent kind that creates one. */
  readonly create?: string;
  /** What using one takes. */
  readonly use?: string;
  /** What exercises the things that one uses. */
  readonly run?: string;
  readonly actions?: { readonly [action: string]: ActionDocument };
  readonly roles?: { readonly [role: string]: RoleDocument };
}

/** A kind of principal. */
export interface HolderDocument extends Noted {
  readonly label?: string;
  readonly feature?: string;
  readonly roles?: RolesByKind;
  readonly baseline?: RolesByKind;
  readonly default?: readonly string[];
}

/** An edition: what an organization has paid for. */
export interface EditionDocument extends Noted {
  readonly label?: string;
  readonly features?: readonly string[];
  /** A limit that is not named is none. */
  readonly limits?: { readonly [limit: string]: number | undefined };
}

/** Only these roles may do this action on that kind. Roles of another kind are named as `kind/role`. */
export interface AssertionDocument extends Noted {
  readonly only: readonly string[];
  readonly may: string;
  readonly on: string;
}

/** The role model of a product, as JSON: see `policies/policy.schema.json`. */
export interface PolicyDocument extends Noted {
  readonly $schema?: string;
  readonly format: number;
  readonly name: string;
  readonly label?: string;
  readonly features?: { readonly [feature: string]: { readonly label?: string } & Noted };
  readonly limits?: { readonly [limit: string]: { readonly label?: string; readonly counts: string } & Noted };
  readonly editions: { readonly [edition: string]: EditionDocument };
  readonly holders: { readonly [holder: string]: HolderDocument };
  readonly invites?: { readonly to?: "anyone" | "people" | (string & {}); readonly days?: number };
  readonly organizations?: {
    /** The action of `organization` that guards a further one by the same creator; without it, one each. */
    readonly further?: string;
  };
  readonly kinds: { readonly [kind: string]: KindDocument };
  readonly commands?: { readonly [command: string]: { readonly [kind: string]: string | undefined } };
  readonly questions?: { readonly [question: string]: { readonly [kind: string]: string | undefined } };
  readonly nobody?: readonly string[];
  /** What is promised of this policy: no other role contains that action. */
  readonly assertions?: readonly AssertionDocument[];
  /** Findings of the audit that are meant: the key of each, and why. */
  readonly explained?: { readonly [finding: string]: string | undefined };
}

/** Somebody's roles in one place. Without `roles`: the default of that place. */
export interface MembershipDocument {
  /** `user/…`, `service_account/…`, `group/…` or `members`, as the place allows. */
  readonly member: string;
  readonly roles?: readonly string[] | undefined;
  readonly suspended?: boolean | undefined;
  /** `sso`: an assertion suspended them; else a member did. */
  readonly suspendedBy?: "member" | "sso" | undefined;
  /** The end, in milliseconds since 1970. */
  readonly until?: number | undefined;
}

/** A share of one resource. */
export interface ShareDocument {
  readonly with: string;
  readonly role: string;
  /** The end, in milliseconds since 1970. */
  readonly until?: number | undefined;
}

interface Named {
  readonly id: string;
  readonly name?: string | undefined;
}

export interface PersonDocument extends Named {
  readonly email?: string | undefined;
}

export interface OrganizationDocument extends Named {
  readonly edition: string;
  readonly creator?: string | undefined;
  readonly members?: readonly MembershipDocument[] | undefined;
  readonly sso?: SsoDocument | undefined;
}

/** What single sign-on does in an organization. */
export interface SsoDocument {
  readonly domains?: readonly string[] | undefined;
  /** The organization roles of a first sign-in. */
  readonly default?: readonly string[] | undefined;
  /** What each asserted value stands for. */
  readonly map?: { readonly [value: string]: readonly { readonly role: string; readonly on?: string }[] } | undefined;
}

export interface GroupDocument extends Named {
  readonly organization: string;
  readonly members?: readonly string[] | undefined;
}

export interface ServiceAccountDocument extends Named {
  readonly organization: string;
  readonly roles?: readonly string[] | undefined;
  readonly suspended?: boolean | undefined;
}

export interface ProjectDocument extends Named {
  readonly organization: string;
  readonly creator?: string | undefined;
  readonly members?: readonly MembershipDocument[] | undefined;
}

export interface ApiKeyDocument extends Named {
  readonly project: string;
  readonly creator?: string | undefined;
  readonly rotations?: number | undefined;
  readonly roles?: readonly string[] | undefined;
}

export interface ResourceDocument extends Named {
  readonly kind: string;
  /** As `kind/id`. */
  readonly parent: string;
  readonly creator?: string | undefined;
  /** What it uses, as `kind/id`. */
  readonly uses?: readonly string[] | undefined;
  readonly shares?: readonly ShareDocument[] | undefined;
}

export interface InviteDocument {
  readonly id: string;
  readonly organization: string;
  readonly address: string;
  readonly roles?: readonly string[] | undefined;
  readonly projects?:
    readonly { readonly project: string; readonly roles?: readonly string[] | undefined }[] | undefined;
  readonly sender: string;
  /** Milliseconds since 1970. */
  readonly expires: number;
}

/** Organizations, their people, projects and shares, as JSON: see `policies/directory.schema.json`. */
export interface DirectoryDocument {
  readonly $schema?: string | undefined;
  readonly format: number;
  readonly policy?: string | undefined;
  readonly revision?: number | undefined;
  /** When it was changed last, in milliseconds since 1970. */
  readonly changed?: number | undefined;
  readonly people?: readonly PersonDocument[] | undefined;
  readonly organizations?: readonly OrganizationDocument[] | undefined;
  readonly groups?: readonly GroupDocument[] | undefined;
  readonly serviceAccounts?: readonly ServiceAccountDocument[] | undefined;
  readonly projects?: readonly ProjectDocument[] | undefined;
  readonly apiKeys?: readonly ApiKeyDocument[] | undefined;
  readonly resources?: readonly ResourceDocument[] | undefined;
  readonly invites?: readonly InviteDocument[] | undefined;
  /** The last commands, oldest first. */
  readonly applied?: readonly { readonly id: string; readonly digest: string }[] | undefined;
  /** Ids that were used and never come back, as `kind/id`. */
  readonly retired?: readonly string[] | undefined;
}
