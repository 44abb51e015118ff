import type { PolicyDocument } from "../api/documents.js";
import { PersonLedger, type Reserved } from "./person-ledger.js";
import { PersonAuthority } from "./person.js";
import type { Note } from "./places.js";
import { type Rules, rulesOf } from "./rules.js";
import { shardOf } from "./shards.js";
import type { Sql } from "./sql.js";

/** What the persons of a shard are kept with. */
export interface PersonsSettings {
  readonly policy: Rules | PolicyDocument | string;
  /** Which persons: those of whom {@link shardOf} says so. */
  readonly shard: number;
  readonly sql: Sql;
  /** Milliseconds since 1970; `Date.now` if absent. */
  readonly clock?: (() => number) | undefined;
  /** Called within the transaction that wrote a reservation, which must be settled even if the host stops. */
  readonly wake?: (() => void) | undefined;
}

/**
 * The persons of one shard, in one database.
 *
 * @example
 * const shard = shardOf("user/ana@acme.com");
 * const persons = new PersonsAuthority({ policy: pinecone, shard, sql: overDatabase(new DatabaseSync(`persons-${shard}.db`)) });
 * persons.person("user/ana@acme.com").signIn({ id: "ana@acme.com", name: "Ana" }); // { first: true }
 */
export class PersonsAuthority {
  readonly shard: number;
  readonly #rules: Rules;
  readonly #ledger: PersonLedger;
  readonly #clock: () => number;
  readonly #wake: (() => void) | undefined;

  constructor({ policy, shard, sql, clock, wake }: PersonsSettings) {
    this.shard = shard;
    this.#rules = rulesOf(policy);
    this.#ledger = new PersonLedger(sql, shard);
    this.#clock = clock ?? Date.now;
    this.#wake = wake;
  }

  /** One of them. Throws for a principal of another shard. */
  person(principal: string): PersonAuthority {
    this.#mustBeHere(principal);
    return new PersonAuthority({ principal, rules: this.#rules, ledger: this.#ledger, clock: this.#clock, wake: this.#wake });
  }

  /** Takes notes in, all or none; one of an earlier revision than was told changes nothing. */
  told(notes: readonly Note[]): void {
    for (const { to } of notes) this.#mustBeHere(to);
    this.#ledger.atomically(() => {
      for (const note of notes) this.#ledger.told(note);
    });
  }

  /** Creations without an answer. */
  unsettled(): Reserved[] {
    return this.#ledger.unsettled();
  }

  #mustBeHere(principal: string): void {
    if (shardOf(principal) !== this.shard) throw new Error(`\`${principal}\` is not kept in shard ${this.shard}`);
  }
}
