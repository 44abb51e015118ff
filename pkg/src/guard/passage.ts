import type { Decision } from "../api/decision.js";
import { own, unavailable } from "../api/answers.js";
import { word } from "../api/arguments.js";
import type { About, Door } from "./door.js";
import type { GuardReason } from "./reasons.js";
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

/** Asks a capsule again, on whatever instance is in force. */
export interface Asking {
  door(): Door;
  now(organization: string): number;
}

/** A request that may pass; what costs is worked out when it is read. */
export class Passed {
  readonly allowed = true;
  readonly status = 200;
  readonly reason: GuardReason = "granted";
  readonly #trail: Trail;
  readonly #asking: Asking;

  constructor(trail: Trail, asking: Asking) {
    this.#trail = trail;
    this.#asking = asking;
  }

  get params(): Readonly<Record<string, string>> {
    return this.#trail.params;
  }

  get route(): string | undefined {
    return this.#trail.row?.pattern;
  }

  get principal(): string | undefined {
    return this.#trail.about?.principal;
  }

  get organization(): string | undefined {
    return this.#trail.about?.organization;
  }

  get revision(): number | undefined {
    return this.#trail.about?.revision;
  }

  get decision(): Decision | undefined {
    const question = questionOf(this.#trail);
    return question === undefined ? undefined : this.#ask(...question, this.#trail.now);
  }

  get validUntil(): number | undefined {
    const { about } = this.#trail;
    return about === undefined ? undefined : Math.min(about.notAfter, (own(this.decision, "validUntil") as number | undefined) ?? Infinity);
  }

  get cacheControl(): string | undefined {
    const { method, now } = this.#trail;
    const end = this.validUntil;
    if (end === undefined) return undefined;
    const seconds = Math.floor((end - now) / 1_000);
    return (method === "GET" || method === "HEAD") && seconds > 0 ? `private, max-age=${seconds}` : "no-store";
  }

  can(action: string, kind: string, id: string): boolean {
    return this.check(action, kind, id).allowed;
  }

  check(action: string, kind: string, id: string): Decision {
    const question = [word(action, "action"), word(kind, "kind"), word(id, "id")] as const;
    const { about } = this.#trail;
    if (about === undefined) return { ...unavailable(), reason: "unknown_principal" };
    return this.#ask(...question, this.#asking.now(about.organization));
  }

  /** On the instance in force: one that broke is not asked. */
  #ask(action: string, kind: string, id: string, now: number): Decision {
    try {
      const door = this.#asking.door();
      const capsule = door.open(this.#trail.bytes as Uint8Array);
      return typeof capsule === "number" ? unavailable() : door.check(capsule, action, kind, id, now);
    } catch {
      return unavailable();
    }
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
