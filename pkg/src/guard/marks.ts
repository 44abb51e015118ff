import { Bounded } from "../api/bounded.js";
import type { About, Opened } from "./door.js";

/** The most organizations that a guard remembers, and the most capsules. */
const MOST = 1_024;

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
  readonly #organizations = new Bounded<Mark>(MOST, ({ time }) => {
    this.#floor = Math.max(this.#floor, time);
  });
  readonly #contents = new Bounded<string>(MOST);

  /** The moment at which an organization is asked about: a clock set back revives nothing. */
  now(organization: string, clock: number): number {
    return Math.max(clock, this.#floor, this.#organizations.get(organization)?.time ?? 0);
  }

  /** The highest revision seen. */
  revision(organization: string): number {
    return this.#organizations.get(organization)?.revision ?? 0;
  }

  /** Whether a capsule is what was seen under its principal, revision and moment of issue, if any was. */
  same({ name, checksum }: Opened): boolean {
    const before = this.#contents.get(name);
    this.#contents.set(name, before ?? checksum);
    return before === undefined || before === checksum;
  }

  /** Notes that a capsule was good at a moment: neither lies below its mark. */
  raise({ organization, revision }: About, time: number): void {
    this.#organizations.set(organization, { revision, time });
  }
}
