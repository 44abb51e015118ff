import { nameOf, options, text } from "../api/arguments.js";
import { BailiwickError, BailiwickTypeError } from "../api/errors.js";
import { signCapsule, signDelta } from "../capsule/sign.js";
import { type Verify, createVerifier } from "../capsule/verify.js";
import type { Jwk } from "../capsule/keys.js";

/**
 * The keys that capsules are signed with, by their ids. They change in three steps, and no capsule is refused in between:
 *
 * 1. The new key comes in beside the old one, which stays `active`. Guards elsewhere read it from `GET /keys`: wait until the last has.
 * 2. The new one becomes `active`. The old one stays for what it signed; of it the public half is enough, so take its `d` out.
 * 3. Once the last capsule of the old one has ended, it goes.
 *
 * @example
 * const keys: SigningKeys = { active: "2026-11", keys: { "2026-11": privateJwk, "2026-12": nextJwk } };
 */
export interface SigningKeys {
  /** The id of the key that signs; it has its private half. */
  readonly active: string;
  readonly keys: Readonly<Record<string, Jwk>>;
}

/** A public key as `GET /keys` shows it. */
export interface PublicJwk extends Omit<Jwk, "d"> {
  readonly kid: string;
  readonly alg: "EdDSA";
  readonly use: "sig";
}

/** Signs and verifies for one audience. */
export interface Signer {
  sign(bytes: Uint8Array): Promise<string>;
  signDelta(bytes: Uint8Array): Promise<string>;
  readonly verify: Verify;
  /** What others verify with: never a private half. */
  readonly jwks: { readonly keys: readonly PublicJwk[] };
}

/**
 * Reads the keys, each field once. Throws `ERR_KEY` for one that is no Ed25519 key, and where the active one has no private half.
 *
 * @param audience whom the capsules are for: a verifier for another one refuses them
 * @example
 * const signer = signerOf(JSON.parse(env.CAPSULE_KEYS), "api.acme.com");
 * const token = await signer.sign(bytes);
 */
export function signerOf(settings: SigningKeys, audience: string): Signer {
  const [active, given] = options(settings, "keys", "active", "keys");
  const kid = text(active, "keys.active");
  const keys = keysIn(given);
  const key = keys.get(kid);
  if (key?.d === undefined) throw wrong(`keys.keys.${kid}`, "the active key must have its private half, `d`");
  const signs = { key, kid, audience: text(audience, "audience") };
  const publics = new Map([...keys].map(([id, { kty, crv, x }]) => [id, { kty, crv, x }]));
  return {
    sign: (bytes) => signCapsule(bytes, signs),
    signDelta: (bytes) => signDelta(bytes, signs),
    verify: createVerifier({ keys: publics, audience }),
    jwks: { keys: [...publics].map(([id, jwk]) => ({ ...jwk, kid: id, alg: "EdDSA", use: "sig" })) },
  };
}

/**
 * Makes a fresh key pair, in the form in which the authority takes it.
 *
 * @example
 * console.log(JSON.stringify(await newSigningKeys("2026-11"))); // a secret: CAPSULE_KEYS
 */
export async function newSigningKeys(kid: string): Promise<SigningKeys> {
  const id = text(kid, "kid");
  const pair = await crypto.subtle.generateKey({ name: "Ed25519" }, true, ["sign", "verify"]);
  const { x, d } = (await crypto.subtle.exportKey("jwk", (pair as CryptoKeyPair).privateKey)) as { x: string; d: string };
  return { active: id, keys: { [id]: { kty: "OKP", crv: "Ed25519", x, d } } };
}

function keysIn(given: unknown): Map<string, Jwk> {
  if (typeof given !== "object" || given === null)
    throw new BailiwickTypeError(`\`keys.keys\` must be an object, not ${nameOf(given)}`, "keys.keys");
  return new Map(Object.entries(given).map(([kid, key]) => [kid, jwkOf(key, `keys.keys.${kid}`)]));
}

/** The letters of 32 bytes in base64url. */
const HALF = /^[\w-]{43}$/;

function jwkOf(given: unknown, path: string): Jwk {
  const [kty, crv, x, d] = options(given, path, "kty", "crv", "x", "d");
  const isHalf = (value: unknown): value is string => typeof value === "string" && HALF.test(value);
  if (kty !== "OKP" || crv !== "Ed25519" || !isHalf(x) || (d !== undefined && !isHalf(d)))
    throw wrong(path, "this is no Ed25519 key as JSON Web Key");
  return { kty, crv, x, ...(d !== undefined && { d }) };
}

function wrong(path: string, message: string): BailiwickError {
  return new BailiwickError("ERR_KEY", message, path);
}
