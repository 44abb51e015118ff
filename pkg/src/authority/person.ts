import type { Change } from "../api/commands.js";
import type { DirectoryDocument, MembershipDocument, OrganizationDocument } from "../api/documents.js";
import { answerAgain, carryOut, outcomeOf, personRow, stated } from "./outcome.js";
import type { PersonLedger } from "./person-ledger.js";
import type { Entry, Invited, Outcome, Person, Projection } from "./places.js";
import { type Rules, isLost } from "./rules.js";
import { Directory } from "bailiwick";

/** What a person's list is kept with: the same for all of a shard. */
export interface PersonSettings {
  /** `user/<id>`, or `address:<mail>`: of an address only who signed in with it and what waits for it is kept. */
  readonly principal: string;
  readonly rules: Rules;
  readonly ledger: PersonLedger;
  readonly clock: () => number;
  readonly wake: (() => void) | undefined;
}

/**
 * The list of one person: in which organizations they are, what waits for them, which they created (rule 12). What organizations tell may
 * come twice and late; the newest revision of each counts.
 *
 * @example
 * const ana = persons.person("user/ana@acme.com");
 * ana.signIn({ id: "ana@acme.com", name: "Ana" }); // { first: true }
 * ana.me(); // { person: { id: "ana@acme.com", name: "Ana" }, organizations: [], invites: [] }
 */
export class PersonAuthority {
  readonly principal: string;
  readonly #rules: Rules;
  readonly #ledger: PersonLedger;
  readonly #clock: () => number;
  readonly #wake: (() => void) | undefined;

  /** For `PersonsAuthority`. */
  constructor({ principal, rules, ledger, clock, wake }: PersonSettings) {
    this.principal = principal;
    this.#rules = rules;
    this.#ledger = ledger;
    this.#clock = clock;
    this.#wake = wake;
  }

  /** Keeps who signed in. `first`: nobody had. */
  signIn(person: Person): { readonly first: boolean } {
    const known = this.#ledger.person(this.principal);
    const same = known !== undefined && JSON.stringify(known) === JSON.stringify(kept(person));
    if (!same) this.#ledger.atomically(() => this.#ledger.signedIn(this.principal, kept(person)));
    return { first: known === undefined };
  }

  /** Who signed in, where they are, what waits for them now. Nothing where nobody did. */
  me(): { readonly person: Person; readonly organizations: readonly Entry[]; readonly invites: readonly Invited[] } | undefined {
    const person = this.#ledger.person(this.principal);
    if (person === undefined) return undefined;
    const now = this.#clock();
    const invites = this.#ledger.invites(this.principal).filter(({ until }) => until === undefined || now < until);
    return { person, organizations: this.#ledger.entries(this.principal), invites };
  }

  /**
   * Decides whether they may create an organization, and keeps that they do, so that no other begins meanwhile. The core decides over what
   * is known here: who they are, what they created, and for `from` how they stand in that organization. Repeated, it goes on.
   */
  reserve(command: string, person: Person, from?: Projection): Outcome {
    return this.#safely(() => {
      const { id } = stated(command);
      const made = typeof id === "string" ? this.#ledger.reserved(this.principal, id) : undefined;
      if (made !== undefined) return answerAgain(this.#rules, made, command, `user/${person.id}`, this.#clock());
      const told = this.#decided(command, person, from);
      if (told.ok) this.#keep(told.change, command, person);
      return outcomeOf(told);
    });
  }

  /** After the organization's answer: it was created, or the reservation goes. */
  settle(command: string, created: boolean): void {
    this.#ledger.atomically(() => this.#ledger.settle(this.principal, command, created));
  }

  #keep(change: Change, text: string, person: Person): void {
    this.#ledger.atomically(() => {
      this.#ledger.reserve(this.principal, change, text, kept(person));
      this.#wake?.();
    });
  }

  #decided(command: string, person: Person, from: Projection | undefined) {
    const directory = Directory.load(this.#rules.policy, this.#stubs(person, from));
    try {
      return carryOut(directory, command, `user/${person.id}`, this.#clock());
    } finally {
      directory.free();
    }
  }

  /** What is known here as a directory: the organizations that they created, and the one that was looked at, with a stand-in for owner. */
  #stubs(person: Person, from: Projection | undefined): DirectoryDocument {
    const me = personRow(person);
    const standIn = { id: `x${me.id}`, ...(me.email === undefined ? {} : { email: `x${me.email}` }) };
    const owner = { member: `user/${standIn.id}`, roles: [this.#rules.top] };
    const [edition] = Object.keys(this.#rules.document.editions);
    const created = this.#ledger.created(this.principal).filter((id) => id !== from?.entry.id);
    const stubs = created.map((id) => ({ id, edition: edition ?? "", creator: `user/${me.id}`, members: [owner] }));
    const looked = from === undefined ? [] : [projected(from, `user/${me.id}`, owner)];
    return { format: 1, people: [me, standIn], organizations: [...stubs, ...looked] };
  }

  #safely<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (!isLost(error)) throw error;
      this.#rules.renew();
      return work();
    }
  }
}

function projected({ entry }: Projection, me: string, owner: MembershipDocument): OrganizationDocument {
  const { id, edition, roles, active, created } = entry;
  const members = [{ member: me, roles, suspended: !active }, owner];
  return { id, edition, ...(created ? { creator: me } : {}), members };
}

/** What is kept of an identity. */
function kept({ id, email, name }: Person): Person {
  return { id, ...(email === undefined ? {} : { email }), ...(name === undefined ? {} : { name }) };
}
