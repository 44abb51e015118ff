import type { Clock } from "../api/clock.js";
import { broken } from "../api/answers.js";
import { moment } from "../api/arguments.js";
import { BailiwickError } from "../api/errors.js";
import { type Carried, Door, type Opened, type Plan } from "./door.js";
import { type Later, then } from "./later.js";
import { Marks } from "./marks.js";
import { Passed } from "./passage.js";
import { GRANTED, type GuardReason, METHODS, denialOf, methodsOf, reasonOf } from "./reasons.js";
import { pathIn } from "./path.js";
import { type GuardRecord, type Logging, tell } from "./records.js";
import type { Recall } from "../capsule/recall.js";
import { Refused, Why } from "./refused.js";
import type { Row } from "./routes.js";
import { Trail, questionOf } from "./trail.js";
import type { CheckedPath, GuardSettings, WithHeaders } from "./settings.js";

type Settings = GuardSettings<never, WithHeaders, unknown>;

/** The settings, read. */
export interface Reading {
  readonly capsule: Settings["capsule"];
  readonly verify: Settings["verify"] | undefined;
  /** What `verify` remembers, where it is one of ours. */
  readonly recall: Recall | undefined;
  readonly principal: Settings["principal"] | undefined;
  readonly minRevision: Settings["minRevision"] | undefined;
  readonly problem: Settings["problem"] | undefined;
  readonly clock: Clock;
  readonly leeway: number;
  readonly rows: readonly Row[];
  readonly plan: Plan;
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

  /** What goes wrong is a refusal. Who gives what is asked for at once is not waited for. */
  decide(arrive: () => Arrived): Later<Passed | Refused> {
    const trail = new Trail();
    const told = (why: Why | undefined): Passed | Refused => this.#told(trail, why);
    const broken = (): Passed | Refused => told(new Why("unavailable"));
    let why: Later<Why | undefined>;
    try {
      why = this.#why(arrive(), trail);
    } catch {
      return broken();
    }
    return why === undefined || why instanceof Why ? told(why) : Promise.resolve(why).then(told, broken);
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

  #told(trail: Trail, why: Why | undefined): Passed | Refused {
    const outcome = why === undefined ? new Passed(trail, this) : new Refused(why, trail, this.#settings.problem);
    tell(this.#settings.logging, () => recordOf(trail, outcome));
    return outcome;
  }

  /** Why a request does not pass; nothing if it may. */
  #why(arrived: Arrived, trail: Trail): Later<Why | undefined> {
    const { request, context } = arrived;
    const refused = this.#find(arrived, trail);
    if (refused !== undefined) return refused;
    if (this.#settings.strict && OVERRIDES.some((name) => (request.headers.get(name) ?? undefined) !== undefined))
      return new Why("method_override");
    if (trail.row?.need === undefined) return undefined;
    const next = (found: unknown): Later<Why | undefined> => this.#carried(found, arrived, trail);
    return then<unknown, Why | undefined>(this.#settings.capsule(request, context), next);
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
    trail.place = answer;
    return undefined;
  }

  /** Goes on with the capsule that came with a request, once it is known to be signed. */
  #carried(found: unknown, arrived: Arrived, trail: Trail): Later<Why | undefined> {
    if (found instanceof Uint8Array) return this.#claimed({ bytes: found.slice(), lasts: false }, arrived, trail);
    if (found === undefined || found === null || found === "") return new Why("unknown_principal");
    const { verify, recall } = this.#settings;
    if (typeof found !== "string" || verify === undefined) throw broken();
    return then(recall?.(found), (known) => {
      if (known !== undefined) return this.#claimed({ bytes: known, lasts: true }, arrived, trail);
      return this.#verified(found, verify).then((bytes) =>
        bytes instanceof Why ? bytes : this.#claimed({ bytes, lasts: false }, arrived, trail),
      );
    });
  }

  /** What was signed, or why it is not to be believed. */
  async #verified(token: string, verify: NonNullable<Settings["verify"]>): Promise<Uint8Array | Why> {
    try {
      const bytes: unknown = await verify(token);
      if (bytes instanceof Uint8Array) return bytes.slice();
    } catch (error) {
      if (error instanceof BailiwickError) return new Why("invalid_capsule", error.code);
      throw error;
    }
    throw broken();
  }

  /** Asks who is signed in, and whether the capsule is theirs. */
  #claimed(carried: Carried, arrived: Arrived, trail: Trail): Later<Why | undefined> {
    const { principal } = this.#settings;
    if (principal === undefined) return this.#opened(carried, arrived, trail, undefined);
    return then<unknown, Why | undefined>(principal(arrived.request, arrived.context), (who) =>
      typeof who === "string" ? this.#opened(carried, arrived, trail, who) : new Why("unknown_principal"),
    );
  }

  /** Opens the capsule, and asks from which revision on it is good. */
  #opened(carried: Carried, { request, context }: Arrived, trail: Trail, who: string | undefined): Later<Why | undefined> {
    const opened = this.door().open(carried);
    if (typeof opened === "number") return unopened(opened);
    const { principal, organization } = opened.about;
    if (who !== undefined && who !== principal) return new Why("invalid_capsule", "ERR_PRINCIPAL");
    const { minRevision } = this.#settings;
    if (minRevision === undefined) return this.#believed(carried, trail, opened, 0);
    return then(minRevision(request, organization, context), (least) => {
      // Who waited may find it closed, or the instance broken; and who was asked may have asked the guard.
      const current = this.door().open(carried);
      return typeof current === "number" ? unopened(current) : this.#believed(carried, trail, current, moment(least, "minRevision()"));
    });
  }

  /** Asks the capsule once it is to be believed. */
  #believed(carried: Carried, trail: Trail, opened: Opened, least: number): Why | undefined {
    const { about } = opened;
    const now = this.now(about.organization);
    const refused = this.#outdated(opened, now, least);
    if (refused !== undefined) return refused;
    this.#marks.raise(about, now);
    trail.about = about;
    trail.carried = carried;
    trail.now = now;
    const answer = this.door().decide(opened, trail.place, trail.path, now);
    return answer === GRANTED ? undefined : new Why(denialOf(answer));
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

function unopened(answer: number): Why {
  if (answer === -3) return new Why("unavailable");
  return new Why("invalid_capsule", answer === -2 ? "ERR_POLICY_MISMATCH" : "ERR_CAPSULE");
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
