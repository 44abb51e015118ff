/** How often one principal may listen to an organization at the same time. */
const MOST = 16;

/** Somebody who listens. */
export interface Listener {
  /** There is a new revision. */
  heard(revision: number): void;
  /** The same principal has begun to listen once more than one may, and this is the oldest. */
  ended(): void;
}

/** Who hears of each revision of an organization. */
export class Listeners {
  readonly #all = new Map<string, Set<Listener>>();

  /** Until the function that this gives is called, or it is ended. */
  add(as: string, listener: Listener): () => void {
    const own = this.#all.get(as) ?? new Set();
    this.#all.set(as, own.add(listener));
    const [oldest] = own;
    if (own.size > MOST && oldest !== undefined) {
      own.delete(oldest);
      oldest.ended();
    }
    return () => {
      own.delete(listener);
      if (own.size === 0 && this.#all.get(as) === own) this.#all.delete(as);
    };
  }

  /** Whether there is anybody. */
  get any(): boolean {
    return this.#all.size > 0;
  }

  tell(revision: number): void {
    for (const own of this.#all.values()) for (const { heard } of own) heard(revision);
  }
}
