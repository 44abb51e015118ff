import type { PolicyDocument } from "../api/documents.js";
import { type PersonsPlace, organizationPlace, personsPlace } from "./host.js";
import { type Kept, Shelf, lazily } from "./shelf.js";
import { OrganizationAuthority } from "./organization.js";
import { PersonsAuthority } from "./persons.js";
import type { Note, OrganizationPlace, PersonPlace, Places } from "./places.js";
import { type Rules, rulesOf } from "./rules.js";
import { type Owner, ownerOf } from "./schema.js";
import { shardOf } from "./shards.js";
import { type Database, overDatabase } from "./sql.js";
import { deliver } from "./telling.js";

/** What the places of one process are opened with. */
export interface PlacesSettings {
  readonly policy: Rules | PolicyDocument | string;
  /**
   * Opens the database of a name, as {@link databaseName} makes it: it is fit for a file. `make` is false where nothing is to be written:
   * a database that is not there may stay away (`undefined`), so that nobody fills the disk by asking.
   */
  readonly databases: (name: string, make: boolean) => Database | undefined;
  /** The names of all databases, for `resume`. */
  readonly names?: (() => Iterable<string>) | undefined;
  /** Milliseconds since 1970; `Date.now` if absent. */
  readonly clock?: (() => number) | undefined;
  /** How many changes of an organization are kept; 100,000 if absent. */
  readonly keep?: number | undefined;
  /** How many organizations, and how many shards of persons, of which there are 64, are held open at once; 100 if absent. */
  readonly most?: number | undefined;
}

/** The places of one process. */
export interface OpenPlaces extends Places {
  /**
   * After a start: tells what was not told, and goes on with what was not finished. Throws what the first database throws that fails, after
   * all others.
   */
  resume(): Promise<void>;
  /** When everybody has been told of everything so far, as far as that goes. */
  settled(): Promise<void>;
  /** Waits for that, and closes the databases. */
  close(): Promise<void>;
}

/**
 * Keeps organizations and persons in this process: for development, and for whoever hosts themselves. Each organization has a database of
 * its own, and persons lie in 64, each in one of them. The databases belong to this process alone.
 *
 * @example
 * const places = openPlaces({
 *   policy: pinecone,
 *   databases: (name, make) => (make || existsSync(`data/${name}`) ? new DatabaseSync(`data/${name}`) : undefined),
 *   names: () => readdirSync("data").filter((name) => !/-(wal|shm)$/.test(name)),
 * });
 * await places.resume();
 */
export function openPlaces(settings: PlacesSettings): OpenPlaces {
  return new InProcess(settings);
}

/**
 * The name of a database: its kind, `-`, and small letters, digits, `_`, `.`, `@`, and `~` before the two hexadecimal digits of any other byte. No other
 * organization or person has it. It is as long as the id, or up to three times that: where the system's file names are shorter, put a digest
 * in place of a long one. `resume` may hand that to `databases` in place of the name.
 */
export function databaseName({ kind, name }: Owner): string {
  const letters = Array.from(new TextEncoder().encode(name), (byte) => {
    const letter = String.fromCharCode(byte);
    return /[a-z0-9_.@]/.test(letter) ? letter : `~${byte.toString(16).padStart(2, "0")}`;
  });
  return `${kind}-${letters.join("")}`;
}

/** How many shards are told before others have their turn: each is a transaction on the disk, and nothing else goes on meanwhile. */
const AT_ONCE = 1;

class InProcess implements OpenPlaces {
  readonly #settings: PlacesSettings;
  readonly #rules: Rules;
  readonly #organizations: Shelf<OrganizationAuthority>;
  readonly #persons: Shelf<PersonsAuthority>;
  /** What is under way, by organization. */
  readonly #telling = new Map<string, Promise<unknown>>();
  readonly #waiting = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(settings: PlacesSettings) {
    this.#settings = settings;
    this.#rules = rulesOf(settings.policy);
    this.#organizations = new Shelf(settings.most ?? 100);
    this.#persons = new Shelf(settings.most ?? 100);
  }

  organization(id: string): OrganizationPlace {
    const place = organizationPlace(() => this.#organization(id), this);
    const telling = async <T>(done: Promise<T>): Promise<T> => {
      try {
        return await done;
      } finally {
        this.#tell(id);
      }
    };
    return {
      ...place,
      found: (command, creator) => telling(place.found(command, creator)),
      adopt: (document) => telling(place.adopt(document)),
      apply: (command, actor) => telling(place.apply(command, actor)),
      applyAsHost: (command) => telling(place.applyAsHost(command)),
    };
  }

  person(principal: string): PersonPlace {
    return this.#shard(shardOf(principal)).person(principal);
  }

  tell(shard: number, notes: readonly Note[]): Promise<void> {
    return this.#shard(shard).told(notes);
  }

  async revision(organization: string): Promise<number> {
    return this.#organization(organization).revision;
  }

  async resume(): Promise<void> {
    const failed: unknown[] = [];
    for (const name of this.#settings.names?.() ?? []) await this.#resume(name).catch((error) => failed.push(error));
    await this.settled();
    if (failed.length > 0) throw failed[0];
  }

  async #resume(name: string): Promise<void> {
    const owner = this.#ownerOf(name);
    if (owner?.kind === "organization") this.#tell(owner.name);
    if (owner?.kind === "persons") await this.#shard(Number(owner.name)).resume();
  }

  async settled(): Promise<void> {
    while (this.#telling.size > 0) await Promise.all(this.#telling.values());
  }

  async close(): Promise<void> {
    await this.settled();
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    this.#organizations.clear();
    this.#persons.clear();
  }

  /** Tells after what is told already: each run tells all. What fails is tried once more at once, and then later and later. */
  #tell(id: string, wait = 1_000): void {
    const all = async () => deliver(() => this.#organization(id), this, AT_ONCE).catch(() => false);
    const told = (this.#telling.get(id) ?? Promise.resolve()).then(async () => (await all()) || (await all()));
    const done = told.then((whole) => {
      if (this.#telling.get(id) === done) this.#telling.delete(id);
      if (!whole) this.#later(id, wait);
    });
    this.#telling.set(id, done);
  }

  #later(id: string, wait: number): void {
    clearTimeout(this.#waiting.get(id));
    const timer = setTimeout(() => this.#tell(id, Math.min(wait * 2, 60_000)), wait);
    this.#waiting.set(id, timer);
    timer.unref?.(); // nobody waits for it: `resume` does the same after the next start
  }

  #organization(name: string): OrganizationAuthority {
    const { clock, keep } = this.#settings;
    return this.#organizations.get(name, (shelve) => {
      const sql = this.#sqlOf({ kind: "organization", name }, shelve);
      const authority = new OrganizationAuthority({ policy: this.#rules, name, sql, clock, keep });
      return { value: authority, sql, rest: () => authority.rest(), isBusy: () => authority.isWatched };
    });
  }

  #shard(shard: number): PersonsPlace {
    return personsPlace(() => this.#personsOf(shard), this);
  }

  #personsOf(shard: number): PersonsAuthority {
    const { clock } = this.#settings;
    const name = String(shard);
    return this.#persons.get(name, (shelve) => {
      const sql = this.#sqlOf({ kind: "persons", name }, shelve);
      const authority = new PersonsAuthority({ policy: this.#rules, shard, sql, clock });
      return { value: authority, sql, rest: () => undefined, isBusy: () => false };
    });
  }

  #sqlOf(owner: Owner, shelve: () => void): Kept<unknown>["sql"] {
    const name = databaseName(owner);
    return lazily((make) => this.#settings.databases(name, make), shelve);
  }

  #ownerOf(name: string): Owner | undefined {
    const database = this.#settings.databases(name, false);
    if (database === undefined) return undefined;
    const owner = ownerOf(overDatabase(database));
    if (owner === undefined) return undefined;
    const open = owner.kind === "organization" ? this.#organizations : this.#persons;
    if (!open.has(owner.name)) database.close?.();
    return owner;
  }
}
