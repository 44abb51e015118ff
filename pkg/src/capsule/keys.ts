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

/** How a key is found by its id. */
export type Finder = (kid: string) => Promise<Key>;

/** Finds keys: of an object its own fields only. Throws `ERR_KEY` for an id that is not there. */
export function finderOf(keys: unknown): Finder {
  const look = lookUp(keys);
  return async (kid) => {
    const key: unknown = await look(kid);
    if (typeof key === "object" && key !== null) return key as Key;
    throw new BailiwickError("ERR_KEY", "no key of that id is trusted: it was rotated out, or never was ours");
  };
}

function lookUp(keys: unknown): (kid: string) => unknown {
  if (typeof keys === "function") return keys as (kid: string) => unknown;
  if (typeof keys !== "object" || keys === null)
    throw new BailiwickTypeError(
      `\`settings.keys\` must be an object, a Map or a function, not ${nameOf(keys)}`,
      "settings.keys",
    );
  if (keys instanceof Map) return (kid) => keys.get(kid);
  return (kid) => (Object.hasOwn(keys, kid) ? (keys as Record<string, unknown>)[kid] : undefined);
}
