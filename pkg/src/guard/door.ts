import { broken } from "../api/answers.js";
import { Bounded, type Kept } from "../api/bounded.js";
import { BailiwickError } from "../api/errors.js";
import { Words } from "../api/words.js";
import type { GuardEngine } from "./engine.js";
import { instance } from "./instances.js";

/** What a capsule says of itself. */
export interface About {
  readonly principal: string;
  readonly organization: string;
  readonly revision: number;
  readonly issuedAt: number;
  readonly notAfter: number;
}

/** The bytes of a capsule, and whether nobody ever changes them: else they are compared with those that are open. */
export interface Carried {
  readonly bytes: Uint8Array;
  readonly lasts: boolean;
}

/** A capsule that is open. */
export interface Opened {
  readonly handle: number;
  readonly bytes: Uint8Array;
  readonly checksum: string;
  readonly about: About;
  /** Whose it is, of which revision, and when it was issued. */
  readonly name: string;
}

/** How many capsules stay open: who comes back is decided on without opening theirs again. */
const OPEN = 64;

/** A table and the vocabulary that it speaks, to be built on an instance. */
export interface Plan {
  readonly vocabulary: Uint8Array;
  readonly lines: string;
  readonly flags: number;
}

/** The longest path; what is longer would not reach the module whole. */
const LONGEST_PATH = 2048;

/** Longer than any method. */
const LONGEST_METHOD = 32;

/** A table on an instance of the module. After a trap it is never asked again: every question throws. */
export class Door {
  dead = false;
  readonly #engine: GuardEngine = instance();
  readonly #words = new Words(this.#engine);
  readonly #vocabulary: number;
  readonly #routes: number;
  readonly #open = new Bounded<Opened>(OPEN, ({ handle }) => this.#engine.release(handle));
  /** Those that are open, by bytes that last. */
  readonly #lasting = new WeakMap<Uint8Array, Kept<Opened>>();
  /** The path that lies in the module, and its length there. */
  #path: string | undefined;
  #length = 0;

  /** Throws what is wrong with the vocabulary or with a row, and where. */
  constructor({ vocabulary, lines, flags }: Plan) {
    this.#words.bring(vocabulary);
    this.#vocabulary = this.#engine.open();
    if (this.#vocabulary < 0)
      throw new BailiwickError("ERR_ACCESS", "this is no vocabulary: `policy.vocabulary()`", "vocabulary");
    this.#words.bring(new TextEncoder().encode(lines));
    this.#routes = this.#engine.routes(this.#vocabulary, flags);
    if (this.#routes < 0) throw this.#fault(-4 - this.#routes);
  }

  /** The place of the row for a request, or why there is none. */
  route(method: string, path: string): number {
    if (path.length > LONGEST_PATH) return -7;
    return this.#ask(() => {
      const length = this.#put(path);
      return this.#engine.route(this.#routes, length, this.#words.put(method.slice(0, LONGEST_METHOD), length));
    });
  }

  /**
   * Opens a capsule, or says by a negative number why not. It may be closed again by the next one that is opened, so nobody waits with it
   * in hand. The same bytes come to the same capsule; whether it is still to be believed is another question.
   */
  open({ bytes, lasts }: Carried): Opened | number {
    return this.#ask(() => {
      const known = lasts ? this.#lasting.get(bytes) : undefined;
      const kept = known === undefined || known.gone ? this.#kept(bytes) : known;
      if (typeof kept === "number") return kept;
      this.#open.use(kept);
      if (lasts && kept !== known) this.#lasting.set(bytes, kept);
      return kept.value;
    });
  }

  /** The place of the reason for which a capsule may or may not pass by a row, to which the path has led. */
  decide({ handle }: Opened, row: number, path: string, now: number): number {
    return this.#ask(() => this.#engine.decide(this.#routes, handle, row, this.#put(path), now));
  }

  /** The end of a grant; for a denial the place of its reason, as a number below zero. */
  judge({ handle }: Opened, action: string, kind: string, id: string, now: number): number {
    return this.#ask(() => {
      this.#path = undefined;
      const first = this.#words.put(action);
      const second = this.#words.put(kind, first);
      return this.#engine.judge(handle, first, second, this.#words.put(id, first + second), now);
    });
  }

  /** The capsule of these bytes, whether it was open or not. */
  #kept(bytes: Uint8Array): Kept<Opened> | number {
    const checksum = String.fromCharCode(...bytes.subarray(0, CHECKED));
    const known = this.#open.get(checksum);
    if (known !== undefined && same(known.value.bytes, bytes)) return known;
    const fresh = this.#fresh(bytes, checksum);
    if (typeof fresh === "number") return fresh;
    const kept = this.#open.set(checksum, fresh);
    if (known !== undefined) this.#engine.release(known.value.handle);
    return kept;
  }

  #fresh(bytes: Uint8Array, checksum: string): Opened | number {
    this.#words.bring(bytes);
    const handle = this.#engine.capsule(this.#vocabulary);
    if (handle < 0) return handle;
    const about = this.#about(this.#engine.whose(handle));
    const { organization, principal, revision, issuedAt } = about;
    return { handle, bytes, checksum, about, name: JSON.stringify([organization, principal, revision, issuedAt]) };
  }

  /** Four numbers, of which the last is the length of the first name, then two names. */
  #about(length: number): About {
    const answer = this.#words.answer(length).slice();
    const [revision, issuedAt, notAfter, middle] = new Float64Array(answer.buffer, 0, 4) as unknown as FourNumbers;
    const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
    const name = (from: number, to: number): string => decoder.decode(answer.subarray(from, to));
    const principal = name(NAMES, NAMES + middle);
    return { principal, organization: name(NAMES + middle, length), revision, issuedAt, notAfter };
  }

  /** Puts a path where the module reads it, unless it lies there. */
  #put(path: string): number {
    if (path !== this.#path) {
      this.#path = undefined;
      this.#length = this.#words.put(path);
      this.#path = path;
    }
    return this.#length;
  }

  #ask<T>(question: () => T): T {
    if (this.dead) throw broken();
    try {
      return question();
    } catch (trap) {
      this.dead = true;
      throw trap;
    }
  }

  #fault(length: number): BailiwickError {
    if (length < 0) throw broken();
    const [code = "", path, message = ""] = this.#words.text(length).split("\n");
    return new BailiwickError(code, message, path);
  }
}

/** How many bytes of a capsule stand up to the end of its checksum. */
const CHECKED = 12;

type FourNumbers = readonly [number, number, number, number];

/** Where the names stand behind the numbers. */
const NAMES = 4 * 8;

function same(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  for (let place = 0; place < one.length; place += 1) if (one[place] !== other[place]) return false;
  return true;
}
