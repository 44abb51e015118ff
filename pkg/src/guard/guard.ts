import type { PolicyDocument } from "../api/documents.js";
import { flag, givenBytes, moment, optionalFunction, options } from "../api/arguments.js";
import { own } from "../api/answers.js";
import { BailiwickTypeError } from "../api/errors.js";
import { recallOf } from "../capsule/recall.js";
import { type Arrived, Decider, type Reading } from "./decider.js";
import { pathOf } from "./path.js";
import { type AtOnce, answersAtOnce } from "./at-once.js";
import { tableOf } from "./routes.js";
import type { FetchRequest, Guard, GuardSettings, WithHeaders } from "./settings.js";

/**
 * Makes a guard, on an instance of the module of its own. Throws a `BailiwickError` with the place for a row that is wrong:
 * `ERR_UNKNOWN_ACTION` at `routes[3].action`, `ERR_AMBIGUOUS` at `routes[1].path`.
 *
 * It remembers how far each of 1,024 organizations has come, the revision and the moment: an older capsule is refused, and a clock set back
 * revives nothing. That holds in one isolate, and for a revision until the organization is forgotten; `minRevision` holds between them.
 *
 * @example
 * const guard = createGuard<typeof pinecone>({
 *   routes: [
 *     { method: "GET", path: "/health", public: true },
 *     { method: "DELETE", path: "/orgs/{org}/projects/{id}", action: "delete", kind: "project", id: "id", organization: "org" },
 *   ],
 *   vocabulary: policy.vocabulary(),
 *   capsule: fromCookie("__Host-capsule"),
 *   verify: createVerifier({ keys, audience: "api.acme.com" }),
 * });
 */
export function createGuard<
  const P extends PolicyDocument = PolicyDocument,
  R extends WithHeaders = FetchRequest,
  C = unknown,
>(settings: GuardSettings<P, R, C>): Guard<P, R, C> {
  const decider = new Decider(read(settings));
  const door: AtOnce = {
    fetch: (request, context) => decider.decide(() => fetched(request, context)),
    decide: (asked) => decider.decide(() => arrived(asked)),
  };
  const guard = (request: FetchRequest, context?: unknown) => Promise.resolve(door.fetch(request, context));
  const others = {
    decide: (asked: unknown) => Promise.resolve(door.decide(asked)),
    checkRaw: (target: unknown) => decider.checkRaw(target),
  };
  answersAtOnce(guard, door);
  return Object.assign(guard, others) as unknown as Guard<P, R, C>;
}

/** A request of the Fetch API. */
function fetched(request: FetchRequest, context: unknown): Arrived {
  return { method: request.method, path: pathOf(request.url), target: undefined, request, context };
}

/** A request of any server: its own fields, for a path on a prototype is nobody's. */
function arrived(asked: unknown): Arrived {
  return {
    method: own(asked, "method"),
    path: own(asked, "path"),
    target: own(asked, "target"),
    request: own(asked, "request") as WithHeaders,
    context: own(asked, "context"),
  };
}

const DEFAULT_LEEWAY = 5_000;

/** The settings, each read once. */
function read(settings: unknown): Reading {
  const take = (name: string): unknown => options(settings, "settings", name)[0];
  const or = (name: string, otherwise: number): unknown => {
    const value = take(name);
    return value === undefined ? otherwise : value;
  };
  const work = <F>(name: string): F | undefined => optionalFunction<F>(take(name), `settings.${name}`);
  const is = (name: string): boolean => flag(take(name), `settings.${name}`);
  const capsule = work<Reading["capsule"]>("capsule");
  if (capsule === undefined) throw wrong("capsule", "there");
  const { rows, lines } = tableOf(take("routes"));
  const flags = (ignores(take("trailingSlash")) ? 1 : 0) | (is("headAsGet") ? 2 : 0);
  const verify = work<NonNullable<Reading["verify"]>>("verify");
  return {
    rows,
    plan: { vocabulary: givenBytes(take("vocabulary"), "vocabulary"), lines, flags },
    strict: is("strict"),
    capsule,
    verify,
    recall: verify && recallOf(verify),
    principal: work("principal"),
    minRevision: work("minRevision"),
    clock: work<Reading["clock"]>("clock") ?? Date.now,
    leeway: moment(or("leeway", DEFAULT_LEEWAY), "settings.leeway"),
    problem: work("problem"),
    logging: { log: work("log"), mask: work("mask"), sample: share(or("sample", 1)) },
  };
}

function ignores(value: unknown): boolean {
  if (value === undefined || value === "refuse") return false;
  if (value === "ignore") return true;
  throw wrong("trailingSlash", "`refuse` or `ignore`");
}

function share(value: unknown): number {
  if (typeof value === "number" && value >= 0 && value <= 1) return value;
  throw wrong("sample", "a number from 0 to 1");
}

function wrong(name: string, what: string): BailiwickTypeError {
  return new BailiwickTypeError(`\`settings.${name}\` must be ${what}`, `settings.${name}`);
}
