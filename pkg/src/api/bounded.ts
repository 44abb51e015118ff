/** A value that is remembered under a key, between the one used before it and the one used after it. */
export class Kept<V> {
  older: Kept<V> = this;
  newer: Kept<V> = this;
  /** Whether it was forgotten. */
  gone = false;

  constructor(
    readonly key: string,
    public value: V,
  ) {}

  /** Takes it out from between its neighbours. */
  leave(gone: boolean): void {
    this.gone = gone;
    this.older.newer = this.newer;
    this.newer.older = this.older;
  }
}

/** A map that forgets what was used longest ago. */
export class Bounded<V> {
  readonly #kept = new Map<string, Kept<V>>();
  /** Between the newest and the oldest. */
  readonly #end = new Kept<V>("", undefined as V);

  constructor(
    private readonly most: number,
    private readonly forgets: (value: V) => void = () => undefined,
  ) {}

  /** What is remembered under a key. That it was looked at is no use of it. */
  get(key: string): Kept<V> | undefined {
    return this.#kept.get(key);
  }

  /** Remembers a value, in the place of the one before. */
  set(key: string, value: V): Kept<V> {
    this.#kept.get(key)?.leave(true);
    const fresh = new Kept(key, value);
    this.#kept.set(key, fresh);
    this.#put(fresh);
    if (this.#kept.size > this.most) this.#forget(this.#end.newer);
    return fresh;
  }

  /** Notes that a value is used, which was not forgotten. */
  use(kept: Kept<V>): void {
    if (this.#end.older === kept) return;
    kept.leave(false);
    this.#put(kept);
  }

  #put(kept: Kept<V>): void {
    const end = this.#end;
    kept.older = end.older;
    kept.newer = end;
    end.older = kept.older.newer = kept;
  }

  #forget(oldest: Kept<V>): void {
    oldest.leave(true);
    this.#kept.delete(oldest.key);
    this.forgets(oldest.value);
  }
}
