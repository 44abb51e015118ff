import { Bounded } from "../api/bounded.js";
import type { About, Opened } from "./door.js";

/** The most organizations that a guard remembers, and the most capsules. */
const MOST = 1_024;

interface Mark {
  revision: number;
  time: number;
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
    return Math.max(clock, this.#floor, this.#organizations.get(organization)?.value.time ?? 0);
  }

  /** The highest revision seen. */
  revision(organization: string): number {
    return this.#organizations.get(organization)?.value.revision ?? 0;
  }

  /** Whether a capsule is what was seen under its principal, revision and moment of issue, if any was. */
  same({ name, checksum }: Opened): boolean {
    const before = this.#contents.get(name) ?? this.#contents.set(name, checksum);
    this.#contents.use(before);
    return before.value === checksum;
  }

  /** Notes that a capsule was good at a moment: neither lies below its mark. */
  raise({ organization, revision }: About, time: number): void {
    const mark = this.#organizations.get(organization) ?? this.#organizations.set(organization, { revision, time });
    this.#organizations.use(mark);
    mark.value.revision = revision;
    mark.value.time = time;
  }
}
