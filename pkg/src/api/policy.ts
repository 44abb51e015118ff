import type { KindInfo, Matrix } from "./decision.js";
import type { PolicyDocument } from "./documents.js";
import type { KindName } from "./names.js";
import type { Finding } from "./questions.js";
import { BailiwickTypeError } from "./errors.js";
import { own } from "./answers.js";
import { word } from "./arguments.js";
import { runtime } from "./runtime.js";
import { Slot, disposable } from "./slot.js";
import { encode } from "./write.js";

/** For this package only: the slot of a policy. */
export let policySlot: (policy: unknown) => Slot;

/**
 * A role model, compiled: every mistake that a person can make in it has been found.
 *
 * @example
 * const policy = Policy.compile(pinecone);
 * policy.matrix("project")?.roles.map((role) => role.label); // ["Project owner", "Project user", …]
 * Policy.compile({ ...pinecone, colour: "red" }); // throws ERR_UNKNOWN_FIELD at `colour`
 */
export class Policy<P extends PolicyDocument = PolicyDocument> {
  static {
    policySlot = (policy) => {
      if (typeof policy === "object" && policy !== null && #slot in policy) return (policy as Policy).#slot;
      throw new BailiwickTypeError("`policy` must be a Policy: Policy.compile(…)", "policy");
    };
    disposable(this);
  }

  readonly #slot: Slot;
  #info: unknown;

  private constructor(slot: Slot) {
    if (!(slot instanceof Slot)) throw new BailiwickTypeError("a policy is made by Policy.compile(…)");
    this.#slot = slot;
    slot.heldBy(this);
  }

  /**
   * Compiles a document: an object, JSON text, or the bytes of it (at most 64 MiB). Given an object, kinds, actions and roles are known to
   * TypeScript, and a misspelt action does not compile.
   *
   * Throws {@link BailiwickError} with a code and a path for every mistake in it, `ERR_NOT_INITIALIZED`, `ERR_ENGINE_LOST`;
   * {@link BailiwickTypeError} for what is not data.
   */
  static compile<const P extends PolicyDocument>(document: P): Policy<P>;
  static compile(document: string | Uint8Array): Policy;
  static compile(document: unknown): Policy {
    const now = runtime();
    const bytes = encode(document);
    return new Policy(
      new Slot(
        now,
        now.do((engine) => engine.compile(bytes)),
      ),
    );
  }

  /** The policy's name: `pinecone`. */
  get name(): string {
    return String(own(this.#read(), "name"));
  }

  /** The policy's name for people: `Pinecone`. */
  get label(): string {
    return String(own(this.#read(), "label"));
  }

  /** The kinds in their order, with the names of their actions and roles. */
  get kinds(): readonly KindInfo[] {
    return own(this.#read(), "kinds") as readonly KindInfo[];
  }

  /** The roles of one kind against its actions; nothing for a kind that it does not declare. */
  matrix(kind: KindName<P>): Matrix | undefined {
    const known = word(kind, "kind");
    this.#slot.mustLive();
    const text = this.#slot.runtime.do((engine) => engine.matrix(this.#slot.handle, known));
    return text === "" ? undefined : (JSON.parse(text) as Matrix);
  }

  /**
   * What is worth a second look in the role model, worked out over all roles and commands: who could come to hold what nobody gave them,
   * alone or together with others.
   *
   * @example
   * policy.audit().filter(({ level, explained }) => level === "warning" && explained === undefined); // []: nothing to worry about
   */
  audit(): readonly Finding[] {
    this.#slot.mustLive();
    return JSON.parse(this.#slot.runtime.do((engine) => engine.audit(this.#slot.handle))) as Finding[];
  }

  /**
   * The names and roles, as the bytes of an access of nobody: what `Access.openCapsule` and `createGuard` need beside capsules. It goes
   * where they go, once for each version of the policy.
   *
   * @example
   * Access.open(policy.vocabulary()).can("rename", "organization", "acme"); // false: nobody asks
   */
  vocabulary(): Uint8Array {
    this.#slot.mustLive();
    return this.#slot.runtime.do((engine) => engine.vocabulary(this.#slot.handle));
  }

  /** Gives its memory back now. Every later call throws `ERR_FREED`; a second `free()` does nothing. */
  free(): void {
    this.#slot.free();
  }

  #read(): unknown {
    this.#slot.mustLive();
    this.#info ??= JSON.parse(this.#slot.runtime.do((engine) => engine.policyInfo(this.#slot.handle)));
    return this.#info;
  }
}

export interface Policy<P extends PolicyDocument> {
  /** The same as `free()`, for `using`. */
  [Symbol.dispose](): void;
}
