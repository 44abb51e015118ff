import { nameOf } from "../api/arguments.js";
import { BailiwickError, BailiwickTypeError } from "../api/errors.js";

/** An Ed25519 key as JSON Web Key. */
export interface Jwk {
  readonly kty: "OKP";
  readonly crv: "Ed25519";
  readonly x: string;
  /** Of a private key. */
  readonly d?: string;
}

declare global {
  /** The platform's own, whichever types declare it; of no form where none do. */
  interface CryptoKey {}
}

/** An Ed25519 key: a `CryptoKey`, or a JSON Web Key. */
export type Key = Jwk | CryptoKey;

/** Public keys by their ids: an object, a map, or who looks one up. While keys rotate, the old one stays in beside the new one. */
export type Keys =
  | Readonly<Record<string, Key>>
  | ReadonlyMap<string, Key>
  | ((kid: string) => Key | undefined | PromiseLike<Key | undefined>);

/** How a key is looked up by its id, whatever comes of it. */
export type Finder = (kid: string) => unknown;

/** A key that was found. Throws `ERR_KEY` for what is none. */
export function keyIn(found: unknown): Key {
  if (typeof found === "object" && found !== null) return found as Key;
  throw new BailiwickError("ERR_KEY", "no key of that id is trusted: it was rotated out, or never was ours");
}

/** Finds keys: of an object its own fields only. */
export function finderOf(keys: unknown): Finder {
  if (typeof keys === "function") return keys as (kid: string) => unknown;
  if (typeof keys !== "object" || keys === null)
    throw new BailiwickTypeError(
      `\`settings.keys\` must be an object, a Map or a function, not ${nameOf(keys)}`,
      "settings.keys",
    );
  if (keys instanceof Map) return (kid) => keys.get(kid);
  return (kid) => (Object.hasOwn(keys, kid) ? (keys as Record<string, unknown>)[kid] : undefined);
}
