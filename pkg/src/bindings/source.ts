import type { Access } from "../api/access.js";
import type { PolicyDocument } from "../api/documents.js";
import { nameOf } from "../api/arguments.js";
import { BailiwickTypeError } from "../api/errors.js";
import { AccessStore } from "../store.js";

/** Makes an access of its bytes: `Access.open`, which the bindings do not import, for no module comes with them. */
export type Open<P extends PolicyDocument> = (bytes: Uint8Array) => Access<P>;

/** Where a provider has its access from: one of the three. `undefined` is "not there yet": everything is denied. */
export type Source<P extends PolicyDocument> =
  | {
      /** The access in force. */
      readonly access: Access<P> | undefined;
      readonly store?: undefined;
      readonly bytes?: undefined;
      readonly open?: undefined;
    }
  | {
      /** A store of your own. */
      readonly store: AccessStore<P>;
      readonly access?: undefined;
      readonly bytes?: undefined;
      readonly open?: undefined;
    }
  | {
      /** A prepared access, as `access.bytes()` gave it. */
      readonly bytes: Uint8Array | undefined;
      /** `Access.open`. */
      readonly open: Open<P>;
      readonly access?: undefined;
      readonly store?: undefined;
    };

/** A source, field by field, as a framework hands it over. */
export interface Given<P extends PolicyDocument> {
  readonly access?: Access<P> | undefined;
  readonly store?: AccessStore<P> | undefined;
  readonly bytes?: Uint8Array | undefined;
  readonly open?: Open<P> | undefined;
}

/** The access of a source that may change: the store in which it is put, and the bytes of which it was made. */
export class Supply<P extends PolicyDocument> {
  readonly #own: AccessStore<P>;
  #bytes: Uint8Array | undefined;

  constructor(given: Given<P>) {
    this.#own = new AccessStore(this.#accessOf(given));
  }

  /** The store of the source, or the own one. */
  store(given: Given<P>): AccessStore<P> {
    return given.store ?? this.#own;
  }

  /** Puts the source's access in force; whether it is another one than before. */
  take(given: Given<P>): boolean {
    if (given.store !== undefined) return false;
    const before = this.#own.getSnapshot();
    if (given.bytes === undefined || !same(given.bytes, this.#bytes)) this.#own.replace(this.#accessOf(given));
    return this.#own.getSnapshot() !== before;
  }

  #accessOf({ access, bytes, open }: Given<P>): Access<P> | undefined {
    this.#bytes = undefined;
    if (bytes === undefined) return access;
    if (typeof open !== "function")
      throw new BailiwickTypeError(`\`open\` must be a function such as Access.open, not ${nameOf(open)}`, "open");
    const opened = open(bytes);
    this.#bytes = bytes.slice();
    return opened;
  }
}

/** The same bytes are not opened twice, wherever they lie: a page may decode them each time it is drawn. */
function same(bytes: Uint8Array, before: Uint8Array | undefined): boolean {
  return bytes.length === before?.length && bytes.every((byte, at) => byte === before[at]);
}
