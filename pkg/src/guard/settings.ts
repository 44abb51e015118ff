import type { Clock } from "../api/clock.js";
import type { PolicyDocument } from "../api/documents.js";
import type { Outcome } from "./outcome.js";
import type { Problem } from "./problem.js";
import type { GuardReason } from "./reasons.js";
import type { GuardRecord } from "./records.js";
import type { Route } from "./routes.js";

/** What the guard reads of a request: header fields by name, nothing where there is none. */
export interface WithHeaders {
  readonly headers: { get(name: string): string | null };
}

/** A request of the Fetch API. */
export interface FetchRequest extends WithHeaders {
  readonly method: string;
  readonly url: string;
}

/** How a guard is to behave. */
export interface GuardSettings<P extends PolicyDocument, R extends WithHeaders, C> {
  /** What each request needs. They are checked when the guard is made. */
  readonly routes: readonly Route<P>[];
  /** `policy.vocabulary()`. */
  readonly vocabulary: Uint8Array;
  /**
   * Where the capsule is found: a signed one as a string, which is verified; nothing where there is none. Bytes are taken as they are, so
   * give bytes only from where you put them yourself. `fromCookie` and `fromBearer` are two of these.
   */
  readonly capsule: (request: R, context: C) => Found | PromiseLike<Found>;
  /**
   * Gives what was signed: `createVerifier`. It throws a `BailiwickError` for a token that is not to be believed; anything else is 503.
   * Without it bytes alone are taken.
   */
  readonly verify?: (token: string) => PromiseLike<Uint8Array>;
  /** Who asks, where your sign-in knows it: the capsule must be theirs. Nothing where nobody is signed in. */
  readonly principal?: (request: R, context: C) => string | null | PromiseLike<string | null>;
  /** The least revision that is still good, as all isolates know it. */
  readonly minRevision?: (request: R, organization: string, context: C) => number | PromiseLike<number>;
  /** What becomes of one `/` at the end of a path: `refuse` if absent. */
  readonly trailingSlash?: "refuse" | "ignore";
  /** Whether `HEAD` is decided by the row for `GET`; else it needs a row of its own. */
  readonly headAsGet?: boolean;
  /** Whether a request is refused that has a header by which some servers change its method. Else such headers mean nothing here. */
  readonly strict?: boolean;
  /** By how much a capsule may come before its time, in milliseconds: clocks differ. 5,000 if absent. Its end is its end. */
  readonly leeway?: number;
  /** `Date.now` if absent. */
  readonly clock?: Clock;
  /** Gets one record for each decision. */
  readonly log?: (record: GuardRecord) => void;
  /** The share of decisions that are logged, 0 to 1: 1 if absent. */
  readonly sample?: number;
  /** Takes out of a record what must not be in a log. */
  readonly mask?: (record: GuardRecord) => GuardRecord;
  /** What is said instead of a problem, as JSON. The status stays. */
  readonly problem?: (problem: Problem) => object;
}

/** A token, the bytes of a capsule, or nothing. */
export type Found = string | Uint8Array | null | undefined;

/** A request of any server. */
export interface Asked<R extends WithHeaders, C> {
  readonly method: string;
  /** The path that the server's own router goes by, without a query. */
  readonly path?: string;
  /** Instead of the path: the target as it came over the wire. */
  readonly target?: string;
  /** What is handed to `capsule`, `principal` and `minRevision`. */
  readonly request: R;
  readonly context?: C;
}

/** A path that is in its one form, or what is wrong with it. */
export type CheckedPath =
  { readonly path: string; readonly reason: undefined } | { readonly path: undefined; readonly reason: GuardReason };

/** Decides on requests. */
export interface Guard<P extends PolicyDocument, R extends WithHeaders, C> {
  /**
   * Decides on a request of the Fetch API. It never throws: what goes wrong is a refusal.
   *
   * The answer holds for the path that a URL has after parsing, which has folded `/a/../b` already: so must the router's.
   */
  (request: R & FetchRequest, context?: C): Promise<Outcome<P>>;
  /** The same for any server: by method and path. */
  decide(asked: Asked<R, C>): Promise<Outcome<P>>;
  /** Looks at a request target as it came over the wire, before a URL parser repairs it; its path without the query. */
  checkRaw(target: string): CheckedPath;
}
