import type { GuardReason } from "./reasons.js";

/** What a refusal says to who asked: problem details, RFC 9457. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly reason: GuardReason;
  /** The code of the error, where a token or a capsule was not to be believed. */
  readonly code?: string;
}

declare global {
  /** The platform's own, whichever types declare it; of no form where none do. */
  interface Response {}
}

const TITLES: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  414: "URI Too Long",
  503: "Service Unavailable",
};

/** The problem of a refusal. */
export function problemOf(status: number, reason: GuardReason, code: string | undefined): Problem {
  const problem = { type: "about:blank", title: TITLES[status] ?? "", status, reason };
  return code === undefined ? problem : { ...problem, code };
}

/** The header fields of a refusal. `methods` are those that the path has. */
export function headersOf(status: number, reason: GuardReason, methods: string): Record<string, string> {
  const headers = { "content-type": "application/problem+json", "cache-control": "no-store" };
  if (status === 405) return { ...headers, allow: methods };
  if (status !== 401) return headers;
  return { ...headers, "www-authenticate": reason === "unknown_principal" ? "Bearer" : 'Bearer error="invalid_token"' };
}
