import type { Decision } from "../api/decision.js";
import { broken, decisionOf, own } from "../api/answers.js";
import { BailiwickError } from "../api/errors.js";
import { Words } from "../api/words.js";
import { Bounded } from "../api/bounded.js";
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
    return this.#ask(() => this.#engine.route(this.#routes, ...this.#request(method, path)));
  }

  /**
   * Opens a capsule, or says by a negative number why not. It may be closed again by the next one that is opened, so nobody waits with it
   * in hand. The same bytes come to the same capsule; whether it is still to be believed is another question.
   */
  open(bytes: Uint8Array): Opened | number {
    const checksum = String.fromCharCode(...bytes.subarray(0, CHECKED));
    return this.#ask(() => {
      const known = this.#open.get(checksum);
      const opened = known !== undefined && same(known.bytes, bytes) ? known : this.#fresh(bytes, checksum);
      if (typeof opened === "number") return opened;
      this.#open.set(checksum, opened);
      if (known !== undefined && known !== opened) this.#engine.release(known.handle);
      return opened;
    });
  }

  /** The status of the answer to a request. */
  decide({ handle }: Opened, method: string, path: string, now: number): number {
    return this.#ask(() => this.#engine.decide(this.#routes, handle, ...this.#request(method, path), now));
  }

  check({ handle }: Opened, action: string, kind: string, id: string, now: number): Decision {
    return this.#ask(() => {
      const first = this.#words.put(action);
      const second = this.#words.put(kind, first);
      const third = this.#words.put(id, first + second);
      return decisionOf(this.#words.text(this.#engine.check(handle, first, second, third, now)));
    });
  }

  #fresh(bytes: Uint8Array, checksum: string): Opened | number {
    this.#words.bring(bytes);
    const handle = this.#engine.capsule(this.#vocabulary);
    if (handle < 0) return handle;
    const about = aboutOf(this.#words.text(this.#engine.about(handle)));
    const { organization, principal, revision, issuedAt } = about;
    return { handle, bytes, checksum, about, name: JSON.stringify([organization, principal, revision, issuedAt]) };
  }

  #request(method: string, path: string): [number, number] {
    const length = this.#words.put(method.slice(0, LONGEST_METHOD));
    return [length, this.#words.put(path, length)];
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

function same(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  for (let place = 0; place < one.length; place += 1) if (one[place] !== other[place]) return false;
  return true;
}

function aboutOf(json: string): About {
  const raw: unknown = JSON.parse(json);
  const field = <T>(name: string, type: string): T => {
    const value = own(raw, name);
    if (typeof value !== type) throw broken();
    return value as T;
  };
  return {
    principal: field("principal", "string"),
    organization: field("organization", "string"),
    revision: field("revision", "number"),
    issuedAt: field("issuedAt", "number"),
    notAfter: field("notAfter", "number"),
  };
}
