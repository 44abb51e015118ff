import { DurableObject } from "cloudflare:workers";
import { organizationPlace } from "../authority/host.js";
import { OrganizationAuthority } from "../authority/organization.js";
import type { OrganizationPlace } from "../authority/places.js";
import type { Rules } from "../authority/rules.js";
import { ownerOf } from "../authority/schema.js";
import type { Sql } from "../authority/sql.js";
import { deliver } from "../authority/telling.js";
import { type Crossed, packed } from "./crossing.js";
import { type Bindings, METHODS, placesOver } from "./places.js";
import type { ObjectClass, ObjectState } from "./platform.js";
import { Publisher } from "./publisher.js";
import { overStorage } from "./storage.js";

/** When what was written is told at the latest, in milliseconds, should the object go before it has told it. */
const SOON = 2_000;

/** How long to wait with the next try at most. */
const LONGEST_WAIT = 60_000;

/** After these there may be something to tell. */
const CHANGING = ["found", "apply", "applyAsHost", "know", "adopt"];

/** What an object is made with: the same for all of a worker. */
export interface Shared<Env> {
  readonly rules: Rules;
  readonly bindings: (env: Env) => Bindings;
}

/** The class of an organization's object. Nothing is read or compiled before it is asked. */
export function organizationClass<Env>({ rules, bindings }: Shared<Env>): ObjectClass<Env> {
  return class Organization extends DurableObject<Env> {
    readonly #authority: OrganizationAuthority;
    readonly #place: OrganizationPlace;
    readonly #publisher: Publisher;
    readonly #deliver: () => Promise<boolean>;
    #flushing: Promise<void> | undefined;
    #failures = 0;

    constructor(ctx: ObjectState, env: Env) {
      super(ctx, env);
      const sql = overStorage(ctx.storage);
      const name = nameOf(ctx, sql);
      const reached = bindings(env);
      const places = placesOver(reached);
      const wake = (): void => void ctx.storage.setAlarm(Date.now() + SOON);
      this.#authority = new OrganizationAuthority({ policy: rules, name, sql, wake });
      const open = (): OrganizationAuthority => this.#authority;
      this.#place = organizationPlace(open, places);
      this.#publisher = new Publisher(reached.revisions, name, () => this.#authority.revision);
      this.#deliver = () => deliver(open, places);
    }

    /** For the worker: a method of the place. */
    async carryOut(method: string, values: readonly unknown[]): Promise<Crossed> {
      const crossed = await packed(() => called(this.#place, METHODS.organization, method, values));
      if (CHANGING.includes(method)) this.ctx.waitUntil(this.#flush());
      return crossed;
    }

    /** The revisions as they come, for the principal in the query. */
    async fetch({ url }: Request): Promise<Response> {
      return new Response(await this.#place.revisions(new URL(url).searchParams.get("as") ?? ""));
    }

    async alarm(): Promise<void> {
      await this.#flush();
    }

    /** Tells what was written: once for all who changed something meanwhile. */
    #flush(): Promise<void> {
      this.#flushing ??= this.#tell().finally(() => {
        this.#flushing = undefined;
      });
      return this.#flushing;
    }

    async #tell(): Promise<void> {
      try {
        let all: boolean;
        do [all] = await Promise.all([this.#deliver(), this.#publisher.publish()]);
        while (all && !this.#isTold);
        this.#failures = all ? 0 : this.#failures + 1;
      } catch {
        this.#failures += 1;
      }
      if (this.#failures === 0 && this.#isTold) await this.ctx.storage.deleteAlarm();
      else await this.ctx.storage.setAlarm(Date.now() + Math.min(SOON * 2 ** this.#failures, LONGEST_WAIT));
    }

    get #isTold(): boolean {
      return this.#publisher.isCurrent && this.#authority.pending(1).length === 0;
    }
  };
}

/** What the object is called. Whoever finds it says so; an alarm does not, but then its database does. */
export function nameOf({ id }: ObjectState, sql: Sql): string {
  const name = id.name ?? ownerOf(sql)?.name;
  if (name !== undefined) return name;
  throw new Error("this object was not found by a name: `idFromName`");
}

/** Calls one of the methods that may be called from outside. */
export async function called(place: object, names: readonly string[], method: string, values: readonly unknown[]): Promise<unknown> {
  if (!names.includes(method)) throw new Error("there is no such method");
  return (place as Record<string, (...values: readonly unknown[]) => Promise<unknown>>)[method]?.(...values);
}
