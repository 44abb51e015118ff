/** Why a question was answered as it was. The first that applies, in the order of the manual. */
export type Reason =
  | "granted"
  | "stale"
  | "unknown_principal"
  | "not_a_member"
  | "suspended"
  | "unknown_kind"
  | "unknown_action"
  | "not_available_yet"
  | "unknown_resource"
  | "expired"
  | "no_role"
  | "feature_unavailable"
  | "limit_reached"
  | "not_grantable"
  | "last_owner"
  | "conflict"
  | "invite_expired"
  | "contact_support"
  | "unavailable";

/** A binding that carries a grant. */
export interface Via {
  /** The role that is bound. */
  readonly role: string;
  /** Where it is bound, as `kind/id`: `project/search`. */
  readonly on: string;
  readonly how: "direct" | "group" | "members" | "platform";
  /** The group's id, when `how` is `group`. */
  readonly group?: string;
  /** Whether the role gives the action by what it implies on this kind. */
  readonly implied: boolean;
  /** Its end in milliseconds since 1970; absent when it has none. */
  readonly until?: number;
}

/** One change that would turn a denial. */
export type Remedy =
  | {
      readonly change: "role" | "share";
      readonly role: string;
      /** As `kind/id`, or the kind alone where the id is not known. */ readonly on: string;
    }
  | { readonly change: "edition"; readonly edition: string; readonly feature?: string; readonly limit?: string };

/** Who may make a remedy. */
export interface Ask {
  /** The place of the remedy in `remedy`. */
  readonly remedy: number;
  readonly role: string;
  readonly on: string;
  /** Who holds that role, as `user/ana@acme.com`: only from a directory, and only for an asker who may view the members there. */
  readonly people?: readonly string[];
}

/**
 * The whole answer to one question.
 *
 * @example
 * const decision = access.check("delete", "project", "search");
 * if (!decision.allowed) console.log(decision.reason, decision.remedy); // "no_role", [{ change: "role", role: "project_owner", on: "project/search" }]
 */
export interface Decision {
  readonly allowed: boolean;
  readonly reason: Reason;
  /** For a grant: the bindings that carry it, nearest first. */
  readonly via: readonly Via[];
  /** For a denial: the smallest changes that would turn it. */
  readonly remedy: readonly Remedy[];
  /** For a denial: who may make each of them. */
  readonly ask: readonly Ask[];
  /** For a grant that ends: when, in milliseconds since 1970. */
  readonly validUntil?: number;
}

/** What a console shows for one action. */
export interface Button {
  readonly state: "enabled" | "disabled" | "hidden";
  readonly reason: Reason;
  /** A sentence for a person; empty when there is nothing to say. */
  readonly text: string;
}

/** A question, as a message is asked about it. */
export interface Question {
  readonly action: string;
  readonly kind: string;
  readonly id: string;
}

/** Your own sentences for `button().text`, by reason. */
export type Messages = Partial<Record<Reason, (decision: Decision, question: Question) => string>>;

/** One page of a list. */
export interface Page {
  readonly items: readonly string[];
  /** Hand it back as `after` for the next page; absent on the last one. */
  readonly next?: string;
}

/** An organization in which a principal is active. */
export interface OrganizationEntry {
  readonly id: string;
  readonly name: string;
  readonly edition: string;
}

/** What a role gives: `feature` is granted with the feature only. */
export type Cell = "yes" | "no" | "feature" | "not_available_yet";

/** The roles of one kind against its actions. */
export interface Matrix {
  readonly kind: string;
  readonly label: string;
  readonly roles: readonly { readonly role: string; readonly label: string }[];
  readonly actions: readonly {
    readonly action: string;
    readonly label: string;
    /** One cell for each of `roles`, in that order. */
    readonly cells: readonly Cell[];
    /** The label of the feature that the action needs. */
    readonly feature?: string;
  }[];
}

/** One kind of a policy, by its names. */
export interface KindInfo {
  readonly kind: string;
  readonly label: string;
  readonly plural: string;
  readonly parent?: string;
  readonly actions: readonly string[];
  readonly roles: readonly string[];
}
