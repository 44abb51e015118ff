import type { Reason } from "../api/decision.js";

/** What is wrong with a path, in the order of the module. */
const FLAWS = ["no_path", "empty_segment", "dot_segment", "trailing_slash", "encoded", "byte", "too_long"] as const;

/** What is wrong with a path: nothing in it is repaired. */
export type PathFlaw = (typeof FLAWS)[number];

/**
 * Why a request was answered as it was: a flaw of its path; no row for the path (`not_found`) or for its method; a header that would
 * change the method (`method_override`); a token or a capsule that is not to be believed; or the reason of the decision.
 */
export type GuardReason =
  PathFlaw | "not_found" | "method_not_allowed" | "method_override" | "invalid_capsule" | Reason;

/** The methods that a row may name, by their bits. */
export const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;

/** Why a capsule does not let pass, in the order of the module. Behind them are those of commands, and then the one of a grant. */
const DENIALS: readonly Reason[] = [
  "stale",
  "unknown_principal",
  "not_a_member",
  "suspended",
  "unknown_kind",
  "unknown_action",
  "not_available_yet",
  "unknown_resource",
  "expired",
  "no_role",
  "feature_unavailable",
  "limit_reached",
];

/** The place of the reason `granted`. */
export const GRANTED = 17;

/** The reason of a denial, by its place. */
export function denialOf(place: number): Reason {
  return DENIALS[place] ?? "unavailable";
}

/** The reason why a request has no row, as the module tells it. */
export function reasonOf(answer: number): GuardReason {
  if (answer < -FLAWS.length - 1) return "method_not_allowed";
  return FLAWS[-answer - 1] ?? "not_found";
}

/** The methods that a path has, of such an answer. */
export function methodsOf(answer: number): string {
  return METHODS.filter((_, bit) => (answer >> bit) & 1).join(", ");
}

/** The status of a refusal; what is not listed is 403. */
const STATUS: ReadonlyMap<GuardReason, number> = new Map<GuardReason, number>([
  ["granted", 200],
  ["method_override", 400],
  ["unknown_principal", 401],
  ["invalid_capsule", 401],
  ["stale", 401],
  ["unknown_resource", 404],
  ["not_found", 404],
  ["method_not_allowed", 405],
  ["too_long", 414],
  ["unavailable", 503],
]);

/** The status of the answer to a request. */
export function statusOf(reason: GuardReason): number {
  return STATUS.get(reason) ?? ((FLAWS as readonly string[]).includes(reason) ? 400 : 403);
}
