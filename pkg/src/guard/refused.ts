import type { Decision } from "../api/decision.js";
import { type FetchResponse, type Problem, headersOf, problemOf } from "./problem.js";
import { type GuardReason, statusOf } from "./reasons.js";
import type { Trail } from "./passage.js";

/** Why a request does not pass. */
export class Why {
  constructor(
    readonly reason: GuardReason,
    readonly code?: string,
    /** The methods that the path has. */
    readonly methods = "",
    readonly decision?: Decision,
  ) {}
}

/** A request that does not pass. */
export class Refused {
  readonly allowed = false;
  readonly status: number;
  readonly reason: GuardReason;
  readonly decision: Decision | undefined;
  readonly params: Readonly<Record<string, string>>;
  readonly route: string | undefined;
  readonly principal: string | undefined;
  readonly organization: string | undefined;
  readonly revision: number | undefined;
  readonly problem: Problem;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor({ reason, code, methods, decision }: Why, trail: Trail, problem: ((problem: Problem) => object) | undefined) {
    this.reason = reason;
    this.status = statusOf(reason);
    this.decision = decision;
    this.params = trail.params;
    this.route = trail.row?.pattern;
    this.principal = trail.about?.principal;
    this.organization = trail.about?.organization;
    this.revision = trail.about?.revision;
    this.problem = problemOf(this.status, reason, code);
    this.body = said(this.problem, problem);
    this.headers = headersOf(this.status, reason, methods);
  }

  get response(): FetchResponse {
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
