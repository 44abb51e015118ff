import { DurableObject } from "cloudflare:workers";
import { personPlace } from "../authority/host.js";
import { PersonAuthority } from "../authority/person.js";
import { type Crossed, packed } from "./crossing.js";
import { type Shared, called, nameOf } from "./organization.js";
import { METHODS, placesOver } from "./places.js";
import type { ObjectClass, ObjectState } from "./platform.js";
import { overStorage } from "./storage.js";

/** When an organization that was reserved is gone on with, should nobody ask again, in milliseconds. */
const SOON = 5_000;

const LONGEST_WAIT = 60_000;

/** The class of a person's object, and of an address's. */
export function personClass<Env>({ rules, bindings }: Shared<Env>): ObjectClass<Env> {
  return class Person extends DurableObject<Env> {
    readonly #place: ReturnType<typeof personPlace>;
    #failures = 0;

    constructor(ctx: ObjectState, env: Env) {
      super(ctx, env);
      const sql = overStorage(ctx.storage);
      const wake = (): void => void ctx.storage.setAlarm(Date.now() + SOON);
      const authority = new PersonAuthority({ policy: rules, principal: nameOf(ctx, sql), sql, wake });
      this.#place = personPlace(() => authority, placesOver(bindings(env)));
    }

    /** For the worker: a method of the place. */
    carryOut(method: string, values: readonly unknown[]): Promise<Crossed> {
      return packed(() => called(this.#place, METHODS.person, method, values));
    }

    /** Goes on with what was reserved and has no answer yet. */
    async alarm(): Promise<void> {
      const isDone = await this.#place.resume().catch(() => false);
      this.#failures = isDone ? 0 : this.#failures + 1;
      if (!isDone) await this.ctx.storage.setAlarm(Date.now() + Math.min(SOON * 2 ** this.#failures, LONGEST_WAIT));
    }
  };
}
