/**
 * A place that holds the access in force. An access is never mutated, it is replaced, and who listens is told: when that happens, and
 * when something in the access ends. Any framework's external store works with it. No module is imported: the access comes from outside.
 *
 * @module
 */
import type { Access } from "./api/access.js";
import type { PolicyDocument } from "./api/documents.js";
import { nameOf, optionalFunction, options } from "./api/arguments.js";
import { type Clock, Moments } from "./api/clock.js";
import { BailiwickTypeError } from "./api/errors.js";

/** The access in force. The same object until its answers may have changed. */
export interface Snapshot<P extends PolicyDocument = PolicyDocument> {
  /** Absent while there is none yet: everything is denied. */
  readonly access: Access<P> | undefined;
  /** Grows by one with each replacement, and when something in the access ends. */
  readonly version: number;
}

/** The timers of the platform, or those of a test. */
export interface Timers {
  set(call: () => void, milliseconds: number): unknown;
  clear(timer: unknown): void;
}

/** Where a store takes its time from. */
export interface StoreOptions {
  /** `Date.now` if absent. It should be the access's own. */
  readonly clock?: Clock;
  /** `setTimeout` and `clearTimeout` if absent. */
  readonly timers?: Timers;
}

/** Timers that run over this many milliseconds at once. */
const LONGEST = 2 ** 31 - 1;

/** How long to wait for an access whose clock runs behind the store's. */
const BEHIND = 1_000;

/**
 * The access in force, and who wants to know when its answers may have changed.
 *
 * @example
 * const store = accessStore(access);
 * const stop = store.subscribe(() => draw(store.getSnapshot().access));
 * store.replace(Access.open(bytes)); // draws
 * stop();
 */
export class AccessStore<P extends PolicyDocument = PolicyDocument> {
  readonly #moments: Moments;
  readonly #timers: Timers;
  readonly #listeners = new Set<{ readonly listener: () => void }>();
  #snapshot: Snapshot<P>;
  /** The next end in the access. */
  #end: number;
  #told = 0;
  #timer: unknown;

  constructor(initial?: Access<P>, settings?: StoreOptions) {
    const [clock, timers] = options(settings, "settings", "clock", "timers");
    this.#moments = new Moments(optionalFunction<Clock>(clock, "settings.clock"));
    this.#timers = timersOf(timers);
    this.#end = endOf(initial);
    this.#snapshot = { access: initial, version: 0 };
  }

  /** The access in force and its version. */
  readonly getSnapshot = (): Snapshot<P> => {
    this.#settle();
    return this.#snapshot;
  };

  /**
   * Calls `listener` after each replacement, and once at the moment when something in the access ends. A timer is held only while
   * somebody listens. The result stops it.
   */
  readonly subscribe = (listener: () => void): (() => void) => {
    const entry = { listener: mustListen(listener) };
    if (this.#listeners.size === 0) this.#settleUnheard();
    this.#listeners.add(entry);
    this.#wait();
    return () => {
      if (!this.#listeners.delete(entry) || this.#listeners.size > 0) return;
      this.#stop();
    };
  };

  /**
   * Puts another access in force, or none; the same one changes nothing. Who freed the old one must have replaced it before.
   *
   * @example
   * const { access: old } = store.getSnapshot();
   * store.replace(directory.access(who, "acme"));
   * old?.free();
   */
  readonly replace = (access: Access<P> | undefined): void => {
    if (access === this.#snapshot.access) return;
    this.#end = endOf(access);
    this.#advance(access);
    this.#stop();
    this.#wait();
    this.#tell();
  };

  /** The next end in the access, in milliseconds since 1970; infinite when nothing ends any more. */
  get nextExpiry(): number {
    this.#settle();
    return this.#end;
  }

  /** A new snapshot, when something in the access has ended. */
  #settle(): void {
    if (this.#end === Infinity || this.#moments.now() < this.#end) return;
    const end = laterEnd(this.#snapshot.access);
    if (end === this.#end) return;
    this.#end = end;
    this.#advance(this.#snapshot.access);
  }

  /** What ended while nobody listened is no news for who comes now. */
  #settleUnheard(): void {
    this.#settle();
    this.#told = this.#snapshot.version;
  }

  #advance(access: Access<P> | undefined): void {
    this.#snapshot = { access, version: this.#snapshot.version + 1 };
  }

  #wait(): void {
    if (this.#timer !== undefined || this.#end === Infinity || this.#listeners.size === 0) return;
    const left = this.#end - this.#moments.now();
    this.#timer = this.#timers.set(this.#wake, left > 0 ? Math.min(left, LONGEST) : BEHIND);
  }

  #stop(): void {
    if (this.#timer !== undefined) this.#timers.clear(this.#timer);
    this.#timer = undefined;
  }

  readonly #wake = (): void => {
    this.#timer = undefined;
    this.#settle();
    this.#wait();
    this.#tell();
  };

  /** One listener's error keeps nobody else from being told. */
  #tell(): void {
    if (this.#told === this.#snapshot.version) return;
    this.#told = this.#snapshot.version;
    const errors: unknown[] = [];
    for (const entry of [...this.#listeners]) {
      try {
        if (this.#listeners.has(entry)) entry.listener();
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw errors[0];
  }
}

/**
 * A store that holds `initial`, or nothing yet.
 *
 * @example
 * const store = accessStore(access);
 * useSyncExternalStore(store.subscribe, store.getSnapshot).access?.can("delete", "project", "search");
 */
export function accessStore<P extends PolicyDocument = PolicyDocument>(
  initial?: Access<P>,
  settings?: StoreOptions,
): AccessStore<P> {
  return new AccessStore(initial, settings);
}

function endOf(access: Access | undefined): number {
  if (access === undefined) return Infinity;
  if (typeof access !== "object" || access === null || typeof access.can !== "function")
    throw new BailiwickTypeError(`\`access\` must be an Access or undefined, not ${nameOf(access)}`, "access");
  return lasting(access.nextExpiry);
}

/** The same, of an access that was good: one that was freed since ends no more. Asking it says so, to who asks. */
function laterEnd(access: Access | undefined): number {
  try {
    return access === undefined ? Infinity : lasting(access.nextExpiry);
  } catch {
    return Infinity;
  }
}

/** 0 is a module that broke: nothing will end any more. */
function lasting(end: number): number {
  return end === 0 ? Infinity : end;
}

function mustListen(listener: unknown): () => void {
  if (typeof listener === "function") return listener as () => void;
  throw new BailiwickTypeError(`\`listener\` must be a function, not ${nameOf(listener)}`, "listener");
}

const platform: Timers = {
  set(call, milliseconds) {
    const timer: unknown = setTimeout(call, milliseconds);
    letGo(timer);
    return timer;
  },
  clear: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
};

/** In Node a timer keeps the process alive unless it is let go. */
function letGo(timer: unknown): void {
  if (typeof timer === "object" && timer !== null && "unref" in timer && typeof timer.unref === "function")
    timer.unref();
}

function timersOf(timers: unknown): Timers {
  if (timers === undefined) return platform;
  const [set, clear] = options(timers, "settings.timers", "set", "clear");
  if (typeof set !== "function" || typeof clear !== "function")
    throw new BailiwickTypeError("`settings.timers` must have `set` and `clear`", "settings.timers");
  return timers as Timers;
}
