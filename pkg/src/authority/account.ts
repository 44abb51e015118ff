import type { Command } from "../api/commands.js";
import type { Decision } from "../api/decision.js";
import type { Note } from "../api/commands.js";
import type { PolicyDocument } from "../api/documents.js";
import { Caller, type CallerSettings, errorOf } from "./caller.js";
import type { Entry, Invited, Person } from "./places.js";

/** A refusal, and why. */
export interface RefusedAnswer {
  readonly ok: false;
  readonly decision: Decision;
  /** The same in a sentence. */
  readonly text: string;
}

/** What a command came to. */
export type CommandAnswer =
  | {
      readonly ok: true;
      /** The organization's revision with it. */
      readonly revision: number;
      /** It was carried out before: this is that answer. */
      readonly repeated?: boolean;
      /** What came out otherwise than was asked for. */
      readonly notes?: readonly Note[];
    }
  | RefusedAnswer;

/** Who somebody is, and where they are. */
export interface Me {
  readonly principal: string;
  /** Whether they were never here before. */
  readonly first: boolean;
  readonly person: Person;
  readonly organizations: readonly Entry[];
  readonly invites: readonly Invited[];
}

/** A command, of which the id may be left to the client. */
export type Sendable<C> = C extends unknown ? Omit<C, "id" | "organization"> & { readonly id?: string } : never;

type Creation<P extends PolicyDocument> = Extract<Command<P>, { command: "create_organization" }>;

/** Where a command has its id from, if it has none. */
const freshId = (): string => crypto.randomUUID();

/** Completes a command: the same id goes along however often it is sent. */
export function completed(command: { readonly id?: string }, organization: string): object {
  return { organization, ...command, id: command.id ?? freshId() };
}

/**
 * Somebody who is signed in, whatever organization they work in.
 *
 * @example
 * const account = new Account({ base: "https://authority.acme.com", token: () => session.token() });
 * const { organizations, invites } = await account.me(); // for the switcher
 */
export class Account<P extends PolicyDocument = PolicyDocument> {
  protected readonly caller: Caller;

  constructor(settings: CallerSettings) {
    this.caller = new Caller(settings);
  }

  /** Who it is, where they are active, and what waits for them. Whoever asks for the first time has signed up by it. */
  async me(): Promise<Me> {
    return (await this.caller.json({ path: "/me" })) as Me;
  }

  /**
   * Creates an organization. A refusal is an answer.
   *
   * @example
   * await account.create({ command: "create_organization", organization: "acme", name: "Acme" });
   */
  async create(command: Omit<Creation<P>, "id"> & { readonly id?: string }): Promise<CommandAnswer> {
    const body = completed(command, command.organization);
    return (await this.caller.json({ method: "POST", path: "/organizations", body })) as CommandAnswer;
  }

  /** Accepts an invite. Throws `ERR_NO_ACCESS` for one that is not there, or not for who asks. */
  async accept(organization: string, invite: string, id = freshId()): Promise<CommandAnswer> {
    const path = `${pathOf(organization)}/invites/${encodeURIComponent(invite)}/acceptance`;
    return (await this.caller.json({ method: "POST", path, body: { id } })) as CommandAnswer;
  }

  /** The names and roles that capsules are opened with. */
  async vocabulary(): Promise<Uint8Array> {
    const response = await this.caller.send({ path: "/vocabulary" });
    if (!response.ok) throw errorOf(response.status, {});
    return new Uint8Array(await response.arrayBuffer());
  }
}

/** Where an organization is. */
export function pathOf(organization: string): string {
  return `/organizations/${encodeURIComponent(organization)}`;
}
