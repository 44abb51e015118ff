import type { Access } from "../api/access.js";
import type { PolicyDocument } from "../api/documents.js";
import { nameOf } from "../api/arguments.js";
import type { Clock } from "../api/clock.js";
import { BailiwickTypeError } from "../api/errors.js";
import { AccessStore } from "../store.js";

/** Makes an access of its bytes: `Access.open`, which the bindings do not import, for no module comes with them. */
export type Open<P extends PolicyDocument> = (bytes: Uint8Array, settings?: { readonly clock: Clock }) => Access<P>;

/** Where a provider has its access from: one of the three. `undefined` is "not there yet": everything is denied. */
export type Source<P extends PolicyDocument> =
  | {
      /** The access in force. */
      readonly access: Access<P> | undefined;
      readonly store?: undefined;
      readonly bytes?: undefined;
      readonly open?: undefined;
      readonly renderedAt?: undefined;
    }
  | {
      /** A store of your own. */
      readonly store: AccessStore<P>;
      readonly access?: undefined;
      readonly bytes?: undefined;
      readonly open?: undefined;
      readonly renderedAt?: undefined;
    }
  | {
      /** A prepared access, as `access.bytes()` gave it. */
      readonly bytes: Uint8Array | undefined;
      /** `Access.open`. */
      readonly open: Open<P>;
      /**
       * The moment of the server's drawing, the same on both sides: the page is first drawn as of then, and asked again as of now once it
       * is there. Without it a grant that ends on the way makes another page than the server's.
       */
      readonly renderedAt?: number | undefined;
      readonly access?: undefined;
      readonly store?: undefined;
    };

/** A source, field by field, as a framework hands it over. */
export interface Given<P extends PolicyDocument> {
  readonly access?: Access<P> | undefined;
  readonly store?: AccessStore<P> | undefined;
  readonly bytes?: Uint8Array | undefined;
  readonly open?: Open<P> | undefined;
  readonly renderedAt?: number | undefined;
}

/** The access of a source that may change: the store in which it is put, and the bytes of which it was made. */
export class Supply<P extends PolicyDocument> {
  readonly #own: AccessStore<P>;
  #bytes: { readonly given: Uint8Array; readonly copy: Uint8Array } | undefined;
  /** An access as of the server's drawing. */
  #then: Access<P> | undefined;

  constructor(given: Given<P>) {
    this.#own = new AccessStore(this.#accessOf(given, given.renderedAt));
  }

  /** The store of the source, or the own one. */
  store(given: Given<P>): AccessStore<P> {
    return given.store ?? this.#own;
  }

  /** Puts the source's access in force, as of now; whether it is another one than before. */
  take(given: Given<P>): boolean {
    if (given.store !== undefined) return false;
    const before = this.#own.getSnapshot();
    if (given.bytes === undefined || !this.#isOpen(given.bytes)) this.#own.replace(this.#accessOf(given));
    return this.#own.getSnapshot() !== before;
  }

  /** What was drawn as of the server's drawing is from here on asked as of now, unless another access is in force by now. */
  drawn(given: Given<P>): void {
    if (this.#then !== undefined && this.#then === this.#own.getSnapshot().access) this.take(given);
  }

  #accessOf({ access, bytes, open }: Given<P>, at?: number): Access<P> | undefined {
    this.#bytes = this.#then = undefined;
    if (bytes === undefined) return access;
    if (typeof open !== "function")
      throw new BailiwickTypeError(`\`open\` must be a function such as Access.open, not ${nameOf(open)}`, "open");
    if (at === undefined) return this.#opened(bytes, open(bytes));
    const then = open(bytes, { clock: () => at });
    // Where something ends it is opened again, with a clock that runs.
    return then.nextExpiry === Infinity ? this.#opened(bytes, then) : (this.#then = then);
  }

  #opened(bytes: Uint8Array, access: Access<P>): Access<P> {
    this.#bytes = { given: bytes, copy: new Uint8Array(bytes) };
    return access;
  }

  /** The same bytes are not opened twice, wherever they lie: a page may decode them each time it is drawn. */
  #isOpen(bytes: Uint8Array): boolean {
    if (this.#bytes === undefined) return false;
    const { given, copy } = this.#bytes;
    return bytes === given || (bytes.length === copy.length && bytes.every((byte, at) => byte === copy[at]));
  }
}
