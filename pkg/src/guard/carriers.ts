import { text } from "../api/arguments.js";
import type { WithHeaders } from "./settings.js";

/**
 * Takes the token from a cookie. A cookie that comes twice is none: which of them is meant nobody can say.
 *
 * @example
 * createGuard({ routes, vocabulary, verify, capsule: fromCookie("__Host-capsule") });
 */
export function fromCookie(name: string): (request: WithHeaders) => string | null {
  const start = `${text(name, "name")}=`;
  return ({ headers }) => {
    const cookies = (headers.get("cookie") ?? "").split(";").map((cookie) => cookie.trim());
    const [only, another] = cookies.filter((cookie) => cookie.startsWith(start));
    return only === undefined || another !== undefined ? null : only.slice(start.length);
  };
}

/** Takes the token from `Authorization: Bearer …`. A header that comes twice is none. */
export function fromBearer(): (request: WithHeaders) => string | null {
  return ({ headers }) => /^Bearer +([^\s,]+)$/i.exec(headers.get("authorization") ?? "")?.[1] ?? null;
}
