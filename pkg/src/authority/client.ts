/**
 * An authority as a page uses it: the capsule of who is signed in, kept fresh; commands; questions. It knows neither the full module nor a
 * library for signatures.
 *
 * @example
 * import { connect } from "bailiwick/authority/client";
 *
 * const acme = await connect({ base: "https://authority.acme.com", organization: "acme", token: () => session.token() });
 * acme.store.getSnapshot().access?.can("rename", "organization", "acme"); // true, for who may
 * const answer = await acme.command({ command: "rename_organization", name: "Acme Corp." });
 * if (!answer.ok) show(answer.text);
 *
 * @module
 */
import type { Access, AccessOptions } from "../api/access.js";
import type { Clock } from "../api/clock.js";
import type { Command } from "../api/commands.js";
import type { PolicyDocument } from "../api/documents.js";
import type { Preview } from "../api/questions.js";
import { BailiwickError } from "../api/errors.js";
import { AccessStore, type Timers } from "../store.js";
import { Account, type CommandAnswer, type RefusedAnswer, type Sendable, completed, pathOf } from "./account.js";
import { type CallerSettings, errorOf } from "./caller.js";
import { bytesIn, listen } from "./listening.js";
import type { Page, Question } from "./places.js";

export { Account, type CommandAnswer, type Me, type RefusedAnswer, type Sendable } from "./account.js";
export type { CallerSettings } from "./caller.js";
export type { Entry, Invited, Page, Person, Question } from "./places.js";
export { BailiwickError } from "../api/errors.js";

/** What opens capsules: the class `Access` of `bailiwick/access`, of its slim form, or of `bailiwick`. */
export interface Opener<P extends PolicyDocument> {
  open(bytes: Uint8Array): Access<P>;
  openCapsule(bytes: Uint8Array, vocabulary: Access<P> | Uint8Array, settings?: AccessOptions): Access<P>;
}

/** How to be connected. */
export interface ConnectSettings<P extends PolicyDocument = PolicyDocument> extends CallerSettings {
  readonly organization: string;
  /** `policy.vocabulary()`, where the page has it; else it is fetched. */
  readonly vocabulary?: Uint8Array;
  /** `Access` of `bailiwick/access` if absent, imported when it is needed. */
  readonly access?: Opener<P>;
  /** Whether to hear of changes at once: yes if absent. Without it a capsule is renewed when it ends. */
  readonly events?: boolean;
  /** `Date.now` if absent. */
  readonly clock?: Clock;
  /** Is told what goes wrong in the background; it is tried again by itself. */
  readonly failed?: (error: BailiwickError) => void;
}

/** A question for `ask`: a preview is asked by `preview`. */
export type Asking = Exclude<Question, { ask: "preview" }>;

/** An answer: its fields beside `ok`, or a refusal. */
export type AskingAnswer = { readonly ok: true; readonly [field: string]: unknown } | RefusedAnswer;

/**
 * Connects to one organization: resolves once there is a capsule. Throws `ERR_NO_ACCESS` for who is no active member, `ERR_IDENTITY` for who
 * is not signed in, `ERR_UNREACHABLE`.
 */
export async function connect<P extends PolicyDocument = PolicyDocument>(settings: ConnectSettings<P>): Promise<Connection<P>> {
  const connection = new Connection<P>(settings);
  try {
    await connection.renew();
  } catch (error) {
    connection.close();
    throw error;
  }
  connection.start();
  return connection;
}

/** How long before its end a capsule is renewed: a fifth of its life, but not all at the same moment. */
const EARLY = 0.2;

/** However wrong the clock of the page is. */
const LEAST_WAIT = 1_000;

/** How long to wait with a renewal that everybody has just been told of, at most. */
const SPREAD = 250;

/** Events that end sooner are asked for again later and later, in milliseconds. */
const LASTING = 10_000;

/** A connection to one organization. */
export class Connection<P extends PolicyDocument = PolicyDocument> extends Account<P> {
  /** The access in force, for the bindings of `bailiwick/react`, `vue` and `svelte`. */
  readonly store: AccessStore<P>;
  readonly organization: string;
  readonly #settings: ConnectSettings<P>;
  readonly #closed = new AbortController();
  #opener: Opener<P> | undefined;
  #vocabulary: Access<P> | undefined;
  #token = "";
  #revision = 0;
  #notAfter = 0;
  #renewing: Promise<void> | undefined;
  #timer: unknown;

  /** For `connect`. */
  constructor(settings: ConnectSettings<P>) {
    super(settings);
    const { clock, timers, organization } = settings;
    this.#settings = settings;
    this.organization = organization;
    this.store = new AccessStore<P>(undefined, { ...(clock && { clock }), ...(timers && { timers }) });
  }

  /** The revision that the access in force was made from. */
  get revision(): number {
    return this.#revision;
  }

  /** The capsule, for other services of the product that have a guard. */
  get capsule(): string {
    return this.#token;
  }

  /** Has a command carried out. A refusal is an answer; the access in force knows of the change when this resolves. */
  async command(command: Sendable<Command<P>>): Promise<CommandAnswer> {
    const answer = (await this.#guarded("commands", completed(command, this.organization))) as CommandAnswer;
    if (answer.ok && answer.revision > this.#revision) await this.renew().catch((error: unknown) => this.#tell(error));
    return answer;
  }

  /** What a command would come to: who would gain and lose what. */
  async preview(command: Sendable<Command<P>>, page: Page = {}): Promise<({ readonly ok: true } & Preview) | RefusedAnswer> {
    const body = completed(command, this.organization);
    return (await this.#guarded(`preview${queryOf(page)}`, body)) as ({ readonly ok: true } & Preview) | RefusedAnswer;
  }

  /**
   * Asks about everyone.
   *
   * @example
   * await acme.ask({ ask: "who", action: "delete", kind: "project", id: "search" });
   */
  async ask({ ask, ...parameters }: Asking): Promise<AskingAnswer> {
    return (await this.#guarded(`${ask}${queryOf(parameters)}`)) as AskingAnswer;
  }

  /** Fetches the capsule of now. Who asks while that is under way waits for the same one. */
  renew(): Promise<void> {
    this.#renewing ??= this.#renew().finally(() => {
      this.#renewing = undefined;
    });
    return this.#renewing;
  }

  /** For `connect`: begins to hear of changes. */
  start(): void {
    if (this.#settings.events !== false) void this.#follow();
  }

  /** Ends it: the access stays in the store until it ends by itself. */
  close(): void {
    this.#closed.abort();
    this.#stop();
  }

  #guarded(path: string, body?: object): Promise<unknown> {
    return this.caller.json({
      method: body === undefined ? "GET" : "POST",
      path: `${pathOf(this.organization)}/${path}`,
      capsule: () => this.#token,
      renew: () => this.renew(),
      ...(body !== undefined && { body }),
    });
  }

  async #renew(): Promise<void> {
    const path = `${pathOf(this.organization)}/capsule`;
    const response = await this.caller.send({ path, signal: this.#closed.signal });
    if (!response.ok) {
      if (response.status === 404) this.store.replace(undefined);
      throw errorOf(response.status, {});
    }
    const { token, revision, notAfter } = (await response.json()) as { token: string; revision: number; notAfter: number };
    const access = await this.#open(bytesIn(token));
    // Answers may overtake each other: what was issued before never takes the place of what was issued later. A revision goes back only
    // where an organization was restored, and then what is issued now holds.
    if (notAfter < this.#notAfter || (notAfter === this.#notAfter && revision < this.#revision)) return;
    [this.#token, this.#revision, this.#notAfter] = [token, revision, notAfter];
    this.store.replace(access);
    this.#plan();
  }

  /** Opens a capsule; where the policy has changed, with its new vocabulary. */
  async #open(bytes: Uint8Array): Promise<Access<P>> {
    const { access, clock, vocabulary } = this.#settings;
    const opener = (this.#opener ??= access ?? ((await import("bailiwick/access")).Access as unknown as Opener<P>));
    const settings = clock === undefined ? {} : { clock };
    const isFirst = this.#vocabulary === undefined;
    this.#vocabulary ??= opener.open(vocabulary ?? (await this.vocabulary()));
    try {
      return opener.openCapsule(bytes, this.#vocabulary, settings);
    } catch (error) {
      if ((error as BailiwickError).code !== "ERR_POLICY_MISMATCH" || (isFirst && vocabulary === undefined)) throw error;
      this.#vocabulary = opener.open(await this.vocabulary());
      return opener.openCapsule(bytes, this.#vocabulary, settings);
    }
  }

  /** Renews in time, and after a failure again. */
  #plan(tries = 0): void {
    this.#stop();
    if (this.#closed.signal.aborted) return;
    const left = this.#notAfter - this.#now();
    const wait = tries > 0 ? Math.min(1_000 * 2 ** tries, 60_000) : Math.max(left * (1 - EARLY), LEAST_WAIT);
    const call = (): void => {
      this.renew().catch((error: unknown) => {
        this.#tell(error);
        if (!isFinal(error)) this.#plan(tries + 1);
      });
    };
    this.#timer = this.#set(call, wait * (0.9 + 0.1 * this.caller.random()));
  }

  /** Hears of revisions, and goes on hearing until it is closed or who asks is no member any more. */
  async #follow(): Promise<void> {
    const { signal } = this.#closed;
    for (let failures = 0; !signal.aborted; ) {
      const since = this.#now();
      try {
        const path = `${pathOf(this.organization)}/events`;
        const response = await this.caller.send({ path, signal, capsule: () => this.#token, renew: () => this.renew() });
        if (!response.ok || response.body === null) throw errorOf(response.status, {});
        await listen(response.body, (revision) => void this.#heard(revision), signal);
      } catch (error) {
        if (signal.aborted) return;
        this.#tell(error);
        if (isFinal(error)) return;
      }
      failures = this.#now() - since > LASTING ? 1 : failures + 1;
      await this.caller.wait(failures);
    }
  }

  async #heard(revision: number): Promise<void> {
    if (revision <= this.#revision) return;
    await this.caller.pause(this.caller.random() * SPREAD);
    if (revision <= this.#revision || this.#closed.signal.aborted) return;
    // A renewal that is under way may have begun before this revision.
    await this.#renewing?.catch(() => undefined);
    if (revision > this.#revision) await this.renew().catch((error: unknown) => this.#tell(error));
  }

  #tell(error: unknown): void {
    const { failed } = this.#settings;
    if (failed === undefined || this.#closed.signal.aborted) return;
    failed(error instanceof BailiwickError ? error : new BailiwickError("ERR_UNREACHABLE", "the connection broke", "", error));
  }

  #now(): number {
    return (this.#settings.clock ?? Date.now)();
  }

  #set(call: () => void, wait: number): unknown {
    const { timers } = this.#settings;
    if (timers !== undefined) return timers.set(call, wait);
    const timer: unknown = setTimeout(call, Math.min(wait, 2 ** 31 - 1));
    if (typeof timer === "object" && timer !== null && "unref" in timer) (timer as { unref(): void }).unref();
    return timer;
  }

  #stop(): void {
    if (this.#timer === undefined) return;
    const clear: Timers["clear"] = this.#settings.timers?.clear ?? ((timer) => clearTimeout(timer as ReturnType<typeof setTimeout>));
    clear(this.#timer);
    this.#timer = undefined;
  }
}

/** Whether trying again is of no use: nobody is known, or they are no member. */
function isFinal(error: unknown): boolean {
  return error instanceof BailiwickError && (error.code === "ERR_IDENTITY" || error.code === "ERR_NO_ACCESS");
}

function queryOf(parameters: object): string {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined);
  return given.length === 0 ? "" : `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}
