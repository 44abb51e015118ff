import type { GuardReason } from "./reasons.js";

/** One decision, for a log: names as OpenTelemetry has them. It holds no path and no token. */
export interface GuardRecord {
  /** `_OTHER` for what is no method that a row may name. */
  readonly "http.request.method": string;
  /** The pattern of the row; absent where there is none. */
  readonly "http.route"?: string;
  readonly "http.response.status_code": number;
  /** The principal of the capsule; absent for a public row, and where nobody was believed. */
  readonly "enduser.id"?: string;
  readonly "bailiwick.allowed": boolean;
  readonly "bailiwick.reason": GuardReason;
  readonly "bailiwick.organization"?: string;
  readonly "bailiwick.revision"?: number;
  readonly "bailiwick.action"?: string;
  readonly "bailiwick.kind"?: string;
  readonly "bailiwick.id"?: string;
  /** The code of the error, where a token or a capsule was not to be believed. */
  readonly "error.type"?: string;
}

/** What a log gets. */
export interface Logging {
  readonly log: ((record: GuardRecord) => void) | undefined;
  readonly mask: ((record: GuardRecord) => GuardRecord) | undefined;
  readonly sample: number;
}

/** Hands a record to the log. What goes wrong there changes no decision. */
export function tell({ log, mask, sample }: Logging, record: () => GuardRecord): void {
  if (log === undefined || Math.random() >= sample) return;
  try {
    const whole = record();
    log(mask === undefined ? whole : mask(whole));
  } catch {
    // A log that fails must neither let anyone in nor shut anyone out.
  }
}
