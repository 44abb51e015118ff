import type { Change } from "../api/commands.js";
import type { DirectoryDocument, PolicyDocument } from "../api/documents.js";
import { changesIn } from "./changes.js";
import { type Home, foundFirst, moveIn, taken } from "./founding.js";
import { Held } from "./held.js";
import { Ledger } from "./ledger.js";
import { notesFor } from "./history.js";
import type { Listener } from "./listeners.js";
import type { Loaded } from "./loaded.js";
import { noteFor } from "./notes.js";
import { answerAgain, asker, carryOut, mustName, outcomeOf, personRow, refusalAsNew, stated } from "./outcome.js";
import type { Adoption, Answer, Changes, ChangesAsked, Entry, Issued, Life, Note } from "./places.js";
import type { Outcome, Person, Projection, Question, Refusal } from "./places.js";
import { answered } from "./questions.js";
import { type Rules, rulesOf } from "./rules.js";
import type { Sql } from "./sql.js";
import { type Directory, capsuleDelta } from "bailiwick";

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
  readonly #held: Held;
  readonly #home: Home;

  constructor({ policy, name, sql, clock = Date.now, keep = 100_000, wake }: OrganizationSettings) {
    this.#name = name;
    this.#rules = rulesOf(policy);
    this.#ledger = new Ledger(sql, name);
    this.#held = new Held({ name, rules: this.#rules, ledger: this.#ledger, clock, keep, wake });
    this.#home = { name, rules: this.#rules, ledger: this.#ledger, held: this.#held };
  }

  /** The id of the organization. */
  get name(): string {
    return this.#name;
  }

  /** The policy that decides. */
  get rules(): Rules {
    return this.#rules;
  }

  /** The first change: `create_organization`. `conflict` where the organization exists or existed; the same command again is `repeated`. */
  found(command: string, creator: Person): Outcome {
    mustName(stated(command), this.#name);
    const actor = `user/${creator.id}`;
    return this.#held.safely((loaded) => {
      if (!this.#ledger.exists) return foundFirst(this.#home, command, creator);
      const made = this.#made(command);
      return made?.actor === actor
        ? this.#again(made, command, actor, loaded)
        : taken(this.#home, command, creator, loaded.at);
    });
  }

  /**
   * An organization that exists elsewhere moves in, and everybody in it is told: JSON text of a directory with it alone, which becomes the
   * state before the first change here. `conflict` where it exists or existed, unless it is the same still. Throws what `Directory.load`
   * throws, and `ERR_ORGANIZATION` for a document of another organization, or of several.
   */
  adopt(document: string): Adoption {
    return this.#held.safely((now) => moveIn(this.#home, document, now));
  }

  /** Carries a command out for a principal: JSON text. */
  apply(command: string, actor: string): Outcome {
    return this.#apply(command, asker(actor));
  }

  /** Carries out what only the host may do. */
  applyAsHost(command: string): Outcome {
    return this.#apply(command, undefined);
  }

  /**
   * Makes somebody known who has signed up. Where they are, or their address is another's, nothing happens. Nobody can guess the id of the
   * command: to find it used would tell who is known here.
   */
  know(person: Person): void {
    if (!this.#ledger.exists) return;
    const { id, ...rest } = personRow(person);
    const command = { id: `known:${this.revision}:${crypto.randomUUID()}`, command: "sign_up", person: id, ...rest };
    this.#apply(JSON.stringify(command), undefined);
  }

  /** What a principal may do here, cut down to travel; nothing for who is no active member. */
  capsule(principal: string, life: Life): Issued | undefined {
    return this.#held.safely(({ directory }) => {
      if (!this.#isActive(directory, principal)) return undefined;
      return { bytes: directory.capsule(principal, this.#name, life), revision: directory.revision };
    });
  }

  /** What makes the capsule of now of an older one; nothing for who is no active member. */
  delta(principal: string, from: Uint8Array, life: Life): Issued | undefined {
    const fresh = this.capsule(principal, life);
    return fresh === undefined ? undefined : { bytes: capsuleDelta(from, fresh.bytes), revision: fresh.revision };
  }

  /** What the list of a member says of the organization; nothing for who is none. */
  entry(person: string): Entry | undefined {
    return this.#held.safely(({ roster }) => roster.entry(person));
  }

  /** What creating another organization from here needs. */
  projection(person: string): Projection | undefined {
    const entry = this.entry(person);
    return entry === undefined ? undefined : { entry };
  }

  /** Whether a principal is active here. */
  isActive(principal: string): boolean {
    return this.#held.safely(({ directory }) => this.#isActive(directory, principal));
  }

  /** Whether an invite waits for an address. */
  awaits(address: string): boolean {
    return this.#held.safely(({ roster }) => roster.invites(address).length > 0);
  }

  /** The address that an invite was sent to; nothing where there is no such invite. */
  invited(invite: string): string | undefined {
    return this.#held.safely(({ roster }) => roster.addressOf(invite));
  }

  /** A question, for an asker. */
  ask(question: Question, as: string): Answer {
    const asked = asker(as);
    return this.#held.safely(({ directory, at }) =>
      answered(question, {
        ...{ directory, rules: this.#rules, organization: this.#name, as: asked, now: this.#held.now(at) },
        log: (before) => (this.#ledger.exists ? this.#ledger.before(before) : []),
      }),
    );
  }

  /** All of it, for the host alone; nothing where there is no organization and never was. */
  document(): DirectoryDocument | undefined {
    return this.#ledger.exists ? this.#held.safely(({ directory }) => directory.document()) : undefined;
  }

  /**
   * Changes after a revision, the oldest first, for the host alone: laid over a document of that revision they come to the one in force.
   * Throws `ERR_REVISION` where some of them are kept no longer, or are still to come: begin with the document.
   */
  changes(asked: ChangesAsked): Changes {
    return changesIn(this.#ledger, asked, this.revision);
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
    return this.#held.safely(({ directory, roster }) => told.map(({ to }) => noteFor(to, roster, directory.revision)));
  }

  /** These have been told. */
  delivered(notes: readonly Note[]): void {
    if (notes.length > 0) this.#ledger.delivered(notes);
  }

  /**
   * Hears of each revision on behalf of a principal, until the function that this gives is called. Where they listen more than 16 times,
   * the oldest of them ends.
   */
  subscribe(as: string, listener: Listener): () => void {
    return this.#held.listeners.add(as, listener);
  }

  /** Whether somebody listens. */
  get isWatched(): boolean {
    return this.#held.listeners.any;
  }

  /** Gives the memory of the directory back; the next question reads it again. */
  rest(): void {
    this.#held.rest();
  }

  #apply(command: string, actor: string | undefined): Outcome {
    mustName(stated(command), this.#name);
    return this.#held.safely((loaded) => {
      const made = this.#made(command);
      const refusal = made?.actor === actor ? undefined : this.#toStranger(command, actor, loaded);
      if (refusal !== undefined) return refusal;
      if (made !== undefined) return this.#again(made, command, actor, loaded);
      const told = carryOut(loaded.directory, command, actor, this.#held.now(loaded.at));
      if (told.ok && told.change.repeated !== true) this.#held.write(loaded, told.change);
      const outcome = outcomeOf(told);
      return actor === undefined || !outcome.ok ? outcome : this.#seen(outcome, actor, loaded);
    });
  }

  /** A change without notes of what whoever made it may not know. */
  #seen(outcome: Extract<Outcome, { ok: true }>, as: string, { directory, at }: Loaded): Outcome {
    if (outcome.change.notes === undefined) return outcome;
    const asked = { directory, rules: this.#rules, organization: this.#name, as, now: this.#held.now(at) };
    return { ...outcome, change: { ...outcome.change, notes: notesFor(asked, outcome.change) } };
  }

  /** The change that a command made whose id is in the log. */
  #made(command: string): Change | undefined {
    const { id } = stated(command);
    return this.#ledger.exists && typeof id === "string" ? this.#ledger.made(id) : undefined;
  }

  /** The answer to a command whose id was used. */
  #again(made: Change, command: string, actor: string | undefined, { directory, at }: Loaded): Outcome {
    const outcome = answerAgain(this.#rules, made, command, actor, this.#held.now(at));
    if (!outcome.ok) return outcome;
    const { revision } = directory;
    return { ok: true, change: { ...outcome.change, before: revision, after: revision }, revision };
  }

  /** Why somebody who is not active here may not do it, whatever ids are used here. */
  #toStranger(command: string, actor: string | undefined, { directory, at }: Loaded): Refusal | undefined {
    if (actor === undefined || this.#isActive(directory, actor)) return undefined;
    return refusalAsNew(directory, command, actor, this.#held.now(at));
  }

  #isActive(directory: Directory, principal: string): boolean {
    return directory.organizations(principal).some(({ id }) => id === this.#name);
  }
}
