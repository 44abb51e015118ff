/**
 * An authority on Cloudflare: an object for each organization and 64 for persons, the revisions in Workers KV, and a worker that answers
 * for them. See `examples/authority`.
 *
 * @example
 * import { jwtIdentity } from "bailiwick/authority";
 * import { defineAuthority } from "bailiwick/cloudflare";
 * import pinecone from "bailiwick/presets/pinecone";
 *
 * const authority = defineAuthority({
 *   policy: pinecone,
 *   audience: "api.acme.com",
 *   identity: (env) => jwtIdentity({ issuer: env.ISSUER, audience: env.AUDIENCE, jwksUrl: env.JWKS_URL }),
 * });
 * export const { Organization, Persons } = authority;
 * export default { fetch: authority.fetch };
 *
 * @module
 */
import type { PolicyDocument } from "../api/documents.js";
import { options } from "../api/arguments.js";
import { BailiwickError } from "../api/errors.js";
import type { DevelopmentIssuer } from "../authority/development.js";
import type { Identify, Identity } from "../authority/identity.js";
import type { SigningKeys } from "../authority/keys.js";
import { Rules } from "../authority/rules.js";
import { type Service, type ServiceOptions, createService } from "../authority/service.js";
import { organizationClass } from "./organization.js";
import { personsClass } from "./persons.js";
import { type Bindings, placesOver } from "./places.js";
import type { KeyValues, ObjectClass, ObjectNamespace } from "./platform.js";

export { BailiwickError } from "../api/errors.js";
export type { ObjectClass, ObjectNamespace, ObjectState, KeyValues } from "./platform.js";
export { publishedRevision, revisionKey } from "./revisions.js";

/** What a worker has, by the names that its configuration gives. */
export type Environment = object;

/** How an authority is set up there. What depends on the worker's variables is a function of them. */
export interface CloudflareSettings<Env extends Environment> extends Omit<ServiceOptions, "operator"> {
  readonly policy: PolicyDocument;
  /** Whose a token is. */
  readonly identity?: (env: Env) => Identify | undefined;
  /** An issuer for development: only where this gives one. */
  readonly development?: (env: Env) => DevelopmentIssuer | undefined;
  /** Whether who asks may give the host's own commands. Nobody may if absent. */
  readonly operator?: (identity: Identity, env: Env) => boolean | PromiseLike<boolean>;
  /** The keys of capsules: the JSON in the secret `CAPSULE_KEYS` if absent. */
  readonly keys?: (env: Env) => SigningKeys;
  /** What the objects and the KV are called in the configuration: `ORGANIZATIONS`, `PERSONS` and `REVISIONS` if absent. */
  readonly bindings?: { readonly organizations?: string; readonly persons?: string; readonly revisions?: string };
}

/** What a worker exports. */
export interface Authority<Env extends Environment> {
  /** Durable Objects with SQLite: `new_sqlite_classes`. */
  readonly Organization: ObjectClass<Env>;
  readonly Persons: ObjectClass<Env>;
  readonly fetch: (request: Request, env: Env) => Promise<Response>;
}

/** Defines an authority. Nothing is compiled before the first request. */
export function defineAuthority<Env extends Environment = Environment>(settings: CloudflareSettings<Env>): Authority<Env> {
  const { policy, identity, development, operator, keys, bindings: names, ...rest } = settings;
  const rules = new Rules(policy);
  const bindings = (env: Env): Bindings => ({
    organizations: bound<ObjectNamespace>(env, names?.organizations ?? "ORGANIZATIONS"),
    persons: bound<ObjectNamespace>(env, names?.persons ?? "PERSONS"),
    revisions: bound<KeyValues>(env, names?.revisions ?? "REVISIONS"),
  });
  const start = (env: Env): Service => {
    const [identify, issuer] = [identity?.(env), development?.(env)];
    return createService({
      ...rest,
      policy: rules,
      places: placesOver(bindings(env)),
      keys: keys === undefined ? (JSON.parse(bound(env, "CAPSULE_KEYS")) as SigningKeys) : keys(env),
      ...(identify && { identity: identify }),
      ...(issuer && { development: issuer }),
      ...(operator && { operator: (asking: Identity) => operator(asking, env) }),
    });
  };
  const services = new WeakMap<Env, Service>();
  return {
    Organization: organizationClass({ rules, bindings }),
    Persons: personsClass({ rules, bindings }),
    fetch: (request, env) => {
      const service = services.get(env) ?? start(env);
      services.set(env, service);
      return service(request);
    },
  };
}

/** What the configuration must have. */
function bound<T>(env: Environment, name: string): T {
  const [value] = options(env, "env", name);
  if (value !== undefined && value !== null) return value as T;
  throw new BailiwickError("ERR_BINDING", `the worker's configuration has no \`${name}\``, name);
}
