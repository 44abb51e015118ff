import type { About } from "./door.js";
import { type GuardReason, statusOf } from "./reasons.js";
import type { Row } from "./routes.js";

/** What a path without a row binds. */
const NOTHING: Readonly<Record<string, string>> = Object.freeze(Object.create(null));

/** What is known of a request on its way. */
export class Trail {
  method = "";
  /** In its one form; empty where it is in none. */
  path = "";
  row: Row | undefined;
  params: Readonly<Record<string, string>> = NOTHING;
  about: About | undefined;
  bytes: Uint8Array | undefined;
  /** The moment of the decision. */
  now = 0;
}

/** What an answer says of its request, whatever it is. */
export class Known {
  readonly status: number;
  readonly params: Readonly<Record<string, string>>;
  readonly route: string | undefined;
  readonly principal: string | undefined;
  readonly organization: string | undefined;
  readonly revision: number | undefined;

  constructor(
    readonly reason: GuardReason,
    { params, row, about }: Trail,
  ) {
    this.status = statusOf(reason);
    this.params = params;
    this.route = row?.pattern;
    this.principal = about?.principal;
    this.organization = about?.organization;
    this.revision = about?.revision;
  }
}

/** What the row asks of the capsule; nothing for a public one, and where there is no capsule. */
export function questionOf({ row, about, params }: Trail): [string, string, string] | undefined {
  if (row?.need === undefined || about === undefined) return undefined;
  const { action, kind, id } = row.need;
  if (kind === "platform") return [action, kind, kind];
  return [action, kind, kind === "organization" ? about.organization : (params[id] ?? "")];
}

/** What a path binds, each `%25` decoded, once. There is no other `%` in a path that has a row. */
export function paramsOf({ names, rest }: Row, path: string): Record<string, string> {
  const params = Object.create(null) as Record<string, string>;
  const parts = path.split("/");
  names.forEach((name, place) => {
    if (name === undefined) return;
    const isRest = rest && place === names.length - 1;
    const bound = isRest ? parts.slice(place).join("/") : (parts[place] ?? "");
    params[name] = bound.replaceAll("%25", "%");
  });
  return params;
}
