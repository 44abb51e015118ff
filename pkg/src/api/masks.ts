import type { Runtime } from "./runtime.js";

/** The most ids that an access remembers, known and unknown ones, over all kinds. */
const MOST = 16_384;

/** An id that is longer is asked anew each time: what is remembered stays small. */
export const LONGEST = 128;

/** A bit that no mask has: an action that the kind lacks. */
export const NO_BIT = 256;

/** What is remembered of one kind: bit n of an id's mask is action n. */
export interface KindMasks {
  readonly place: number;
  /** How many words of 32 bits a mask has. */
  readonly width: number;
  /** Actions by name; only those that the kind has. */
  readonly bits: Map<string, number>;
  /** The first word of each id's mask, and the others. */
  readonly first: Map<string, number>;
  readonly others: Map<string, Int32Array>;
}

/**
 * The masks of the ids asked lately, so that most questions never cross. Everything is forgotten when there are too many, and when
 * something in the access ends.
 */
export class Masks {
  readonly kinds = new Map<string, KindMasks>();
  #ids = 0;

  constructor(
    private readonly runtime: Runtime,
    private readonly handle: number,
  ) {}

  /** Forgets the masks; names stay. */
  forget(): void {
    this.#ids = 0;
    for (const { first, others } of this.kinds.values()) {
      first.clear();
      others.clear();
    }
  }

  /** A kind by its name, if the policy has it. */
  kind(name: string): KindMasks | undefined {
    const known = this.kinds.get(name);
    if (known !== undefined) return known;
    const { engine, words } = this.runtime;
    const place = engine.kind(this.handle, words.put(name));
    if (!(place >= 0)) return undefined;
    const width = engine.width(this.handle, place);
    const kind: KindMasks = { place, width, bits: new Map(), first: new Map(), others: new Map() };
    this.kinds.set(name, kind);
    return kind;
  }

  /** The bit of an action, if the kind has it. */
  bit(kind: KindMasks, action: string): number {
    const known = kind.bits.get(action);
    if (known !== undefined) return known;
    const { engine, words } = this.runtime;
    const bit = engine.action(this.handle, kind.place, words.put(action));
    if (!(bit >= 0)) return NO_BIT;
    kind.bits.set(action, bit);
    return bit;
  }

  /** Asks for the mask of an id, whatever is remembered: the first word of it. */
  look(kind: KindMasks, id: string, now: number): number {
    const { engine, words } = this.runtime;
    const length = words.put(id);
    const first = engine.look(this.handle, kind.place, length, 0, now) | 0;
    const keep = id.length <= LONGEST;
    if (keep) {
      if (this.#ids >= MOST) this.forget();
      this.#ids += 1;
      kind.first.set(id, first);
    }
    if (kind.width > 1) {
      const other = (_: unknown, word: number) => engine.look(this.handle, kind.place, length, word + 1, now);
      this.#latest = Int32Array.from({ length: kind.width - 1 }, other);
      if (keep) kind.others.set(id, this.#latest);
    }
    return first;
  }

  /** What lies beyond the first word of the id looked up last. */
  #latest = new Int32Array(0);

  /** Whether a bit is in the mask of an id, of which the first word is known. */
  has(kind: KindMasks, id: string, first: number, bit: number): boolean {
    if (bit < 32) return ((first >>> bit) & 1) === 1;
    if (bit === NO_BIT) return false;
    const others = kind.others.get(id) ?? this.#latest;
    return (((others[(bit >> 5) - 1] ?? 0) >>> (bit & 31)) & 1) === 1;
  }
}
