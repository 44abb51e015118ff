/**
 * Stands a guard before a server. None of the servers is needed here: their requests are known by their shape alone.
 *
 * @example
 * import { guardFetch, guardHono, guardNext, guardNode, passageOf } from "bailiwick/guard/adapters";
 *
 * export default { fetch: guardFetch(guard, (request, passage, env) => new Response(passage.principal)) }; // Workers, Bun
 * Deno.serve(guardFetch(guard, (request, passage) => new Response(passage.principal)));
 * app.use(guardHono(guard)); // Hono: passageOf(c)
 * app.use(guardNode(guard)); // Express: passageOf(req)
 * export const middleware = guardNext(guard); // Next.js
 *
 * @module
 */
import type { PolicyDocument } from "../api/documents.js";
import { type AtOnce, atOnceOf } from "./at-once.js";
import { Noted } from "./noted.js";
import type { Later } from "./later.js";
import type { Outcome, Passage } from "./outcome.js";
import type { Asked, FetchRequest, WithHeaders } from "./settings.js";

/** A guard for requests of the Fetch API. */
export type FetchGuard<P extends PolicyDocument, Q extends FetchRequest, C> = (request: Q, context?: C) => Promise<Outcome<P>>;

/** What decides by method and path. */
export interface Decides<P extends PolicyDocument, C> {
  decide(asked: Asked<WithHeaders, C>): Promise<Outcome<P>>;
}

/** A request of Node's `http` or of Express. */
export interface NodeRequest {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  /** Express: where the router is mounted. */
  readonly baseUrl?: string | undefined;
  readonly rawHeaders: readonly string[];
}

/** An answer of Node's `http` or of Express. */
export interface NodeResponse {
  writeHead(status: number, headers: Record<string, string>): { end(body: string): unknown };
}

/** A context of Hono. */
export interface HonoContext {
  readonly req: { readonly method: string; readonly path: string; readonly raw: FetchRequest };
}

/** What let a request of Express or Node pass, or a context of Hono; nothing where no guard stood. */
export function passageOf<P extends PolicyDocument = PolicyDocument>(request: object): Passage<P> | undefined {
  return Noted.on(request);
}

/**
 * For servers whose handler takes a `Request` and gives a `Response`: Cloudflare's workers, Deno, Bun. The handler is called for what
 * passes alone. What the server hands over first beside the request, as a worker's `env`, is the guard's context.
 */
export function guardFetch<P extends PolicyDocument, Q extends FetchRequest, C, Rest extends unknown[], A>(
  guard: FetchGuard<P, Q, C>,
  handler: (request: Q, passage: Passage<P>, ...rest: Rest) => A | PromiseLike<A>,
): (request: Q, ...rest: Rest) => A | Response | PromiseLike<A | Response> {
  const { fetch }: Pick<AtOnce, "fetch"> = atOnceOf(guard) ?? { fetch: (request, context) => Promise.resolve(guard(request as Q, context as C)) };
  return (request, ...rest) =>
    after(fetch(request, rest[0]) as Later<Outcome<P>>, (outcome) =>
      outcome.allowed ? handler(request, outcome, ...rest) : outcome.response,
    );
}

/** For Next.js: the answer to what does not pass. What passes goes on. */
export function guardNext<P extends PolicyDocument, Q extends FetchRequest>(
  guard: FetchGuard<P, Q, unknown>,
): (request: Q) => Promise<Response | undefined> {
  return async (request) => (await guard(request)).response;
}

/** For Hono, whose context is the guard's context. A `getPath` of one's own is refused: the router would go by another path. */
export function guardHono<P extends PolicyDocument>(
  guard: Decides<P, never>,
): (context: HonoContext, next: () => Promise<void>) => Promise<Response | undefined> {
  return async (context, next) => {
    const { method, path, raw } = context.req;
    const { pathname } = new URL(raw.url);
    // Hono decodes what the guard refuses; where they agree, the router goes by what was decided on.
    const agreed = path === pathname || /%(?!25)/.test(pathname) ? pathname : "";
    const outcome = await guard.decide({ method, path: agreed, request: raw, context: context as never });
    if (!outcome.allowed) return outcome.response;
    Noted.note(context, outcome);
    await next();
    return undefined;
  };
}

/** For Express, and for Node's own `http`: `next` is called for what passes. The guard looks at the target as it came over the wire. */
export function guardNode<P extends PolicyDocument>(
  guard: Decides<P, never>,
): (request: NodeRequest, response: NodeResponse, next: () => unknown) => void | PromiseLike<void> {
  const { decide }: Pick<AtOnce, "decide"> = atOnceOf(guard) ?? { decide: (asked) => Promise.resolve(guard.decide(asked as never)) };
  return (request, response, next) => {
    const { method = "", url = "", baseUrl = "", rawHeaders } = request;
    const headers = { get: (name: string) => fieldOf(rawHeaders, name.toLowerCase()) };
    return after(decide({ method, target: baseUrl + url, request: { headers }, context: request }), (outcome) => {
      if (!outcome.allowed) return void response.writeHead(outcome.status, { ...outcome.headers }).end(outcome.body);
      Noted.note(request, outcome);
      next();
    });
  };
}

/** Goes on with an outcome at once if it is there. */
function after<O extends object, T>(outcome: Later<O>, next: (outcome: O) => T | PromiseLike<T>): T | PromiseLike<T> {
  return outcome instanceof Promise ? outcome.then(next) : next(outcome as O);
}

/** All that came under a name, as the Fetch API joins it: Node itself keeps of some fields the first and drops the rest. */
function fieldOf(raw: readonly string[], name: string): string | null {
  let field: string | null = null;
  for (let place = 1; place < raw.length; place += 2) {
    const [known = "", value = ""] = [raw[place - 1], raw[place]];
    if (known.length !== name.length || known.toLowerCase() !== name) continue;
    field = field === null ? value : `${field}${name === "cookie" ? ";" : ","} ${value}`;
  }
  return field;
}
