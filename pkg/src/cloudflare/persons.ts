import { DurableObject } from "cloudflare:workers";
import { personsPlace } from "../authority/host.js";
import { PersonsAuthority } from "../authority/persons.js";
import type { Note } from "../authority/places.js";
import { type Crossed, packed } from "./crossing.js";
import { type Shared, called, nameOf } from "./organization.js";
import { METHODS, placesOver } from "./places.js";
import type { ObjectClass, ObjectState } from "./platform.js";
import { overStorage } from "./storage.js";

/** When an organization that was reserved is gone on with, should nobody ask again, in milliseconds. */
const SOON = 5_000;

const LONGEST_WAIT = 60_000;

/** The class of the object that keeps the persons of one shard: its name is the number of that. */
export function personsClass<Env>({ rules, bindings }: Shared<Env>): ObjectClass<Env> {
  return class Persons extends DurableObject<Env> {
    readonly #place: ReturnType<typeof personsPlace>;
    #failures = 0;

    constructor(ctx: ObjectState, env: Env) {
      super(ctx, env);
      const sql = overStorage(ctx.storage);
      const wake = (): void => void ctx.storage.setAlarm(Date.now() + SOON);
      const authority = new PersonsAuthority({ policy: rules, shard: Number(nameOf(ctx, sql)), sql, wake });
      this.#place = personsPlace(() => authority, placesOver(bindings(env)));
    }

    /** For the worker: `told` with the notes, or a method of a person's place with whose it is. */
    carryOut(method: string, values: readonly unknown[]): Promise<Crossed> {
      return packed(() => {
        const [first, ...rest] = values;
        if (method === "told") return this.#place.told(first as readonly Note[]);
        return called(this.#place.person(String(first)), METHODS.person, method, rest);
      });
    }

    /** Goes on with what was reserved and has no answer yet. */
    async alarm(): Promise<void> {
      const isDone = await this.#place.resume().catch(() => false);
      this.#failures = isDone ? 0 : this.#failures + 1;
      if (!isDone) await this.ctx.storage.setAlarm(Date.now() + Math.min(SOON * 2 ** this.#failures, LONGEST_WAIT));
    }
  };
}
