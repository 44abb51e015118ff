// The one file that knows how the authority is spoken to. Everything else asks these functions.
import type {
  Change,
  Command,
  DirectoryDocument,
  Grantable,
  ListPage,
  PeopleMatrix,
  PolicyDocument,
  Preview,
  WhoPage,
} from "bailiwick";
import { Access, init } from "bailiwick/access/slim";
import moduleUrl from "bailiwick/access.wasm?url";
import {
  type Asking,
  Account as Caller,
  type CommandAnswer,
  type Connection,
  type Me,
  type Person,
  type RefusedAnswer,
  connect,
} from "bailiwick/authority/client";
import type { AccessStore } from "bailiwick/store";

export type { Entry, Invited, Me, Person } from "bailiwick/authority/client";

/** Why something was not done, and what would turn it. */
export type Refused = RefusedAnswer;

/** An answer, or the refusal. */
export type Told<T> = ({ readonly ok: true } & T) | Refused;

/** A command that was carried out. */
export type Done = Extract<CommandAnswer, { ok: true }>;

/** An organization as far as the asker may see it. */
export interface View {
  readonly revision: number;
  readonly document: DirectoryDocument;
  readonly sees: { readonly members: boolean };
  /** How much of each limit is used. */
  readonly used: Readonly<Record<string, number>>;
}

/** What those are called whom an answer names, where the view does not say it: by `user/…`, `group/…`. */
export interface Called {
  readonly names?: Readonly<Record<string, string>>;
}

/** A command without what the link fills in: its id and the organization. */
export type Fields = Command extends infer C ? (C extends Command ? Omit<C, "id" | "organization"> : never) : never;

/** The state of a link, replaced when something in it changes. */
export interface LinkState {
  readonly revision: number;
  /** `gone`: no active member, or no such organization. `cut`: the service does not answer, and what is shown may be old. */
  readonly status: "open" | "gone" | "cut";
}

/** The page comes from where the service is. */
const BASE = `${window.location.origin}/api`;

/** Whether an error says that there is no such thing, or none for who asks. */
export const isGone = (error: unknown): boolean => codeOf(error) === "ERR_NO_ACCESS";

/** Whether an error says that nobody is signed in any more. */
export const isSignedOut = (error: unknown): boolean => codeOf(error) === "ERR_IDENTITY";

/** The role model of the product. */
export async function policy(): Promise<PolicyDocument> {
  const response = await fetch(`${BASE}/policy`).catch(() => undefined);
  if (response?.ok !== true) throw new Error("It does not answer, or not with the roles of its product.");
  return (await response.json()) as PolicyDocument;
}

/** Somebody who may be chosen to sign in, and what is said of them. */
export interface Candidate extends Person {
  readonly about?: string;
}

/** Who may be chosen to sign in; nothing where there is no development issuer. */
export async function candidates(): Promise<readonly Candidate[] | undefined> {
  const response = await fetch(`${BASE}/development/people`).catch(() => undefined);
  return response?.ok === true ? ((await response.json()) as { people: readonly Candidate[] }).people : undefined;
}

/** Signs somebody in at the development issuer. */
export async function signIn(person: string, name?: string): Promise<string> {
  const body = JSON.stringify({ person, ...(name !== undefined && { name }) });
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${BASE}/development/sign-in`, { method: "POST", headers, body });
  if (!response.ok) throw new Error(`${person} could not be signed in.`);
  return ((await response.json()) as { token: string }).token;
}

/** How long, in milliseconds, until the service is asked again that did not answer. */
const AGAIN = 2_000;

/** What a signed-in person may ask beside any organization. */
export class Account {
  readonly #token: () => string;
  readonly #caller: Caller;

  constructor(token: string) {
    this.#token = () => token;
    this.#caller = new Caller({ base: BASE, token: this.#token });
  }

  me(): Promise<Me> {
    return this.#caller.me();
  }

  create(organization: string, name: string, from?: string): Promise<CommandAnswer> {
    return this.#caller.create({
      command: "create_organization",
      organization,
      name,
      ...(from !== undefined && { from }),
    });
  }

  accept(organization: string, invite: string): Promise<CommandAnswer> {
    return this.#caller.accept(organization, invite);
  }

  /** Opens an organization. It throws what `isGone` knows for who is no active member; `signedOut` is told when the token holds no longer. */
  async open(organization: string, signedOut: () => void): Promise<Link> {
    await init(moduleUrl);
    let link: Link | undefined;
    const failed = (error: unknown) => (isSignedOut(error) ? signedOut() : link?.failed(error));
    link = new Link(await connect({ base: BASE, token: this.#token, organization, access: Access, failed }));
    return link;
  }
}

/** One organization, kept up to date: what its person may do, and what they may ask of it. */
export class Link {
  readonly organization: string;
  readonly store: AccessStore;
  readonly #connection: Connection;
  readonly #listeners = new Set<() => void>();
  #state: LinkState;
  #again: ReturnType<typeof setTimeout> | undefined;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.organization = connection.organization;
    this.store = connection.store;
    this.#state = { revision: connection.revision, status: "open" };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    const stop = this.store.subscribe(listener);
    return () => {
      this.#listeners.delete(listener);
      stop();
    };
  };

  readonly getState = (): LinkState => {
    const { revision } = this.#connection;
    const cut = this.#again !== undefined;
    const status = this.store.getSnapshot().access === undefined ? "gone" : cut ? "cut" : "open";
    if (revision !== this.#state.revision || status !== this.#state.status) this.#state = { revision, status };
    return this.#state;
  };

  command(fields: Fields): Promise<CommandAnswer> {
    return this.#connection.command(fields);
  }

  preview(fields: Fields): Promise<Told<Preview>> {
    return this.#connection.preview(fields);
  }

  who(action: string, kind: string, id: string, after?: string): Promise<Told<WhoPage & Called>> {
    return this.#ask({ ask: "who", action, kind, id, ...(after !== undefined && { after }) });
  }

  matrix(kind: string, id: string, after?: string): Promise<Told<PeopleMatrix & Called>> {
    return this.#ask({ ask: "matrix", kind, id, ...(after !== undefined && { after }) });
  }

  list(principal: string, action: string, kind: string): Promise<Told<ListPage>> {
    return this.#ask({ ask: "list", principal, action, kind });
  }

  grantable(target: string, kind: string, id: string): Promise<Told<{ readonly roles: readonly Grantable[] }>> {
    return this.#ask({ ask: "grantable", target, kind, id });
  }

  view(): Promise<Told<View>> {
    return this.#ask({ ask: "view" });
  }

  history(before?: number): Promise<Told<{ readonly changes: readonly Change[]; readonly next?: number }>> {
    return this.#ask({ ask: "history", ...(before !== undefined && { before }) });
  }

  renew(): Promise<void> {
    return this.#connection.renew();
  }

  /** Something went wrong behind the page: it is said, and tried again until the service answers. */
  failed(error: unknown): void {
    if (isGone(error) || this.#again !== undefined) return;
    this.#again = setTimeout(() => void this.#try(), AGAIN);
    this.#tell();
  }

  close(): void {
    clearTimeout(this.#again);
    this.#connection.close();
  }

  async #try(): Promise<void> {
    try {
      await this.#connection.renew();
      this.#again = undefined;
      this.#tell();
    } catch (error) {
      this.#again = undefined;
      this.failed(error);
    }
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  /** The fields of an answer are those that the service documents for the question. */
  async #ask<T>(asking: Asking): Promise<Told<T>> {
    return (await this.#connection.ask(asking)) as Told<T>;
  }
}

function codeOf(error: unknown): unknown {
  return typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
}
