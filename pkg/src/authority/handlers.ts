import type { Clock } from "../api/clock.js";
import type { BailiwickError } from "../api/errors.js";
import { commandFor, fieldOf, sent } from "./body.js";
import type { DevelopmentIssuer } from "./development.js";
import type { PublicDocument } from "./documents.js";
import { eventsOf } from "./events.js";
import type { Identity } from "./identity.js";
import type { Signer } from "./keys.js";
import type { Answer, Issued, Life, Outcome, Person, Places, Question } from "./places.js";
import { Problem, hidden, malformed, refusalOf } from "./problems.js";
import { changesIn, questionIn } from "./query.js";
import type { HandlerName } from "./routes.js";
import type { Visit } from "./visit.js";

/** A request that the guard let pass. */
export interface Passed {
  readonly visit: Visit;
  readonly params: Readonly<Record<string, string>>;
  /** Until when what let it pass holds; nothing for a public row. */
  readonly validUntil: number | undefined;
}

/** What the handlers work with. */
export interface Means {
  readonly places: Places;
  readonly signer: Signer;
  readonly clock: Clock;
  /** How long a capsule holds, in milliseconds. */
  readonly lifetime: number;
  readonly heartbeat: number;
  readonly documents: { readonly policy: PublicDocument; readonly vocabulary: PublicDocument; readonly keys: PublicDocument };
  /** Whether an id can stand in a path of the service. */
  readonly isSegment: (id: string) => boolean;
  readonly operator: ((identity: Identity) => boolean | PromiseLike<boolean>) | undefined;
  readonly development: DevelopmentIssuer | undefined;
}

type Handler = (passed: Passed) => Promise<Response>;

/** What answers behind each row. */
export function handlersOf(means: Means): Readonly<Record<HandlerName, Handler>> {
  const { places, documents } = means;
  const organizationOf = ({ params }: Passed) => places.organization(params["organization"] as string);
  const asks = (ask: Exclude<Question["ask"], "preview">): Handler => async (passed) => {
    const { principal } = await passed.visit.known();
    return answered(await organizationOf(passed).ask(questionIn(ask, passed.visit.url.searchParams), principal));
  };
  const life = (): Life => {
    const issuedAt = means.clock();
    return { issuedAt, notAfter: issuedAt + means.lifetime };
  };
  const token = async (issued: Issued, { notAfter }: Life, sign: Signer["sign"]) =>
    json({ token: await sign(issued.bytes), revision: issued.revision, notAfter });
  return {
    policy: ({ visit }) => documents.policy.answer(visit.request),
    vocabulary: ({ visit }) => documents.vocabulary.answer(visit.request),
    keys: ({ visit }) => documents.keys.answer(visit.request),
    people: async ({ visit }) => json({ people: developing(means, visit).people }),
    signIn: async ({ visit }) => {
      const issuer = developing(means, visit);
      const body = await sent(visit.request);
      const name = Object.hasOwn(body.fields, "name") ? fieldOf(body, "name") : undefined;
      const signed = await issuer.signIn(fieldOf(body, "person"), name);
      if (signed === undefined) throw malformed("ERR_ADDRESS", "person", "the person must be an address in normal form");
      return json({ token: signed });
    },
    me: async ({ visit }) => {
      const { principal, person } = await someone(visit);
      const place = places.person(principal);
      const { first } = await place.signIn(person);
      return json({ principal, first, ...(await place.me()) });
    },
    create: async ({ visit }) => {
      const { principal, person } = await someone(visit);
      const command = await sent(visit.request);
      if (fieldOf(command, "command") !== "create_organization")
        throw malformed("ERR_VALUE", "command", "an organization is created by `create_organization`");
      if (!means.isSegment(fieldOf(command, "organization")))
        throw malformed("ERR_VALUE", "organization", "no path can name it: letters, digits and `-._~@:!$&'()*+,=`, and no dot at the end");
      return changed(await places.person(principal).create(command.text, person));
    },
    capsule: async (passed) => {
      const { principal } = await passed.visit.known();
      const lasts = life();
      const issued = await organizationOf(passed).capsule(principal, lasts);
      if (issued === undefined) throw hidden();
      return token(issued, lasts, means.signer.sign);
    },
    delta: async (passed) => {
      const { principal } = await passed.visit.known();
      const lasts = life();
      const from = await means.signer.verify(passed.visit.request.headers.get(CAPSULE) ?? "").catch(() => undefined);
      if (from === undefined) throw new Problem("conflict");
      const issued = await organizationOf(passed).delta(principal, from, lasts);
      if (issued === undefined) throw new Problem("conflict");
      return token(issued, lasts, means.signer.signDelta);
    },
    accept: async (passed) => {
      const { principal, person } = await someone(passed.visit);
      const { organization, invite } = passed.params;
      const id = fieldOf(await sent(passed.visit.request), "id");
      await places.person(principal).signIn(person);
      const outcome = await organizationOf(passed).apply(JSON.stringify({ id, command: "accept_invite", organization, invite }), principal);
      if (!outcome.ok && OUTSIDE.includes(outcome.decision.reason)) throw hidden();
      return changed(outcome);
    },
    command: async (passed) => {
      const { principal } = await passed.visit.known();
      const command = await commandFor(passed.visit.request, passed.params["organization"] as string);
      return changed(await organizationOf(passed).apply(command, principal));
    },
    operate: async (passed) => {
      await operating(means, passed.visit);
      const command = await commandFor(passed.visit.request, passed.params["organization"] as string);
      return changed(await organizationOf(passed).applyAsHost(command));
    },
    adopt: async (passed) => {
      await operating(means, passed.visit);
      const { text } = await sent(passed.visit.request, LONGEST_DOCUMENT);
      const adoption = await organizationOf(passed).adopt(text);
      if (!adoption.ok) throw refusalOf(adoption);
      return json(adoption);
    },
    document: async (passed) => {
      await operating(means, passed.visit);
      const document = await organizationOf(passed).document();
      if (document === undefined) throw hidden();
      return json(document);
    },
    changes: async (passed) => {
      await operating(means, passed.visit);
      const asked = changesIn(passed.visit.url.searchParams);
      return json(await organizationOf(passed).changes(asked).catch(kept));
    },
    preview: async (passed) => {
      const { principal } = await passed.visit.known();
      const command = await commandFor(passed.visit.request, passed.params["organization"] as string);
      const page = questionIn("preview", passed.visit.url.searchParams);
      return answered(await organizationOf(passed).ask({ ...page, ask: "preview", command }, principal));
    },
    who: asks("who"),
    matrix: asks("matrix"),
    list: asks("list"),
    grantable: asks("grantable"),
    view: asks("view"),
    history: asks("history"),
    events: async (passed) => {
      const { principal } = await passed.visit.known();
      const lasts = (passed.validUntil ?? 0) - means.clock();
      const stream = eventsOf(await organizationOf(passed).revisions(principal), { lasts, heartbeat: means.heartbeat });
      return new Response(stream, { headers: { "content-type": "text/event-stream", "cache-control": "no-store" } });
    },
  };
}

/** The header field in which a capsule comes. */
export const CAPSULE = "bailiwick-capsule";

/** 31 MiB: what crosses from a worker to an object at once. */
const LONGEST_DOCUMENT = 31 * 1_048_576;

/** What an outsider is told of an invite that is not theirs: nothing. */
const OUTSIDE: readonly string[] = ["unknown_resource", "unknown_principal", "not_a_member", "no_role"];

/** Who it is, where it is a person: nobody else has a list of organizations. */
async function someone(visit: Visit): Promise<Identity & { readonly person: Person }> {
  const { principal, person } = await visit.known();
  if (person === undefined) throw hidden();
  return { principal, person };
}

/** Lets the host itself in, and nobody else. */
async function operating({ operator }: Means, visit: Visit): Promise<void> {
  if ((await operator?.(await visit.known())) !== true) throw hidden();
}

/** What is kept no longer is no fault of the authority's. */
function kept(error: unknown): never {
  const { code, message } = error as BailiwickError;
  throw code === "ERR_REVISION" ? malformed(code, "after", message) : error;
}

/** The development issuer, for who asks from this machine. */
function developing({ development }: Means, visit: Visit): DevelopmentIssuer {
  if (development === undefined || !visit.isLocal) throw hidden();
  return development;
}

/** What a command came to. Which facts it moved is not said: not all of them need be the actor's to see. */
function changed(outcome: Outcome): Response {
  if (!outcome.ok) throw refusalOf(outcome);
  const { change, revision } = outcome;
  const { repeated, notes } = change;
  return json({ ok: true, revision, ...(repeated && { repeated }), ...(notes && { notes }) });
}

function answered(answer: Answer): Response {
  if (!answer.ok) throw refusalOf(answer as Extract<Outcome, { ok: false }>);
  return json(answer);
}

function json(value: unknown): Response {
  return new Response(JSON.stringify(value), { headers: { "content-type": "application/json", "cache-control": "no-store" } });
}
