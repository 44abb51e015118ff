import { createLocalJWKSet } from "jose/jwks/local";
import { createRemoteJWKSet } from "jose/jwks/remote";
import { jwtVerify } from "jose/jwt/verify";
import type { Clock } from "../api/clock.js";
import { arrayOf, moment, optionalFunction, options, text } from "../api/arguments.js";
import { BailiwickError, BailiwickTypeError } from "../api/errors.js";
import type { Person } from "./places.js";

/** Who asks, as a token proves it. */
export interface Identity {
  /** `user/<id>`, `service_account/<id>` or `api_key/<id>`. */
  readonly principal: string;
  /** Where it is a person: what is known of them. */
  readonly person?: Person;
  /**
   * Whose it is, where it is no person: everywhere else nothing is there for it. Two organizations may call an account of theirs the same, and
   * are asked for by the same name then.
   */
  readonly organization?: string;
}

/** Says whose a token is. It throws `ERR_IDENTITY` for a token that is not to be believed; anything else is 503. */
export type Identify = (token: string) => Promise<Identity>;

/** What a token claims, once its signature holds. */
export type Claims = Readonly<Record<string, unknown>>;

/** JSON Web Keys, as an issuer publishes them. */
export interface JwkSet {
  readonly keys: readonly { readonly kty?: string; readonly [field: string]: unknown }[];
}

/** Who no person is, as the host reads it from a token. */
export interface AccountIdentity {
  /** `service_account/<id>` or `api_key/<id>`. */
  readonly principal: string;
  readonly organization: string;
}

/** Which tokens are believed. */
export interface IdentitySettings {
  /** The issuer, `iss`, letter by letter. */
  readonly issuer: string;
  /** Whom the tokens are for, `aud`: this authority. */
  readonly audience: string;
  /** The issuer's public keys. */
  readonly jwks?: JwkSet;
  /** Instead of these: where they are fetched, and fetched again when a key is new. */
  readonly jwksUrl?: string;
  /** `["EdDSA", "ES256", "RS256"]` if absent. `none` and shared secrets are refused when this is made. */
  readonly algorithms?: readonly string[];
  /**
   * What a person's id is: their address (`email`, which the issuer must have verified), or the issuer's own id of them (`sub`). `email` if
   * absent.
   */
  readonly claim?: "email" | "sub";
  /**
   * Who no person is: for the claims of one `service_account/<id>` or `api_key/<id>`, and the organization that it is of, for two can have one
   * of the same name; nothing for a person's.
   */
  readonly principal?: (claims: Claims) => AccountIdentity | undefined;
  /** By how much clocks may differ, in milliseconds: 5,000 if absent. */
  readonly leeway?: number;
  /** `Date.now` if absent. */
  readonly clock?: Clock;
}

const ALGORITHMS = ["EdDSA", "ES256", "RS256"];

/** Those by which whoever can verify cannot sign. */
const TAKEN = /^(EdDSA|Ed25519|(ES|RS|PS)(256|384|512))$/;

/** The most letters of a token. */
const LONGEST = 16_384;

/**
 * Reads who asks from a JSON Web Token of an issuer: its signature, `iss`, `aud` and `exp` must hold. Nothing is repaired: an address must
 * be verified, and in normal form as the token has it.
 *
 * @example
 * const identity = jwtIdentity({ issuer: "https://id.acme.com/", audience: "console.acme.com", jwksUrl: "https://id.acme.com/keys" });
 * await identity(token); // { principal: "user/ana@acme.com", person: { id: "ana@acme.com", email: "ana@acme.com", name: "Ana" } }
 */
export function jwtIdentity(settings: IdentitySettings): Identify {
  const names = ["issuer", "audience", "algorithms", "claim", "principal", "leeway", "clock"] as const;
  const [issuer, audience, algorithms, claim, principal, leeway, clock] = options(settings, "settings", ...names);
  const now = optionalFunction<Clock>(clock, "settings.clock") ?? Date.now;
  const expected = {
    issuer: given(issuer, "issuer"),
    audience: given(audience, "audience"),
    algorithms: algorithmsOf(algorithms),
    requiredClaims: ["exp"],
    clockTolerance: moment(leeway ?? 5_000, "settings.leeway") / 1_000,
  };
  const key = keysOf(settings);
  const idOf = personBy(claim ?? "email");
  const other = optionalFunction<(claims: Claims) => unknown>(principal, "settings.principal");
  return async (token) => {
    if (token.length > LONGEST) throw unbelievable("it is too long");
    const claims = await claimsOf(token, key, { ...expected, currentDate: new Date(now()) });
    const named = other?.(claims);
    return named === undefined ? of(idOf(claims)) : accountOf(named);
  };
}

/** The identity of a person. */
export const of = (person: Person): Identity => ({ principal: `user/${person.id}`, person });

type Keyed = Parameters<typeof jwtVerify>[1];

async function claimsOf(token: string, key: Keyed, expected: object): Promise<Claims> {
  try {
    return (await jwtVerify(token, key as never, expected)).payload;
  } catch (cause) {
    if (isUnreachable(cause)) throw cause;
    throw unbelievable("its signature or one of its claims does not hold", cause);
  }
}

/** Whether the keys were not to be had: that says nothing of the token. */
function isUnreachable(cause: unknown): boolean {
  const code = cause instanceof Error ? (cause as { code?: unknown }).code : undefined;
  if (typeof code !== "string" || !code.startsWith("ERR_J")) return true;
  return ["ERR_JOSE_GENERIC", "ERR_JWKS_TIMEOUT", "ERR_JWKS_INVALID"].includes(code);
}

function keysOf(settings: unknown): Keyed {
  const [jwks, jwksUrl] = options(settings, "settings", "jwks", "jwksUrl");
  if ((jwks === undefined) === (jwksUrl === undefined))
    throw new BailiwickTypeError("`settings` must have `jwks` or `jwksUrl`", "settings.jwks");
  if (jwks !== undefined) return createLocalJWKSet(jwks as Parameters<typeof createLocalJWKSet>[0]) as Keyed;
  return createRemoteJWKSet(new URL(text(jwksUrl, "settings.jwksUrl"))) as Keyed;
}

function algorithmsOf(value: unknown): string[] {
  if (value === undefined) return ALGORITHMS;
  return Array.from(arrayOf(value, "settings.algorithms"), (name, place) => {
    const algorithm = text(name, `settings.algorithms[${place}]`);
    if (TAKEN.test(algorithm)) return algorithm;
    throw new BailiwickTypeError("`settings.algorithms` takes signatures with public keys alone", `settings.algorithms[${place}]`);
  });
}

function personBy(claim: unknown): (claims: Claims) => Person {
  if (claim !== "email" && claim !== "sub")
    throw new BailiwickTypeError("`settings.claim` must be `email` or `sub`", "settings.claim");
  return (claims) => {
    const email = claims["email_verified"] === true ? addressIn(claims["email"]) : undefined;
    const id = claim === "email" ? email : idIn(claims["sub"]);
    if (id === undefined) throw unbelievable(`it has no \`${claim}\` that can be a person's id`);
    const name = nameIn(claims["name"]);
    return { id, ...(email !== undefined && { email }), ...(name !== undefined && { name }) };
  };
}

/** An address in normal form: ASCII, lower case, one `@`, no space or control character. */
export function addressIn(value: unknown): string | undefined {
  return typeof value === "string" && value.length <= 254 && /^[!-?[-~]+@[!-?[-~]+$/.test(value) ? value : undefined;
}

function idIn(value: unknown): string | undefined {
  if (typeof value !== "string" || value.length > 256 || !/^[^\p{C}\p{Z}]+$/u.test(value)) return undefined;
  // Whoever's id has an `@` in it could be taken for who has that address.
  return value.includes("@") ? undefined : value;
}

function nameIn(value: unknown): string | undefined {
  return typeof value === "string" && value.length <= 256 && /^[^\p{Cc}\p{Cs}]+$/u.test(value) ? value : undefined;
}

function accountOf(named: unknown): Identity {
  const [principal, organization] = options(named, "settings.principal()", "principal", "organization");
  return { principal: notPerson(principal), organization: given(organization, "principal().organization") };
}

function notPerson(value: unknown): string {
  if (typeof value === "string" && /^(service_account|api_key)\/[^\p{C}\p{Z}]+$/u.test(value)) return value;
  throw new BailiwickTypeError("`settings.principal` must give `service_account/<id>` or `api_key/<id>` with its organization, or nothing", "settings.principal");
}

function given(value: unknown, name: string): string {
  const said = text(value, `settings.${name}`);
  if (said !== "") return said;
  throw new BailiwickTypeError(`\`settings.${name}\` must not be empty`, `settings.${name}`);
}

function unbelievable(how: string, cause?: unknown): BailiwickError {
  return new BailiwickError("ERR_IDENTITY", `this token is refused: ${how}`, "", cause);
}
