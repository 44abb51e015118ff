import { compactVerify } from "jose/jws/compact/verify";
import { options, text } from "../api/arguments.js";
import { BailiwickError, BailiwickTypeError } from "../api/errors.js";
import { Bounded, type Kept } from "../api/bounded.js";
import { mustBeSpelt } from "./base64.js";
import { type Header, type TokenType, headerOf } from "./header.js";
import { type Finder, type Key, type Keys, finderOf, keyIn } from "./keys.js";
import { malformed } from "./malformed.js";
import { type Recall, recallBy } from "./recall.js";

/** Whom to believe. */
export interface VerifierSettings {
  /** The public keys by their ids. */
  readonly keys: Keys;
  /** Whom a token must be for. */
  readonly audience: string;
  /** `capsule` if absent. */
  readonly type?: "capsule" | "delta";
  /** The most letters of a token: 65,536 if absent. */
  readonly limit?: number;
  /**
   * How many tokens are remembered whose signature held, 256 if absent: who comes back with the same one is not verified anew. The key is
   * looked up all the same, and must be the very one that the signature held for.
   */
  readonly remember?: number;
}

/** Gives what was signed. */
export type Verify = (token: string) => Promise<Uint8Array>;

/** 64 KiB. */
const LIMIT = 65_536;

const REMEMBERED = 256;

/** The letters of 64 bytes. */
const SIGNATURE = 86;

/** A token whose signature held, for a key. */
interface Verified {
  readonly token: string;
  readonly kid: string;
  readonly key: Key;
  readonly bytes: Uint8Array;
}

/**
 * Makes a verifier. It takes Ed25519 alone and no header but the one that `signCapsule` writes; nothing of what was signed is read before
 * the signature holds.
 *
 * It throws `ERR_TOKEN` for what is no such token, `ERR_AUDIENCE` for one that is meant for others, `ERR_KEY` for an id that is not
 * there, `ERR_SIGNATURE` where the signature does not hold. An end has the capsule, not the token: who opens it looks at it.
 *
 * @example
 * const verify = createVerifier({ keys: { "2026-11": publicKey }, audience: "api.acme.com" });
 * const access = Access.openCapsule(await verify(token), vocabulary);
 */
export function createVerifier(settings: VerifierSettings): Verify {
  const names = ["keys", "audience", "type", "limit", "remember"] as const;
  const [keys, audience, type, most, remember] = options(settings, "settings", ...names);
  const find = finderOf(keys);
  const aud = text(audience, "settings.audience");
  const typ = typeOf(type);
  const limit = count(most, LIMIT, 1, "limit");
  const verified = new Bounded<Verified>(count(remember, REMEMBERED, 0, "remember"));
  const remembered = (token: unknown): Kept<Verified> | undefined => {
    const kept = typeof token === "string" ? verified.get(endOf(token)) : undefined;
    return kept?.value.token === token ? kept : undefined;
  };
  /** The bytes of a token whose signature held for the key that is in force. */
  const held = (kept: Kept<Verified> | undefined, key: unknown): Uint8Array | undefined => {
    if (kept === undefined || kept.gone || kept.value.key !== key) return undefined;
    verified.use(kept);
    return kept.value.bytes;
  };
  const verify: Verify = async (token) => {
    const known = remembered(token);
    const kid = known === undefined ? keyId(headerIn(token, limit), typ, aud) : known.value.kid;
    const key = keyIn(await find(kid));
    const before = held(known, key);
    if (before !== undefined) return before.slice();
    const bytes = await payloadOf(token, key);
    verified.set(endOf(token), { token, kid, key, bytes });
    return bytes.slice();
  };
  recallBy(verify, (token) => recalled(find, remembered(token), held));
  return verify;
}

/** What is remembered of a token, if its key can be had; where it cannot, `verify` tells why. */
function recalled(
  find: Finder,
  known: Kept<Verified> | undefined,
  held: (kept: Kept<Verified>, key: unknown) => Uint8Array | undefined,
): ReturnType<Recall> {
  if (known === undefined) return undefined;
  try {
    const key = find(known.value.kid);
    if (!(key instanceof Promise)) return held(known, key);
    return key.then(
      (key) => held(known, key),
      () => undefined,
    );
  } catch {
    return undefined;
  }
}

/** By what a token is looked up: the end of it, which is the signature's, for a whole one takes long. It is compared as a whole then. */
function endOf(token: string): string {
  return token.slice(-64);
}

/** The id of the key of a token that is of this type and for this audience. */
function keyId(header: Header, typ: TokenType, aud: string): string {
  if (header.typ !== typ) throw malformed("it is of another type");
  if (header.aud !== aud) throw new BailiwickError("ERR_AUDIENCE", "this token is for somebody else");
  return header.kid;
}

/** The header of a token that is spelt in its one form, all three parts of it. */
function headerIn(token: unknown, limit: number): Header {
  if (typeof token !== "string") throw malformed("it is no string");
  if (token.length > limit) throw malformed("it is too long");
  const parts = token.split(".", 4);
  const [header, payload, signature] = parts;
  if (parts.length !== 3 || !header || !payload || !signature) throw malformed("it has not three parts");
  mustBeSpelt(payload);
  mustBeSpelt(signature);
  if (signature.length !== SIGNATURE) throw malformed("its signature is not as long as one");
  return headerOf(header);
}

async function payloadOf(token: string, key: Key): Promise<Uint8Array> {
  try {
    return (await compactVerify(token, key as object, { algorithms: ["EdDSA"] })).payload;
  } catch (cause) {
    if (isMismatch(cause)) throw new BailiwickError("ERR_SIGNATURE", "the signature does not hold", "", cause);
    throw new BailiwickError("ERR_KEY", "the key of that id verifies no Ed25519 signatures", "", cause);
  }
}

function isMismatch(error: unknown): boolean {
  return error instanceof Error && (error as { code?: unknown }).code === "ERR_JWS_SIGNATURE_VERIFICATION_FAILED";
}

function typeOf(type: unknown): TokenType {
  if (type === undefined || type === "capsule") return "bailiwick-capsule";
  if (type === "delta") return "bailiwick-delta";
  throw new BailiwickTypeError("`settings.type` must be `capsule` or `delta`", "settings.type");
}

function count(value: unknown, otherwise: number, least: number, name: string): number {
  if (value === undefined) return otherwise;
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= least) return value;
  throw new BailiwickTypeError(`\`settings.${name}\` must be a whole number from ${least} on`, `settings.${name}`);
}
