import { word } from "../api/arguments.js";
import type { Carried, Door } from "./door.js";
import type { GuardDecision } from "./outcome.js";
import { denialOf } from "./reasons.js";
import { Known, type Trail, questionOf } from "./trail.js";

/** Asks a capsule again, on whatever instance is in force. */
export interface Asking {
  door(): Door;
  now(organization: string): number;
}

/** Below the places of all reasons. */
const UNAVAILABLE = -Infinity;

/** A request that may pass; what costs is worked out when it is read. */
export class Passed extends Known {
  readonly allowed = true;
  readonly #trail: Trail;
  readonly #asking: Asking;

  constructor(trail: Trail, asking: Asking) {
    super("granted", trail);
    this.#trail = trail;
    this.#asking = asking;
  }

  get decision(): GuardDecision | undefined {
    const end = this.#end();
    return end === undefined ? undefined : decisionOf(end);
  }

  get validUntil(): number | undefined {
    const end = this.#end();
    return end === undefined ? undefined : Math.min(this.#trail.about?.notAfter ?? 0, end >= 0 ? end : Infinity);
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

  check(action: string, kind: string, id: string): GuardDecision {
    const question = [word(action, "action"), word(kind, "kind"), word(id, "id")] as const;
    const { about } = this.#trail;
    if (about === undefined) return { allowed: false, reason: "unknown_principal" };
    return decisionOf(this.#ask(question, () => this.#asking.now(about.organization)));
  }

  /** The end of what the row asked for; nothing for a public one. */
  #end(): number | undefined {
    const question = questionOf(this.#trail);
    return question === undefined ? undefined : this.#ask(question, () => this.#trail.now);
  }

  /** On the instance in force: one that broke is not asked. */
  #ask([action, kind, id]: readonly [string, string, string], now: () => number): number {
    try {
      const door = this.#asking.door();
      const capsule = door.open(this.#trail.carried as Carried);
      return typeof capsule === "number" ? UNAVAILABLE : door.judge(capsule, action, kind, id, now());
    } catch {
      return UNAVAILABLE;
    }
  }
}

/** What is no end is a denial. */
function decisionOf(end: number): GuardDecision {
  if (!(end >= 0)) return { allowed: false, reason: denialOf(-1 - end) };
  const granted = { allowed: true, reason: "granted" } as const;
  return end === Infinity ? granted : { ...granted, validUntil: end };
}
