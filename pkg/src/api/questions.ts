import type { Change } from "./commands.js";
import type { Decision, Via } from "./decision.js";

/** A refusal: never an exception. */
export interface Refused {
  readonly ok: false;
  /** Why, what would turn it, and whom to ask. */
  readonly decision: Decision;
  /** One English sentence. */
  readonly text: string;
}

/** An answer, or the refusal. */
export type Told<T> = ({ readonly ok: true } & T) | Refused;

/** Who asks about everyone, when, and for which page. */
export interface QuerySettings {
  /** For whom it is asked: the policy decides what they may ask and see. Absent: the host itself, which may know everything. */
  readonly as?: string | undefined;
  /** Milliseconds since 1970; this moment if absent. */
  readonly now?: number | undefined;
  /** The `next` of the page before. */
  readonly after?: string | undefined;
  /** 1 to 1,000 items; 1,000 if absent. */
  readonly limit?: number | undefined;
}

/** Who may do something, each with the bindings that carry it. */
export interface WhoPage {
  readonly items: readonly { readonly principal: string; readonly via: readonly Via[] }[];
  readonly total: number;
  readonly next?: string;
}

/** Everybody by actions, for one resource. */
export interface PeopleMatrix {
  readonly actions: readonly string[];
  /** `cells` has one for each of `actions`. */
  readonly rows: readonly { readonly principal: string; readonly cells: readonly boolean[] }[];
  readonly total: number;
  readonly next?: string;
}

/** On what somebody may do something; `hidden` more lie where the asker may not see them. */
export interface ListPage {
  readonly items: readonly string[];
  readonly total: number;
  readonly hidden: number;
  readonly next?: string;
}

/** A role that may be given, and until when at the latest. */
export interface Grantable {
  readonly role: string;
  readonly label: string;
  readonly until?: number;
}

/** What one principal gains and loses on one resource. */
export interface GainRow {
  readonly principal: string;
  readonly kind: string;
  readonly id: string;
  readonly gained: readonly string[];
  readonly lost: readonly string[];
}

/** Over all pages; `hidden` rows are counted and never named. */
export interface Totals {
  readonly principals: number;
  readonly rows: number;
  readonly gained: number;
  readonly lost: number;
  readonly hidden: number;
}

/** Something that a shared resource uses and its receiver may not use, and who can give that. */
export interface Lack {
  readonly resource: string;
  readonly action: string;
  readonly role?: string;
  readonly ask: readonly string[];
}

/** What a command would come to. */
export interface Preview {
  /** As far as the asker may see it. */
  readonly change: Change;
  /** How many facts and notes of the change the asker may not see. */
  readonly withheld?: number;
  readonly rows: readonly GainRow[];
  readonly totals: Totals;
  readonly lacks?: readonly Lack[];
  readonly lacksHidden?: number;
  readonly next?: string;
}

/** What another policy would give and take. */
export interface Compared {
  readonly rows: readonly GainRow[];
  readonly totals: Totals;
  readonly unmapped: readonly { readonly kind: string; readonly role: string; readonly bindings: number }[];
  readonly next?: string;
}

/** What the audit of a policy finds: who can lift themselves, what nobody can do, what says the same twice. */
export interface Finding {
  /** Stable: `explained` in the policy answers it by this name. */
  readonly key: string;
  readonly level: "warning" | "note";
  /** As `kind/role`. */
  readonly roles: readonly string[];
  /** As `kind/action`. */
  readonly actions: readonly string[];
  readonly sentence: string;
  /** Why it is meant, where the policy says so. */
  readonly explained?: string;
}

/** What roles are called in the other policy: kind to role to the roles there; an empty list stands for nothing. */
export type RoleMapping = { readonly [kind: string]: { readonly [role: string]: readonly string[] } };
