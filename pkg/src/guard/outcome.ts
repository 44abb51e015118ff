import type { Reason } from "../api/decision.js";
import type { PolicyDocument } from "../api/documents.js";
import type { ActionName, KindName } from "../api/names.js";
import type { Problem } from "./problem.js";
import type { GuardReason } from "./reasons.js";

/** The answer to one question: whether, why and until when. By which bindings, and what would change it, `bailiwick/access` says. */
export interface GuardDecision {
  readonly allowed: boolean;
  readonly reason: Reason;
  /** For a grant that ends: when, in milliseconds since 1970. */
  readonly validUntil?: number;
}

/** What is known of every request. */
interface Known {
  readonly status: number;
  readonly reason: GuardReason;
  /** What the path binds, by name. Worked out when it is read. */
  readonly params: Readonly<Record<string, string>>;
  /** The pattern of the row; nothing where there is none. */
  readonly route: string | undefined;
  /** Whose capsule it is; nothing for a public row, and where nobody was believed. */
  readonly principal: string | undefined;
  /** The organization of the capsule. */
  readonly organization: string | undefined;
  readonly revision: number | undefined;
}

/** A request that may pass. */
export interface Passage<P extends PolicyDocument = PolicyDocument> extends Known {
  readonly allowed: true;
  readonly response?: undefined;
  /** Why, and until when; nothing for a public row. Worked out when it is read. */
  readonly decision: GuardDecision | undefined;
  /** The moment at which it ends: of the grant or of the capsule, whichever is first; nothing for a public row. */
  readonly validUntil: number | undefined;
  /** For the answer's `Cache-Control`: no longer than the grant, for `GET` and `HEAD` alone; nothing for a public row. */
  readonly cacheControl: string | undefined;
  /** Whether who asks may do something else, now. For a public row nobody is known to ask. */
  can<K extends KindName<P>>(action: ActionName<P, K>, kind: K, id: string): boolean;
  /** The same with the reason. */
  check<K extends KindName<P>>(action: ActionName<P, K>, kind: K, id: string): GuardDecision;
}

/** A request that does not pass. */
export interface Refusal extends Known {
  readonly allowed: false;
  /** With 403. */
  readonly decision: GuardDecision | undefined;
  /** The answer to it. */
  readonly response: Response;
  /** The body of the answer and its header fields, for servers without `Response`. */
  readonly problem: Problem;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What the guard answers. */
export type Outcome<P extends PolicyDocument = PolicyDocument> = Passage<P> | Refusal;
