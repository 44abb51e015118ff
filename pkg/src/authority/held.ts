import type { Change } from "../api/commands.js";
import type { Ledger, Snapshot } from "./ledger.js";
import { Listeners } from "./listeners.js";
import { Loaded } from "./loaded.js";
import { toldBy } from "./notes.js";
import { type Rules, isLost } from "./rules.js";
import { BailiwickError } from "bailiwick";

/** How an organization is held. */
export interface Holding {
  readonly name: string;
  readonly rules: Rules;
  readonly ledger: Ledger;
  readonly clock: () => number;
  /** How many changes are kept. */
  readonly keep: number;
  readonly wake: (() => void) | undefined;
}

/** The directory in memory and the ledger on the disk, which say the same: what fails to be written is forgotten here, too. */
export class Held {
  readonly #of: Holding;
  /** Who hears of each revision. */
  readonly listeners = new Listeners();
  #loaded: Loaded | undefined;

  constructor(of: Holding) {
    this.#of = of;
  }

  /** Asks what is in memory. A module that broke is put in force anew, and asked once more: what was not written has not happened. */
  safely<T>(work: (loaded: Loaded) => T): T {
    try {
      return this.#once(work);
    } catch (error) {
      if (!isLost(error)) throw error;
      this.rest();
      this.#of.rules.renew();
      return this.#once(work);
    }
  }

  #once<T>(work: (loaded: Loaded) => T): T {
    const { name, ledger, rules } = this.#of;
    this.#loaded ??= Loaded.from(ledger, name, rules);
    const loaded = this.#loaded;
    const answer = work(loaded);
    if (this.#loaded === loaded) void loaded.directory.revision; // throws if the module broke meanwhile
    return answer;
  }

  /** Takes a directory that nothing is written of yet in place of the empty one, and writes it with whom it is told. */
  begin(loaded: Loaded, start: Snapshot, told: Iterable<string>, change?: Change): void {
    this.rest();
    this.#loaded = loaded;
    const { ledger } = this.#of;
    if (change === undefined) this.#commit(start.revision, () => ledger.begin(start, told));
    else this.#record(loaded, change, () => ledger.begin(start, told));
  }

  /** Writes a change that the directory in memory has made. Throws `ERR_ORGANIZATION` where there is no organization to write to. */
  write(loaded: Loaded, change: Change): void {
    const { ledger, name } = this.#of;
    if (!ledger.exists) {
      this.rest();
      throw new BailiwickError("ERR_ORGANIZATION", `there is no organization \`${name}\``, "organization");
    }
    this.#record(loaded, change, () => undefined);
  }

  /** The moment to decide at: not before the last change. */
  now(last: number): number {
    return Math.max(this.#of.clock(), last);
  }

  /** Gives the memory of the directory back. */
  rest(): void {
    this.#loaded?.directory.free();
    this.#loaded = undefined;
  }

  #record(loaded: Loaded, change: Change, before: () => void): void {
    const { ledger, name, keep } = this.#of;
    this.#commit(change.after, () => {
      before();
      const text = JSON.stringify(change);
      loaded.moved(change, text);
      ledger.append(change, text, toldBy(change, name, () => loaded.roster.everyone()));
      const snapshot = loaded.due();
      if (snapshot === undefined) return;
      ledger.replace(snapshot);
      ledger.prune(keep);
    });
  }

  /** All of it or nothing; nothing in memory outlives a failure, which may have come after all was written. */
  #commit(revision: number, work: () => void): void {
    const { ledger, wake } = this.#of;
    try {
      ledger.atomically(() => {
        work();
        wake?.();
      });
    } catch (error) {
      this.rest();
      throw error;
    }
    this.listeners.tell(revision);
  }
}
