/**
 * Signs capsules and verifies them: compact JWS, EdDSA with Ed25519 and nothing else, over `jose`.
 *
 * @example
 * import { createVerifier, signCapsule } from "bailiwick/capsule";
 *
 * const token = await signCapsule(directory.capsule(who, where, life), { key: privateKey, kid: "2026-11", audience: "api.acme.com" });
 * const verify = createVerifier({ keys: { "2026-11": publicKey }, audience: "api.acme.com" });
 * const bytes = await verify(token); // for `Access.openCapsule`, or give `verify` to `createGuard`
 *
 * @module
 */
export { BailiwickError, BailiwickTypeError } from "../api/errors.js";
export type { Key, Jwk, Keys } from "./keys.js";
export { type SignSettings, signCapsule, signDelta } from "./sign.js";
export { type Verify, type VerifierSettings, createVerifier } from "./verify.js";
