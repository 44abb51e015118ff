import type { Clock } from "../api/clock.js";
import { broken } from "../api/answers.js";
import { moment } from "../api/arguments.js";
import { BailiwickError } from "../api/errors.js";
import { Door, type Opened, type Plan } from "./door.js";
import { Marks } from "./marks.js";
import { Passed } from "./passage.js";
import { type GuardReason, METHODS, methodsOf, reasonOf } from "./reasons.js";
import { type GuardRecord, type Logging, tell } from "./records.js";
import { Refused, Why } from "./refused.js";
import type { Row } from "./routes.js";
import { Trail, paramsOf, questionOf } from "./trail.js";
import type { CheckedPath, GuardSettings, WithHeaders } from "./settings.js";

type Settings = GuardSettings<never, WithHeaders, unknown>;

/** The settings, read. */
export interface Reading {
  readonly capsule: Settings["capsule"];
  readonly verify: Settings["verify"] | undefined;
  readonly principal: Settings["principal"] | undefined;
  readonly minRevision: Settings["minRevision"] | undefined;
  readonly problem: Settings["problem"] | undefined;
  readonly clock: Clock;
  readonly leeway: number;
  readonly rows: readonly Row[];
  readonly plan: Plan;
  readonly ignoresSlash: boolean;
  readonly strict: boolean;
  readonly logging: Logging;
}

/** A request, each field of it read once. */
export interface Arrived {
  readonly method: unknown;
  readonly path: unknown;
  readonly target: unknown;
  readonly request: WithHeaders;
  readonly context: unknown;
}

/** Header fields by which some servers change the method. */
const OVERRIDES = ["x-http-method-override", "x-http-method", "x-method-override"];

/** Decides on requests. Between two of them nothing is kept but the marks, and the table on its instance. */
export class Decider {
  readonly #settings: Reading;
  readonly #marks = new Marks();
  #door: Door;

  constructor(settings: Reading) {
    this.#settings = settings;
    this.#door = new Door(settings.plan);
  }

  /** What goes wrong is a refusal. */
  async decide(arrive: () => Arrived): Promise<Passed | Refused> {
    const trail = new Trail();
    const why = await this.#why(arrive, trail).catch(() => new Why("unavailable"));
    const outcome = why === undefined ? new Passed(trail, this) : new Refused(why, trail, this.#settings.problem);
    tell(this.#settings.logging, () => recordOf(trail, outcome));
    return outcome;
  }

  /** The path of a target, or what is wrong with it. */
  checkRaw(target: unknown): CheckedPath {
    const path = pathIn(textOf(target));
    if (path === undefined) return { path, reason: "byte" };
    const reason = this.#flaw(path);
    return reason === undefined ? { path, reason } : { path: undefined, reason };
  }

  /** The instance in force; after a trap a new one. */
  door(): Door {
    if (this.#door.dead) this.#door = new Door(this.#settings.plan);
    return this.#door;
  }

  /** The moment at which an organization is asked about. */
  now(organization: string): number {
    return this.#marks.now(organization, moment(this.#settings.clock(), "clock()"));
  }

  /** Why a request does not pass; nothing if it may. */
  async #why(arrive: () => Arrived, trail: Trail): Promise<Why | undefined> {
    const arrived = arrive();
    const { request, context } = arrived;
    const refused = this.#find(arrived, trail);
    if (refused !== undefined) return refused;
    if (this.#settings.strict && OVERRIDES.some((name) => (request.headers.get(name) ?? undefined) !== undefined))
      return new Why("method_override");
    if (trail.row?.need === undefined) return undefined;
    const found = await this.#capsule(request, context);
    if (!(found instanceof Uint8Array)) return found;
    const who = await this.#settings.principal?.(request, context);
    if (this.#settings.principal !== undefined && typeof who !== "string") return new Why("unknown_principal");
    return this.#believe(arrived, trail, found, who ?? undefined);
  }

  /** Finds the row. */
  #find({ method, path, target }: Arrived, trail: Trail): Why | undefined {
    trail.method = textOf(method);
    const given = target === undefined ? textOf(path) : pathIn(textOf(target));
    if (given === undefined) return new Why("byte");
    const answer = this.door().route(trail.method, given);
    if (answer < 0) return new Why(reasonOf(answer), undefined, methodsOf(answer));
    const row = this.#settings.rows[answer];
    if (row === undefined) throw broken();
    trail.path = given;
    trail.row = row;
    const inside = this.#settings.ignoresSlash && row.pattern !== "/" ? given.replace(/\/$/, "") : given;
    trail.params = paramsOf(row, inside);
    return undefined;
  }

  /** The bytes of the capsule that came with a request, or why there are none. */
  async #capsule(request: WithHeaders, context: unknown): Promise<Uint8Array | Why> {
    const found: unknown = await this.#settings.capsule(request, context);
    if (found instanceof Uint8Array) return found.slice();
    if (found === undefined || found === null || found === "") return new Why("unknown_principal");
    const { verify } = this.#settings;
    if (typeof found !== "string" || verify === undefined) throw broken();
    try {
      const bytes: unknown = await verify(found);
      if (bytes instanceof Uint8Array) return bytes.slice();
    } catch (error) {
      if (error instanceof BailiwickError) return new Why("invalid_capsule", error.code);
      throw error;
    }
    throw broken();
  }

  /** Opens the capsule, and asks it once it is to be believed. */
  async #believe(
    { request, context }: Arrived,
    trail: Trail,
    bytes: Uint8Array,
    who: string | undefined,
  ): Promise<Why | undefined> {
    const opened = this.door().open(bytes);
    if (typeof opened === "number") return unopened(opened);
    const { about } = opened;
    if (who !== undefined && who !== about.principal) return new Why("invalid_capsule", "ERR_PRINCIPAL");
    const { minRevision } = this.#settings;
    const least = minRevision === undefined ? 0 : await minRevision(request, about.organization, context);
    const now = this.now(about.organization);
    const refused = this.#outdated(opened, now, moment(least, "minRevision()"));
    if (refused !== undefined) return refused;
    this.#marks.raise(about, now);
    Object.assign(trail, { about, bytes, now });
    // Who waited may find it closed, or the instance broken.
    const current = minRevision === undefined ? opened : this.door().open(bytes);
    return typeof current === "number" ? unopened(current) : verdict(this.door(), current, trail);
  }

  /** Why a capsule no longer speaks, or does not yet. */
  #outdated(opened: Opened, now: number, least: number): Why | undefined {
    const { issuedAt, notAfter, organization, revision } = opened.about;
    const inTime = issuedAt <= now + this.#settings.leeway && now < notAfter;
    if (!inTime || revision < least || revision < this.#marks.revision(organization)) return new Why("stale");
    return this.#marks.same(opened) ? undefined : new Why("invalid_capsule", "ERR_REVISION");
  }

  /** What is wrong with a path by itself. A percent sign is so by the rows of a method: it is none where one of them takes it. */
  #flaw(path: string): GuardReason | undefined {
    for (const method of METHODS) {
      const answer = this.door().route(method, path);
      const reason = answer < 0 ? reasonOf(answer) : "not_found";
      if (reason !== "encoded") return reason === "not_found" || reason === "method_not_allowed" ? undefined : reason;
    }
    return "encoded";
  }
}

/** The decision on a capsule that is believed. */
function verdict(door: Door, capsule: Opened, trail: Trail): Why | undefined {
  const status = door.decide(capsule, trail.method, trail.path, trail.now);
  if (status === 200) return undefined;
  if (status === 401) return new Why("unknown_principal");
  if (status === 404) return new Why("unknown_resource");
  const question = questionOf(trail);
  if (status !== 403 || question === undefined) return new Why("unavailable");
  const decision = door.check(capsule, ...question, trail.now);
  return decision.allowed ? new Why("unavailable") : new Why(decision.reason, undefined, "", decision);
}

function unopened(answer: number): Why {
  if (answer === -3) return new Why("unavailable");
  return new Why("invalid_capsule", answer === -2 ? "ERR_POLICY_MISMATCH" : "ERR_CAPSULE");
}

/** The path of a target. Of a query it must be known that it is one: what a parser would drop from it could move its start. */
function pathIn(target: string): string | undefined {
  const [path = "", ...queries] = target.split("?");
  return /^[!"$-~]*$/.test(queries.join("?")) ? path : undefined;
}

/** What is no text has neither a row nor a method. */
function textOf(given: unknown): string {
  return typeof given === "string" ? given : "";
}

function recordOf(trail: Trail, outcome: Passed | Refused): GuardRecord {
  const { about, method, row } = trail;
  const question = questionOf(trail);
  return {
    "http.request.method": (METHODS as readonly string[]).includes(method) ? method : "_OTHER",
    ...(row && { "http.route": row.pattern }),
    "http.response.status_code": outcome.status,
    "bailiwick.allowed": outcome.allowed,
    "bailiwick.reason": outcome.reason,
    ...(about && {
      "enduser.id": about.principal,
      "bailiwick.organization": about.organization,
      "bailiwick.revision": about.revision,
    }),
    ...(question && { "bailiwick.action": question[0], "bailiwick.kind": question[1], "bailiwick.id": question[2] }),
    ...(!outcome.allowed && outcome.problem.code !== undefined && { "error.type": outcome.problem.code }),
  };
}
