import { createGuard } from "bailiwick/guard";
import type { Clock } from "../api/clock.js";
import type { PolicyDocument } from "../api/documents.js";
import { arrayOf, moment, optionalFunction, options, text } from "../api/arguments.js";
import { BailiwickTypeError } from "../api/errors.js";
import type { Refusal } from "../guard/outcome.js";
import type { GuardRecord } from "../guard/records.js";
import type { DevelopmentIssuer } from "./development.js";
import { PublicDocument } from "./documents.js";
import { CAPSULE, type Means, handlersOf } from "./handlers.js";
import type { Identify, Identity } from "./identity.js";
import { type SigningKeys, signerOf } from "./keys.js";
import { Origins } from "./origins.js";
import type { Places } from "./places.js";
import { Problem, problemOf } from "./problems.js";
import { tableOf } from "./routes.js";
import { type Rules, rulesOf } from "./rules.js";
import { type Issuers, Visit } from "./visit.js";

/** How an authority answers, wherever it runs. */
export interface ServiceOptions {
  /** Whom capsules are for: what guards elsewhere name as `audience`. */
  readonly audience: string;
  /** How long a capsule holds, in milliseconds: 5 minutes if absent. Who loses a right has it no longer than that where nobody asks for revisions. */
  readonly lifetime?: number;
  /** An action on an organization that every member has: what their questions and commands need at the door. Worked out if absent. */
  readonly member?: string;
  /** Whether who asks may give the host's own commands. Nobody may if absent. */
  readonly operator?: (identity: Identity) => boolean | PromiseLike<boolean>;
  /** Other origins whose pages may ask: `https://console.acme.com`. None if absent. */
  readonly origins?: readonly string[];
  /** What stands before every path: `/api`. */
  readonly prefix?: string;
  /** How often events say that they are still there, in milliseconds: 15 seconds if absent. */
  readonly heartbeat?: number;
  /** `Date.now` if absent. */
  readonly clock?: Clock;
  /** Gets a record for each request. */
  readonly log?: (record: GuardRecord) => void;
}

/** An authority, ready to be asked. */
export interface ServiceSettings extends ServiceOptions {
  /** The role model, as a document or as `Rules` that its places share. */
  readonly policy: Rules | PolicyDocument;
  /** Where organizations and persons live: `openPlaces(…)`, or Cloudflare's objects. */
  readonly places: Places;
  readonly keys: SigningKeys;
  /** Whose a token is: `jwtIdentity(…)`. Without it, and without `development`, nobody is known. */
  readonly identity?: Identify;
  /** Believes everybody on this machine: `developmentIssuer(…)`. */
  readonly development?: DevelopmentIssuer;
}

/** Answers a request of the Fetch API. It never throws: what goes wrong is a problem. */
export type Service = (request: Request) => Promise<Response>;

/**
 * Makes the HTTP service of an authority: its own guard stands before it, over the same capsules that it issues. Throws what is wrong with
 * the settings, and where.
 *
 * @example
 * const service = createService({ policy: pinecone, places, keys, audience: "api.acme.com", identity: jwtIdentity({ … }) });
 * const response = await service(new Request("https://authority.acme.com/policy"));
 */
export function createService(settings: ServiceSettings): Service {
  const { means, issuers, origins, guarding } = read(settings);
  const served = tableOf(guarding.table);
  const behind = new Map(served.map((row) => [`${row.route.method} ${row.route.path}`, row]));
  const guard = createGuard<PolicyDocument, Request, Visit>({
    routes: served.map(({ route }) => route),
    vocabulary: guarding.vocabulary,
    capsule: ({ headers }) => headers.get(CAPSULE),
    verify: means.signer.verify,
    principal: async (_, visit) => {
      const identity = await visit.identity();
      return identity instanceof Problem ? null : identity.principal;
    },
    minRevision: (_, organization) => means.places.revision(organization),
    clock: means.clock,
    ...(guarding.log && { log: guarding.log }),
  });
  const isSegment = (id: string): boolean => !id.includes("/") && guard.checkRaw(`/${id}`).path === `/${id}`;
  const handlers = handlersOf({ ...means, isSegment });
  const answer = async (visit: Visit): Promise<Response> => {
    const outcome = await guard(visit.request, visit);
    if (!outcome.allowed) return refused(outcome, visit);
    await visit.mustBeFrom(outcome.params["organization"]);
    const row = behind.get(`${visit.request.method} ${outcome.route}`);
    if (row === undefined) throw new Problem("unavailable");
    return handlers[row.handler]({ visit, params: outcome.params, validUntil: outcome.validUntil });
  };
  return async (request) => {
    const preflight = origins.preflight(request);
    if (preflight !== undefined) return preflight;
    const response = await answer(new Visit(request, issuers)).catch((thrown: unknown) => problemOf(thrown).response);
    return origins.open(request.headers, response);
  };
}

/** Who is not known is told that, before what is wrong with their capsule. */
async function refused({ status, response }: Refusal, visit: Visit): Promise<Response> {
  if (status === 401) await visit.known();
  return response;
}

const MINUTE = 60_000;

/** The settings, each read once. */
function read(settings: ServiceSettings) {
  const take = (name: keyof ServiceSettings): unknown => options(settings, "settings", name)[0];
  const work = <F>(name: keyof ServiceSettings): F | undefined => optionalFunction<F>(take(name), `settings.${name}`);
  const span = (name: keyof ServiceSettings, otherwise: number): number => {
    const value = moment(take(name) ?? otherwise, `settings.${name}`);
    if (value > 0) return value;
    throw new BailiwickTypeError(`\`settings.${name}\` must be more than 0`, `settings.${name}`);
  };
  const { policy, document } = rulesOf(take("policy") as Rules | PolicyDocument);
  const vocabulary = policy.vocabulary();
  const matrix = policy.matrix("organization");
  const signer = signerOf(take("keys") as SigningKeys, text(take("audience"), "settings.audience"));
  const operator = work<NonNullable<Means["operator"]>>("operator");
  const development = take("development") as DevelopmentIssuer | undefined;
  const member = take("member");
  const means: Omit<Means, "isSegment"> = {
    places: take("places") as Places,
    signer,
    clock: work<Clock>("clock") ?? Date.now,
    lifetime: span("lifetime", 5 * MINUTE),
    heartbeat: span("heartbeat", MINUTE / 4),
    documents: {
      policy: PublicDocument.json(document),
      vocabulary: new PublicDocument(vocabulary, "application/octet-stream"),
      keys: PublicDocument.json(signer.jwks),
    },
    operator,
    development,
  };
  const table = {
    policy: document,
    matrix,
    member: member === undefined ? undefined : text(member, "settings.member"),
    prefix: text(take("prefix") ?? "", "settings.prefix"),
    operator: operator !== undefined,
    development: development !== undefined,
  };
  const issuers: Issuers = { identity: work<Identify>("identity"), development };
  const origins = arrayOf(take("origins") ?? [], "settings.origins");
  return {
    means,
    issuers,
    origins: new Origins(origins.map((origin, place) => text(origin, `settings.origins[${place}]`))),
    guarding: { table, vocabulary, log: work<(record: GuardRecord) => void>("log") },
  };
}
