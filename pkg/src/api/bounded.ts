/** A map that forgets what was set longest ago. */
export class Bounded<V> {
  readonly #values = new Map<string, V>();

  constructor(
    private readonly most: number,
    private readonly forgets: (value: V) => void = () => undefined,
  ) {}

  get(key: string): V | undefined {
    return this.#values.get(key);
  }

  set(key: string, value: V): void {
    this.#values.delete(key);
    this.#values.set(key, value);
    if (this.#values.size <= this.most) return;
    for (const [oldest, forgotten] of this.#values) {
      this.#values.delete(oldest);
      this.forgets(forgotten);
      return;
    }
  }
}
