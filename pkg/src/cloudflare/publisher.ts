import type { KeyValues } from "./platform.js";
import { revisionKey } from "./revisions.js";

/** Workers KV takes one write a second for each key. */
const BETWEEN = 1_000;

/** Publishes the revision of one organization: the newest, and no more often than KV takes it. */
export class Publisher {
  #published = 0;
  #last = 0;
  #running: Promise<void> | undefined;

  constructor(
    readonly kv: KeyValues,
    readonly organization: string,
    readonly revision: () => number,
  ) {}

  /** Whether what is published is what is in force. */
  get isCurrent(): boolean {
    return this.#published === this.revision();
  }

  /** Resolves once the revision in force is published. */
  publish(): Promise<void> {
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #run(): Promise<void> {
    while (!this.isCurrent) {
      const wait = this.#last + BETWEEN - Date.now();
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      const revision = this.revision();
      this.#last = Date.now();
      await this.kv.put(await revisionKey(this.organization), String(revision));
      this.#published = revision;
    }
  }
}
