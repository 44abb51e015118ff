import type { Change } from "../api/commands.js";
import type { DirectoryDocument, PolicyDocument } from "../api/documents.js";
import { Ledger } from "./ledger.js";
import { Loaded, snapshotOf, startOf } from "./loaded.js";
import { noteFor, toldBy } from "./notes.js";
import { answerAgain, asker, carryOut, mustName, outcomeOf, personRow, stated } from "./outcome.js";
import type { Answer, Entry, Issued, Life, Note, Outcome, Person, Projection, Question } from "./places.js";
import { answered } from "./questions.js";
import { type Rules, isLost, rulesOf } from "./rules.js";
import type { Sql } from "./sql.js";
import { BailiwickError, Directory, capsuleDelta } from "bailiwick";

/** What an organization is kept with. */
export interface OrganizationSettings {
  readonly policy: Rules | PolicyDocument | string;
  /** The id of the organization. */
  readonly name: string;
  readonly sql: Sql;
  /** Milliseconds since 1970; `Date.now` if absent. Changes never go back in time, whatever it says. */
  readonly clock?: (() => number) | undefined;
  /** How many changes are kept for `history`, and how many command ids are known again; 100,000 if absent. */
  readonly keep?: number | undefined;
  /** Called within the transaction that wrote a change: what must not be forgotten is noted down with it. */
  readonly wake?: (() => void) | undefined;
}

/**
 * The truth of one organization: every change is decided here and written before it is answered. Nothing is read or compiled before it is
 * asked. Methods throw `BailiwickError` for what is wrong with a command, and what the database throws: what was not answered has
 * happened or not, and the same command id again tells which.
 *
 * @example
 * const acme = new OrganizationAuthority({ policy: pinecone, name: "acme", sql: overDatabase(new DatabaseSync("acme.db")) });
 * acme.found('{ "id": "c1", "command": "create_organization", "organization": "acme" }', { id: "ana@acme.com" }); // { ok: true, … }
 * acme.apply('{ "id": "c2", "command": "leave_organization", "organization": "acme" }', "user/ana@acme.com"); // { ok: false, … }: the last owner
 */
export class OrganizationAuthority {
  readonly #name: string;
  readonly #rules: Rules;
  readonly #ledger: Ledger;
  readonly #clock: () => number;
  readonly #keep: number;
  readonly #wake: (() => void) | undefined;
  readonly #listeners = new Set<(revision: number) => void>();
  #loaded: Loaded | undefined;

  constructor({ policy, name, sql, clock, keep, wake }: OrganizationSettings) {
    this.#name = name;
    this.#rules = rulesOf(policy);
    this.#ledger = new Ledger(sql, name);
    this.#clock = clock ?? Date.now;
    this.#keep = keep ?? 100_000;
    this.#wake = wake;
  }

  /** The id of the organization. */
  get name(): string {
    return this.#name;
  }

  get rules(): Rules {
    return this.#rules;
  }

  /** The first change: `create_organization`. `conflict` where the organization exists or existed; the same command again is `repeated`. */
  found(command: string, creator: Person): Outcome {
    mustName(stated(command), this.#name);
    const actor = `user/${creator.id}`;
    return this.#safely((loaded) => {
      if (!this.#ledger.exists) return this.#first(command, creator);
      return this.#again(command, actor, loaded) ?? this.#taken(command, creator, loaded);
    });
  }

  /** Carries a command out for a principal: JSON text. */
  apply(command: string, actor: string): Outcome {
    return this.#apply(command, asker(actor));
  }

  /** Carries out what only the host may do. */
  applyAsHost(command: string): Outcome {
    return this.#apply(command, undefined);
  }

  /** Makes somebody known who has signed up. Where they are, or their address is another's, nothing happens. */
  know(person: Person): void {
    if (!this.#ledger.exists) return;
    const { id, ...rest } = personRow(person);
    const command = { id: `known:${this.revision}:${id}`, command: "sign_up", person: id, ...rest };
    this.#apply(JSON.stringify(command), undefined);
  }

  /** What a principal may do here, cut down to travel; nothing for who is no active member. */
  capsule(principal: string, life: Life): Issued | undefined {
    return this.#safely(({ directory }) => {
      if (!this.#isActive(directory, principal)) return undefined;
      return { bytes: directory.capsule(principal, this.#name, life), revision: directory.revision };
    });
  }

  /** What makes the capsule of now of an older one; nothing where that cannot be made. */
  delta(principal: string, from: Uint8Array, life: Life): Issued | undefined {
    const fresh = this.capsule(principal, life);
    if (fresh === undefined) return undefined;
    try {
      return { bytes: capsuleDelta(from, fresh.bytes), revision: fresh.revision };
    } catch (error) {
      if (error instanceof BailiwickError && !isLost(error)) return undefined;
      throw error;
    }
  }

  /** What the list of a member says of the organization; nothing for who is none. */
  entry(person: string): Entry | undefined {
    return this.#safely(({ roster }) => roster.entry(person));
  }

  /** What creating another organization from here needs. */
  projection(person: string): Projection | undefined {
    const entry = this.entry(person);
    return entry === undefined ? undefined : { entry };
  }

  /** Whether a principal is active here. */
  isActive(principal: string): boolean {
    return this.#safely(({ directory }) => this.#isActive(directory, principal));
  }

  /** Whether an invite waits for an address. */
  awaits(address: string): boolean {
    return this.#safely(({ roster }) => roster.invites(address).length > 0);
  }

  /** A question, for an asker. */
  ask(question: Question, as: string): Answer {
    const asked = asker(as);
    return this.#safely(({ directory, at }) =>
      answered(question, {
        ...{ directory, rules: this.#rules, organization: this.#name, as: asked, now: this.#now(at) },
        log: (before, limit) => (this.#ledger.exists ? this.#ledger.before(before, limit) : []),
      }),
    );
  }

  /** All of it: for the host alone. */
  document(): DirectoryDocument {
    return this.#safely(({ directory }) => directory.document());
  }

  /** Grows by one with each change; 0 where there is no organization. */
  get revision(): number {
    return this.#ledger.exists ? this.#ledger.newest().revision : 0;
  }

  /** What is still to be told, but the first `skip`: of each person what is true now. */
  pending(limit = 100, skip = 0): Note[] {
    if (!this.#ledger.exists) return [];
    const told = this.#ledger.pending(limit, skip);
    if (told.length === 0) return [];
    return this.#safely(({ directory, roster }) => told.map(({ to }) => noteFor(to, roster, directory.revision)));
  }

  /** These have been told. */
  delivered(notes: readonly Note[]): void {
    if (notes.length > 0) this.#ledger.delivered(notes);
  }

  /** Hears of each revision, until the function that this gives is called. */
  subscribe(listener: (revision: number) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Whether somebody listens. */
  get isWatched(): boolean {
    return this.#listeners.size > 0;
  }

  /** Gives the memory of the directory back; the next question reads it again. */
  rest(): void {
    this.#loaded?.directory.free();
    this.#loaded = undefined;
  }

  #apply(command: string, actor: string | undefined): Outcome {
    mustName(stated(command), this.#name);
    return this.#safely((loaded) => {
      const again = this.#again(command, actor, loaded);
      if (again !== undefined) return again;
      const told = carryOut(loaded.directory, command, actor, this.#now(loaded.at));
      if (told.ok && told.change.repeated !== true) this.#write(loaded, told.change);
      return outcomeOf(told);
    });
  }

  /** The answer to a command whose id is in the log. */
  #again(command: string, actor: string | undefined, { directory, at }: Loaded): Outcome | undefined {
    const { id } = stated(command);
    const made = this.#ledger.exists && typeof id === "string" ? this.#ledger.made(id) : undefined;
    if (made === undefined) return undefined;
    const outcome = answerAgain(this.#rules, made, command, actor, this.#now(at));
    if (!outcome.ok) return outcome;
    const { revision } = directory;
    return { ok: true, change: { ...outcome.change, before: revision, after: revision }, revision };
  }

  #first(command: string, creator: Person): Outcome {
    const start = startOf(this.#rules, [personRow(creator)]);
    const loaded = Loaded.of(this.#name, this.#rules, start);
    const told = carryOut(loaded.directory, command, `user/${creator.id}`, this.#now(0));
    if (told.ok) {
      this.rest();
      this.#loaded = loaded;
      this.#write(loaded, told.change, () => this.#ledger.begin(snapshotOf(start, 0)));
    } else loaded.directory.free();
    return outcomeOf(told);
  }

  /** The refusal of the core for an id that is used, whoever asks. */
  #taken(command: string, creator: Person, { at }: Loaded): Outcome {
    const start = startOf(this.#rules, [personRow(creator)]);
    const directory = Directory.load(this.#rules.policy, { ...start, retired: [`organization/${this.#name}`] });
    try {
      return outcomeOf(carryOut(directory, command, `user/${creator.id}`, this.#now(at)));
    } finally {
      directory.free();
    }
  }

  /** Writes a change that the directory in memory has made; where that fails, what is in memory is given up. */
  #write(loaded: Loaded, change: Change, before?: () => void): void {
    try {
      if (before === undefined && !this.#ledger.exists)
        throw new BailiwickError("ERR_ORGANIZATION", `there is no organization \`${this.#name}\``, "organization");
      const text = JSON.stringify(change);
      loaded.moved(change, text);
      const told = toldBy(change, this.#name, () => loaded.roster.everyone());
      const snapshot = loaded.due();
      this.#ledger.atomically(() => {
        before?.();
        this.#ledger.append(change, text, told);
        if (snapshot !== undefined) {
          this.#ledger.replace(snapshot);
          this.#ledger.prune(this.#keep);
        }
        this.#wake?.();
      });
    } catch (error) {
      this.rest();
      throw error;
    }
    for (const listener of this.#listeners) listener(change.after);
  }

  /** Asks what is in memory. A module that broke is put in force anew, and asked once more: what was not written has not happened. */
  #safely<T>(work: (loaded: Loaded) => T): T {
    try {
      return this.#once(work);
    } catch (error) {
      if (!isLost(error)) throw error;
      this.rest();
      this.#rules.renew();
      return this.#once(work);
    }
  }

  #once<T>(work: (loaded: Loaded) => T): T {
    this.#loaded ??= Loaded.from(this.#ledger, this.#name, this.#rules);
    const loaded = this.#loaded;
    const answer = work(loaded);
    if (this.#loaded === loaded) void loaded.directory.revision; // throws if the module broke meanwhile
    return answer;
  }

  #isActive(directory: Directory, principal: string): boolean {
    return directory.organizations(principal).some(({ id }) => id === this.#name);
  }

  #now(last: number): number {
    return Math.max(this.#clock(), last);
  }
}
