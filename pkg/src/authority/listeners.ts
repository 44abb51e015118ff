/** How often one principal may listen to an organization at the same time. */
const MOST = 16;

type Listener = (revision: number) => void;

/** Who hears of each revision of an organization. */
export class Listeners {
  readonly #all = new Map<string, Set<Listener>>();

  /** Until the function that this gives is called; nothing for a principal who listens as often as one may. */
  add(as: string, listener: Listener): (() => void) | undefined {
    const own = this.#all.get(as) ?? new Set();
    if (own.size >= MOST) return undefined;
    this.#all.set(as, own.add(listener));
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
    for (const own of this.#all.values()) for (const listener of own) listener(revision);
  }
}
