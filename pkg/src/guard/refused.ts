import type { Reason } from "../api/decision.js";
import type { GuardDecision } from "./outcome.js";
import { type Problem, headersOf, problemOf } from "./problem.js";
import type { GuardReason } from "./reasons.js";
import { Known, type Trail } from "./trail.js";

/** Why a request does not pass. */
export class Why {
  constructor(
    readonly reason: GuardReason,
    readonly code?: string,
    /** The methods that the path has. */
    readonly methods = "",
  ) {}
}

/** A request that does not pass. */
export class Refused extends Known {
  readonly allowed = false;
  readonly decision: GuardDecision | undefined;
  readonly problem: Problem;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    { reason, code, methods }: Why,
    trail: Trail,
    problem: ((problem: Problem) => object) | undefined,
  ) {
    super(reason, trail);
    this.decision = this.status === 403 ? { allowed: false, reason: reason as Reason } : undefined;
    this.problem = problemOf(this.status, reason, code);
    this.body = said(this.problem, problem);
    this.headers = headersOf(this.status, reason, methods);
  }

  get response(): Response {
    return new Response(this.body, { status: this.status, headers: this.headers });
  }
}

/** The words of the host, if they can be had. */
function said(problem: Problem, by: ((problem: Problem) => object) | undefined): string {
  try {
    return JSON.stringify(by === undefined ? problem : by(problem));
  } catch {
    return JSON.stringify(problem);
  }
}
