import { BailiwickError } from "../api/errors.js";
import type { Reason } from "../api/decision.js";
import type { Outcome } from "./places.js";

/**
 * Why the authority does not do as it was asked: a reason of a decision; `bad_request` with the code of what is wrong and where; a body that
 * is no JSON (`unsupported_media_type`) or too long (`too_large`).
 */
export type ProblemReason = Reason | "bad_request" | "unsupported_media_type" | "too_large";

/** What a refusal says, as problem details: RFC 9457, in the guard's form. */
export interface AuthorityProblem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly reason: ProblemReason;
  /** The code of the error: `ERR_UNKNOWN_ROLE`. */
  readonly code?: string;
  /** The place in what was sent: `roles[0]`. */
  readonly path?: string;
  readonly detail?: string;
  /** Where a command or a question was refused: the whole decision. */
  readonly decision?: object;
  /** The same in a sentence. */
  readonly text?: string;
}

/** What may stand in a problem beside its status and its reason. */
type More = Omit<AuthorityProblem, "type" | "title" | "status" | "reason">;

const TITLES: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  409: "Conflict",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  503: "Service Unavailable",
};

/** The status of a refusal; what is not listed is 403. */
const STATUS: ReadonlyMap<ProblemReason, number> = new Map<ProblemReason, number>([
  ["bad_request", 400],
  ["unknown_principal", 401],
  ["unknown_resource", 404],
  ["conflict", 409],
  ["contact_support", 409],
  ["invite_expired", 409],
  ["last_owner", 409],
  ["limit_reached", 409],
  ["too_large", 413],
  ["unsupported_media_type", 415],
  ["unavailable", 503],
]);

/** A refusal on its way out of the service. */
export class Problem extends Error {
  constructor(
    readonly reason: ProblemReason,
    readonly more: More = {},
  ) {
    super(reason);
  }

  get response(): Response {
    const status = this.#status;
    const body: AuthorityProblem = { type: "about:blank", title: TITLES[status] ?? "", status, reason: this.reason, ...this.more };
    const headers = { "content-type": "application/problem+json", "cache-control": "no-store" };
    if (status !== 401) return new Response(JSON.stringify(body), { status, headers });
    const challenge = this.more.code === undefined ? "Bearer" : 'Bearer error="invalid_token"';
    return new Response(JSON.stringify(body), { status, headers: { ...headers, "www-authenticate": challenge } });
  }

  /** Who asks is known where there is a decision: it is somebody else whom it does not know. */
  get #status(): number {
    if (this.reason === "unknown_principal" && this.more.decision !== undefined) return 404;
    return STATUS.get(this.reason) ?? 403;
  }
}

/** What is missing reads as what somebody may not know of. */
export const hidden = (): Problem => new Problem("unknown_resource");

/** What was sent is not what is taken. */
export const malformed = (code: string, path: string, detail: string): Problem =>
  new Problem("bad_request", { code, path, detail });

/** The problem of a refused command or question. */
export function refusalOf({ decision, text }: Extract<Outcome, { ok: false }>): Problem {
  return new Problem(decision.reason, { decision, text });
}

/** Errors that are the authority's own, whatever was sent. */
const OWN = ["ERR_ENGINE_LOST", "ERR_NOT_INITIALIZED", "ERR_FREED", "ERR_CLOCK", "ERR_REVISION", "ERR_CHANGE", "ERR_STORAGE", "ERR_BINDING"];

/** The problem of what was thrown. */
export function problemOf(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown;
  const { code, path, message } = thrown as BailiwickError;
  const meant = thrown instanceof Error && typeof code === "string" && typeof path === "string" && code.startsWith("ERR_");
  return meant && !OWN.includes(code) ? malformed(code, path, message) : new Problem("unavailable");
}
