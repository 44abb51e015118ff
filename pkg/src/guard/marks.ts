import type { About } from "./door.js";

/** The most organizations that a guard remembers, and the most capsules. */
const MOST = 1_024;

/** A map that forgets what was used longest ago. */
class Bounded<V> {
  readonly #values = new Map<string, V>();

  constructor(private readonly forgets: (value: V) => void) {}

  get(key: string): V | undefined {
    return this.#values.get(key);
  }

  set(key: string, value: V): void {
    this.#values.delete(key);
    this.#values.set(key, value);
    if (this.#values.size <= MOST) return;
    for (const [oldest, forgotten] of this.#values) {
      this.#values.delete(oldest);
      this.forgets(forgotten);
      return;
    }
  }
}

interface Mark {
  readonly revision: number;
  readonly time: number;
}

/**
 * How far each organization has come: the highest revision and the latest moment. They go up, never down. What is forgotten of the
 * moments is kept as one for all; what is forgotten of the revisions is not: `minRevision` is what holds between isolates, and then too.
 */
export class Marks {
  #floor = 0;
  readonly #organizations = new Bounded<Mark>(({ time }) => {
    this.#floor = Math.max(this.#floor, time);
  });
  readonly #contents = new Bounded<string>(() => undefined);

  /** The moment at which an organization is asked about: a clock set back revives nothing. */
  now(organization: string, clock: number): number {
    return Math.max(clock, this.#floor, this.#organizations.get(organization)?.time ?? 0);
  }

  /** The highest revision seen. */
  revision(organization: string): number {
    return this.#organizations.get(organization)?.revision ?? 0;
  }

  /** Whether these bytes are what was seen under that principal, revision and moment of issue, if any was. */
  same({ organization, principal, revision, issuedAt }: About, bytes: Uint8Array): boolean {
    const key = JSON.stringify([organization, principal, revision, issuedAt]);
    const checksum = bytes.subarray(4, 12).join();
    const before = this.#contents.get(key);
    this.#contents.set(key, before ?? checksum);
    return before === undefined || before === checksum;
  }

  /** Notes that a capsule was good at a moment. */
  raise({ organization, revision }: About, time: number): void {
    this.#organizations.set(organization, { revision: Math.max(revision, this.revision(organization)), time });
  }
}
