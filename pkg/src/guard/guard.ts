import type { PolicyDocument } from "../api/documents.js";
import { givenBytes, moment, nameOf, optionalFunction, options } from "../api/arguments.js";
import { BailiwickTypeError } from "../api/errors.js";
import { type Arrived, Decider, type Reading } from "./decider.js";
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
 *     { method: "DELETE", path: "/v1/orgs/{org}/projects/{project}", action: "delete", kind: "project", id: "project", organization: "org" },
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
  const guard = (request: FetchRequest, context?: unknown) => decider.decide(() => fetched(request, context));
  const others = {
    decide: (asked: unknown) => decider.decide(() => arrived(asked)),
    checkRaw: (target: unknown) => decider.checkRaw(target),
  };
  return Object.assign(guard, others) as unknown as Guard<P, R, C>;
}

/** A request of the Fetch API. */
function fetched(request: FetchRequest, context: unknown): Arrived {
  return { method: request.method, path: new URL(request.url).pathname, target: undefined, request, context };
}

/** A request of any server: its own fields, for a path on a prototype is nobody's. */
function arrived(asked: unknown): Arrived {
  const [method, path, target, request, context] = options(asked, "asked", ...["method", "path", "target", "request", "context"]);
  return { method, path, target, request: request as WithHeaders, context };
}

const DEFAULT_LEEWAY = 5_000;

/** The settings, each read once. */
function read(settings: unknown): Reading {
  const [routes, vocabulary, capsule, verify, principal, minRevision, clock, leeway, problem] = options(
    settings,
    "settings",
    ...["routes", "vocabulary", "capsule", "verify", "principal", "minRevision", "clock", "leeway", "problem"],
  );
  const [slash, headAsGet, strict, log, mask, sample] = options(
    settings,
    "settings",
    ...["trailingSlash", "headAsGet", "strict", "log", "mask", "sample"],
  );
  const ignoresSlash = ignores(slash);
  const { rows, lines } = tableOf(routes);
  const flags = (ignoresSlash ? 1 : 0) | (flag(headAsGet, "headAsGet") ? 2 : 0);
  return {
    rows,
    plan: { vocabulary: givenBytes(vocabulary, "vocabulary"), lines, flags },
    ignoresSlash,
    strict: flag(strict, "strict"),
    capsule: must(work<Reading["capsule"]>(capsule, "capsule"), "capsule"),
    verify: work(verify, "verify"),
    principal: work(principal, "principal"),
    minRevision: work(minRevision, "minRevision"),
    clock: work<Reading["clock"]>(clock, "clock") ?? Date.now,
    leeway: leeway === undefined ? DEFAULT_LEEWAY : moment(leeway, "settings.leeway"),
    problem: work(problem, "problem"),
    logging: { log: work(log, "log"), mask: work(mask, "mask"), sample: share(sample) },
  };
}

function work<F>(value: unknown, name: string): F | undefined {
  return optionalFunction<F>(value, `settings.${name}`);
}

function must<T>(value: T | undefined, name: string): T {
  if (value !== undefined) return value;
  throw new BailiwickTypeError(`\`settings.${name}\` must be there`, `settings.${name}`);
}

function flag(value: unknown, name: string): boolean {
  if (value === undefined || typeof value === "boolean") return value === true;
  throw new BailiwickTypeError(`\`settings.${name}\` must be true or false, not ${nameOf(value)}`, `settings.${name}`);
}

function ignores(value: unknown): boolean {
  if (value === undefined || value === "refuse") return false;
  if (value === "ignore") return true;
  throw new BailiwickTypeError("`settings.trailingSlash` must be `refuse` or `ignore`", "settings.trailingSlash");
}

function share(value: unknown): number {
  if (value === undefined) return 1;
  if (typeof value === "number" && value >= 0 && value <= 1) return value;
  throw new BailiwickTypeError("`settings.sample` must be a number from 0 to 1", "settings.sample");
}
