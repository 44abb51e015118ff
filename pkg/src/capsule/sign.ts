import { CompactSign } from "jose/jws/compact/sign";
import { givenBytes, options, text } from "../api/arguments.js";
import type { TokenType } from "./header.js";
import type { Key } from "./keys.js";

/** By whom, and for whom. */
export interface SignSettings {
  /** The private key. */
  readonly key: Key;
  /** The id by which a verifier finds the public one. */
  readonly kid: string;
  /** Whom it is for: a verifier for another audience refuses it. */
  readonly audience: string;
}

/**
 * Signs the bytes of a capsule: a compact JWS.
 *
 * @example
 * const token = await signCapsule(bytes, { key, kid: "2026-11", audience: "api.acme.com" });
 * response.headers.append("set-cookie", `capsule=${token}; Secure; HttpOnly; SameSite=Lax; Path=/`);
 */
export function signCapsule(bytes: Uint8Array, settings: SignSettings): Promise<string> {
  return signed(bytes, settings, "bailiwick-capsule");
}

/** The same for what `capsuleDelta` gave: a verifier of capsules refuses it, and the other way round. */
export function signDelta(bytes: Uint8Array, settings: SignSettings): Promise<string> {
  return signed(bytes, settings, "bailiwick-delta");
}

async function signed(bytes: unknown, settings: unknown, typ: TokenType): Promise<string> {
  const payload = givenBytes(bytes, "bytes");
  const [key, kid, audience] = options(settings, "settings", "key", "kid", "audience");
  const [id, aud] = [text(kid, "settings.kid"), text(audience, "settings.audience")];
  return new CompactSign(payload).setProtectedHeader({ alg: "EdDSA", kid: id, typ, aud }).sign(key as object);
}
