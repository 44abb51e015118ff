import type { Change } from "../api/commands.js";
import type { DirectoryDocument, PolicyDocument } from "../api/documents.js";
import { Held } from "./held.js";
import { Ledger } from "./ledger.js";
import { Loaded, snapshotOf, startOf } from "./loaded.js";
import { noteFor } from "./notes.js";
import { answerAgain, asker, carryOut, mustName, outcomeOf, personRow, refused, stated } from "./outcome.js";
import { pageSize } from "./page.js";
import type { Adoption, Answer, Changes, ChangesAsked, Entry, Issued, Life, Note, Outcome, Person, Projection, Question, Refusal } from "./places.js";
import { answered } from "./questions.js";
import { type Rules, rulesOf } from "./rules.js";
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

/** Who asks in the host's name whether an id is used. */
const STRANGER: Person = { id: "host@host" };
const CREATE = (organization: string): string => JSON.stringify({ id: "adopt", command: "create_organization", organization });

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

  constructor({ policy, name, sql, clock = Date.now, keep = 100_000, wake }: OrganizationSettings) {
    this.#name = name;
    this.#rules = rulesOf(policy);
    this.#ledger = new Ledger(sql, name);
    this.#held = new Held({ name, rules: this.#rules, ledger: this.#ledger, clock, keep, wake });
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
      if (!this.#ledger.exists) return this.#first(command, creator);
      return this.#again(command, actor, loaded) ?? this.#taken(command, creator, loaded);
    });
  }

  /**
   * An organization that exists elsewhere moves in, and everybody in it is told: JSON text of a directory with it alone, which becomes the
   * state before the first change here. `conflict` where it exists or existed, unless it is the same still. Throws what `Directory.load`
   * throws, and `ERR_ORGANIZATION` for a document of another organization, or of several.
   */
  adopt(document: string): Adoption {
    return this.#held.safely((now) => {
      const loaded = Loaded.of(this.#name, this.#rules, document);
      const start = loaded.start();
      if (!this.#ledger.exists) {
        this.#held.begin(loaded, start, loaded.roster.everyone());
        return { ok: true, revision: start.revision };
      }
      loaded.directory.free();
      if (JSON.stringify(now.directory.document()) === new TextDecoder().decode(start.bytes)) return { ok: true, revision: start.revision };
      return this.#taken(CREATE(this.#name), STRANGER, now);
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

  /** A question, for an asker. */
  ask(question: Question, as: string): Answer {
    const asked = asker(as);
    return this.#held.safely(({ directory, at }) =>
      answered(question, {
        ...{ directory, rules: this.#rules, organization: this.#name, as: asked, now: this.#held.now(at) },
        log: (before, limit) => (this.#ledger.exists ? this.#ledger.before(before, limit) : []),
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
  changes({ after, limit }: ChangesAsked): Changes {
    const { revision } = this;
    if (!this.#ledger.exists || after < this.#ledger.oldest() || after > revision)
      throw new BailiwickError("ERR_REVISION", "not all changes after this revision are here, begin with the document", "after");
    const changes: Change[] = [];
    for (const text of this.#ledger.after(after)) {
      if (changes.length === pageSize(limit)) return { changes, revision, next: after + changes.length };
      changes.push(JSON.parse(text) as Change);
    }
    return { changes, revision };
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

  /** Hears of each revision, until the function that this gives is called. */
  subscribe(listener: (revision: number) => void): () => void {
    return this.#held.subscribe(listener);
  }

  /** Whether somebody listens. */
  get isWatched(): boolean {
    return this.#held.isWatched;
  }

  /** Gives the memory of the directory back; the next question reads it again. */
  rest(): void {
    this.#held.rest();
  }

  #apply(command: string, actor: string | undefined): Outcome {
    mustName(stated(command), this.#name);
    return this.#held.safely((loaded) => {
      const again = this.#again(command, actor, loaded);
      if (again !== undefined) return again;
      const told = carryOut(loaded.directory, command, actor, this.#held.now(loaded.at));
      if (told.ok && told.change.repeated !== true) this.#held.write(loaded, told.change);
      return outcomeOf(told);
    });
  }

  /** The answer to a command whose id is in the log. */
  #again(command: string, actor: string | undefined, { directory, at }: Loaded): Outcome | undefined {
    const { id } = stated(command);
    const made = this.#ledger.exists && typeof id === "string" ? this.#ledger.made(id) : undefined;
    if (made === undefined) return undefined;
    const outcome = answerAgain(this.#rules, made, command, actor, this.#held.now(at));
    if (!outcome.ok) return outcome;
    const { revision } = directory;
    return { ok: true, change: { ...outcome.change, before: revision, after: revision }, revision };
  }

  #first(command: string, creator: Person): Outcome {
    const start = startOf(this.#rules, [personRow(creator)]);
    const loaded = Loaded.of(this.#name, this.#rules, start);
    const told = carryOut(loaded.directory, command, `user/${creator.id}`, this.#held.now(0));
    if (told.ok) this.#held.begin(loaded, snapshotOf(start, 0), [], told.change);
    else loaded.directory.free();
    return outcomeOf(told);
  }

  /** The refusal of the core for an id that is used, whoever asks. */
  #taken(command: string, creator: Person, { at }: Loaded): Refusal {
    const start = startOf(this.#rules, [personRow(creator)]);
    const directory = Directory.load(this.#rules.policy, { ...start, retired: [`organization/${this.#name}`] });
    try {
      return refused(carryOut(directory, command, `user/${creator.id}`, this.#held.now(at)));
    } finally {
      directory.free();
    }
  }

  #isActive(directory: Directory, principal: string): boolean {
    return directory.organizations(principal).some(({ id }) => id === this.#name);
  }
}
