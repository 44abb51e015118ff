import { importJWK } from "jose/key/import";
import { SignJWT } from "jose/jwt/sign";
import type { Clock } from "../api/clock.js";
import { optionalFunction, options } from "../api/arguments.js";
import { BailiwickTypeError } from "../api/errors.js";
import type { Jwk } from "../capsule/keys.js";
import { type Identify, addressIn, jwtIdentity } from "./identity.js";

/** Who can be signed in for the asking. */
export interface DevelopmentPerson {
  /** An address in normal form. */
  readonly id: string;
  readonly name?: string;
  /** What a sign-in page says of them: which roles they have. */
  readonly about?: string;
}

/** How somebody is signed in while developing. */
export interface DevelopmentSettings {
  /** The key that the tokens are signed with, and nothing else. */
  readonly key: Jwk;
  /** Whom a sign-in page offers: anybody else may sign in as well. */
  readonly people?: readonly DevelopmentPerson[];
  /** `Date.now` if absent. */
  readonly clock?: Clock;
}

/** An issuer for development: it believes everybody. A service that has one takes its tokens, on this machine alone. */
export interface DevelopmentIssuer {
  readonly people: readonly DevelopmentPerson[];
  /** A token for whoever it is said to be; nothing for what is no address in normal form. */
  signIn(person: string, name?: string): Promise<string | undefined>;
  readonly identify: Identify;
}

const ISSUER = "bailiwick-development";

/** How long such a token holds. */
const LIFETIME = 12 * 3_600_000;

/**
 * Makes an issuer for development, with `POST /development/sign-in` and `GET /development/people`. A service answers these, and takes such
 * tokens, only where it is asked by a name of this machine: `localhost`, `127.0.0.1` or `[::1]`. Who reaches the
 * port can say so from elsewhere, too: listen on loopback alone, and put no proxy before it.
 *
 * @example
 * const { active, keys } = await newSigningKeys("development");
 * const development = developmentIssuer({ key: keys[active], people: [{ id: "ana@acme.com", name: "Ana" }] });
 */
export function developmentIssuer(settings: DevelopmentSettings): DevelopmentIssuer {
  const [given, people, clock] = options(settings, "settings", "key", "people", "clock");
  const now = optionalFunction<Clock>(clock, "settings.clock") ?? Date.now;
  const [kty, crv, x, d] = options(given, "settings.key", "kty", "crv", "x", "d") as string[];
  if (kty !== "OKP" || crv !== "Ed25519" || typeof x !== "string" || typeof d !== "string")
    throw new BailiwickTypeError("`settings.key` must be a private Ed25519 key as JSON Web Key", "settings.key");
  const publicKey = { kty, crv, x, alg: "EdDSA" };
  const expected = { issuer: ISSUER, audience: ISSUER, algorithms: ["EdDSA"], clock: now };
  const key = importJWK({ kty, crv, x, d } as Parameters<typeof importJWK>[0], "EdDSA");
  key.catch(() => undefined);
  return {
    people: (people as readonly DevelopmentPerson[] | undefined) ?? [],
    signIn: async (person, name) => {
      if (addressIn(person) === undefined) return undefined;
      const claims = { email: person, email_verified: true, ...(name !== undefined && { name }) };
      const [from, until] = [now(), now() + LIFETIME].map((at) => Math.floor(at / 1_000)) as [number, number];
      const token = new SignJWT(claims).setProtectedHeader({ alg: "EdDSA" }).setIssuer(ISSUER).setAudience(ISSUER);
      return token.setIssuedAt(from).setExpirationTime(until).sign(await key);
    },
    identify: jwtIdentity({ ...expected, jwks: { keys: [publicKey] } }),
  };
}

/** Whether a request was sent to a name of this machine: a page elsewhere whose name was turned to it is not. */
export function isLoopback(url: URL): boolean {
  return /^(localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])$/.test(url.hostname);
}
