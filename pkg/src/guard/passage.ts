import type { Decision } from "../api/decision.js";
import { own, unavailable } from "../api/answers.js";
import { word } from "../api/arguments.js";
import type { Door } from "./door.js";
import { Known, type Trail, questionOf } from "./trail.js";

/** Asks a capsule again, on whatever instance is in force. */
export interface Asking {
  door(): Door;
  now(organization: string): number;
}

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

  get decision(): Decision | undefined {
    const question = questionOf(this.#trail);
    return question === undefined ? undefined : this.#ask(...question, this.#trail.now);
  }

  get validUntil(): number | undefined {
    const { about } = this.#trail;
    return about === undefined
      ? undefined
      : Math.min(about.notAfter, (own(this.decision, "validUntil") as number | undefined) ?? Infinity);
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
