import type { About, Carried } from "./door.js";
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
  /** Of the row, in its table. */
  place = 0;
  about: About | undefined;
  carried: Carried | undefined;
  /** The moment of the decision. */
  now = 0;
  #params: Readonly<Record<string, string>> | undefined;

  /** What the path binds, by name. */
  get params(): Readonly<Record<string, string>> {
    return (this.#params ??= this.row === undefined ? NOTHING : paramsOf(this.row, this.path));
  }
}

/** What an answer says of its request, whatever it is. */
export class Known {
  readonly status: number;
  readonly route: string | undefined;
  readonly principal: string | undefined;
  readonly organization: string | undefined;
  readonly revision: number | undefined;
  readonly #trail: Trail;

  constructor(
    readonly reason: GuardReason,
    trail: Trail,
  ) {
    const { row, about } = trail;
    this.#trail = trail;
    this.status = statusOf(reason);
    this.route = row?.pattern;
    this.principal = about?.principal;
    this.organization = about?.organization;
    this.revision = about?.revision;
  }

  get params(): Readonly<Record<string, string>> {
    return this.#trail.params;
  }
}

/** What the row asks of the capsule; nothing for a public one, and where there is no capsule. */
export function questionOf({ row, about, params }: Trail): [string, string, string] | undefined {
  if (row?.need === undefined || about === undefined) return undefined;
  const { action, kind, id } = row.need;
  if (kind === "platform") return [action, kind, kind];
  return [action, kind, kind === "organization" ? about.organization : (params[id] ?? "")];
}

/** What a path binds, each `%25` decoded, once. There is no other `%` in a path that has a row, and one `/` more at its end binds nothing. */
function paramsOf({ names, rest }: Row, path: string): Record<string, string> {
  const params = Object.create(null) as Record<string, string>;
  const parts = path.split("/");
  if (parts.at(-1) === "") parts.pop();
  names.forEach((name, place) => {
    if (name === undefined) return;
    const isRest = rest && place === names.length - 1;
    const bound = isRest ? parts.slice(place).join("/") : (parts[place] ?? "");
    params[name] = bound.replaceAll("%25", "%");
  });
  return params;
}
