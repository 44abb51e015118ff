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
    const cookies = headers.get("cookie") ?? "";
    let found: string | null = null;
    for (let from = 0, end = 0; from <= cookies.length; from = end + 1) {
      end = cookies.indexOf(";", from);
      if (end < 0) end = cookies.length;
      while (from < end && cookies.charAt(from).trim() === "") from += 1;
      if (from + start.length > end || !cookies.startsWith(start, from)) continue;
      if (found !== null) return null;
      found = cookies.slice(from + start.length, end).trimEnd();
    }
    return found;
  };
}

/** Takes the token from `Authorization: Bearer …`. A header that comes twice is none. */
export function fromBearer(): (request: WithHeaders) => string | null {
  return ({ headers }) => /^Bearer +([^\s,]+)$/i.exec(headers.get("authorization") ?? "")?.[1] ?? null;
}
