// The one file that knows how the authority is spoken to. Everything else asks these functions.
import type { Change, Command, DirectoryDocument, Note, PolicyDocument } from "bailiwick";
import type { Grantable, ListPage, PeopleMatrix, Preview, WhoPage } from "bailiwick";
import { Access, init } from "bailiwick/access/slim";
import moduleUrl from "bailiwick/access.wasm?url";
import { AccessStore } from "bailiwick/store";
import { Http, Problem, type Told } from "./http";
import { eventsOf } from "./events";

export { Problem, type Refused, type Told } from "./http";

/** Somebody who signed in. */
export interface Person {
  readonly id: string;
  readonly name?: string;
  readonly email?: string;
}

/** An organization in somebody's list. */
export interface Entry {
  readonly id: string;
  readonly name?: string;
  readonly edition: string;
  readonly roles: readonly string[];
  readonly active: boolean;
  readonly created: boolean;
}

/** An invite that waits for somebody. */
export interface Invited {
  readonly invite: string;
  readonly organization: string;
  readonly name?: string;
  readonly roles: readonly string[];
  readonly until?: number;
}

export interface Me {
  readonly person: Person;
  readonly organizations: readonly Entry[];
  readonly invites: readonly Invited[];
}

/** An organization as far as the asker may see it. */
export interface View {
  readonly revision: number;
  readonly document: DirectoryDocument;
  readonly sees: { readonly members: boolean };
}

/** A command that was carried out. */
export interface Done {
  readonly revision: number;
  readonly notes?: readonly Note[];
}

/** A command without what the link fills in: its id and the organization. */
export type Fields = Command extends infer C ? (C extends Command ? Omit<C, "id" | "organization"> : never) : never;

/** The state of a link, replaced when something in it changes. */
export interface LinkState {
  readonly revision: number;
  /** `gone`: no active member, or no such organization. */
  readonly status: "open" | "gone";
}

const nobody = new Http();

/** The role model of the product. */
export const policy = (): Promise<PolicyDocument> => nobody.get<PolicyDocument>("/policy");

/** Who may be chosen to sign in; nothing where there is no development issuer. */
export async function candidates(): Promise<readonly Person[] | undefined> {
  try {
    return (await nobody.get<{ people: readonly Person[] }>("/development/people")).people;
  } catch {
    return undefined;
  }
}

/** Signs somebody in at the development issuer. */
export async function signIn(person: string, name?: string): Promise<string> {
  const told = await nobody.post<{ token: string }>("/development/sign-in", { person, ...(name && { name }) });
  if (!told.ok) throw new Problem(403, told.text);
  return told.token;
}

/** What a signed-in person may ask beside any organization. */
export class Account {
  readonly #http: Http;

  constructor(token: string) {
    this.#http = new Http(token);
  }

  me(): Promise<Me> {
    return this.#http.get<Me>("/me");
  }

  create(organization: string, name: string, from?: string): Promise<Told<Done>> {
    const command = { id: fresh(), command: "create_organization", organization, name, ...(from && { from }) };
    return this.#http.post<Done>("/organizations", command);
  }

  accept(organization: string, invite: string): Promise<Told<Done>> {
    const path = `/organizations/${encodeURIComponent(organization)}/invites/${encodeURIComponent(invite)}/acceptance`;
    return this.#http.post<Done>(path, { id: fresh() });
  }

  /** Opens an organization. Throws a `Problem` with status 404 for who is no active member. */
  async open(organization: string): Promise<Link> {
    const link = new Link(this.#http, organization);
    await link.renew();
    link.follow();
    return link;
  }
}

/** One organization, kept up to date: what its person may do, and what they may ask of it. */
export class Link {
  readonly store = new AccessStore();
  #state: LinkState = { revision: 0, status: "open" };
  readonly #listeners = new Set<() => void>();
  readonly #stop = new AbortController();
  #renewal: ReturnType<typeof setTimeout> | undefined;
  readonly #base: string;
  #capsule = "";
  /** The access before the one in force: a handler that began with it may still ask it. */
  #older: Access | undefined;

  constructor(
    private readonly http: Http,
    readonly organization: string,
  ) {
    this.#base = `/organizations/${encodeURIComponent(organization)}`;
  }

  readonly getState = (): LinkState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Fetches the capsule and puts it in force. */
  async renew(): Promise<void> {
    const [known, told] = await Promise.all([vocabulary(), this.http.get<Capsule>(`${this.#base}/capsule`)]);
    if (this.#stop.signal.aborted || told.revision < this.#state.revision) return;
    this.#older?.free();
    this.#older = this.store.getSnapshot().access;
    this.store.replace(Access.openCapsule(payloadOf(told.token), known));
    this.#capsule = told.token;
    this.#set({ revision: told.revision, status: "open" });
    this.#renewBefore(told.notAfter);
  }

  /** Listens for revisions until the link is closed. */
  follow(): void {
    const listen = () => eventsOf((signal) => this.#send("/events", { signal }), this.#stop.signal, (revision) => this.#heard(revision));
    void listen();
  }

  async command(fields: Fields): Promise<Told<Done>> {
    const told = await this.#post<Done>("/commands", this.#whole(fields));
    if (told.ok) await this.#heard(told.revision);
    return told;
  }

  preview(fields: Fields): Promise<Told<Preview>> {
    return this.#post<Preview>("/preview", this.#whole(fields));
  }

  who(action: string, kind: string, id: string, after?: string): Promise<Told<WhoPage>> {
    return this.#ask("who", { action, kind, id, after });
  }

  matrix(kind: string, id: string, after?: string): Promise<Told<PeopleMatrix>> {
    return this.#ask("matrix", { kind, id, after });
  }

  list(principal: string, action: string, kind: string): Promise<Told<ListPage>> {
    return this.#ask("list", { principal, action, kind });
  }

  grantable(target: string, kind: string, id: string): Promise<Told<{ readonly roles: readonly Grantable[] }>> {
    return this.#ask("grantable", { target, kind, id });
  }

  view(): Promise<Told<View>> {
    return this.#ask("view", {});
  }

  history(before?: number): Promise<Told<{ readonly changes: readonly Change[]; readonly next?: number }>> {
    return this.#ask("history", { before: before?.toString() });
  }

  close(): void {
    this.#stop.abort();
    clearTimeout(this.#renewal);
    this.store.replace(undefined);
  }

  #whole(fields: Fields): object {
    return { ...fields, id: fresh(), organization: this.organization };
  }

  #send(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = { ...init.headers, "bailiwick-capsule": this.#capsule };
    return this.http.send(`${this.#base}${path}`, { ...init, headers });
  }

  #post<T>(path: string, body: object): Promise<Told<T>> {
    return this.http.told<T>(`${this.#base}${path}`, {
      method: "POST",
      body: JSON.stringify(body),
      headers: { "bailiwick-capsule": this.#capsule },
    });
  }

  #ask<T>(question: string, fields: { readonly [name: string]: string | undefined }): Promise<Told<T>> {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(fields)) if (value !== undefined) query.set(name, value);
    return this.http.told<T>(`${this.#base}/${question}?${query}`, { headers: { "bailiwick-capsule": this.#capsule } });
  }

  async #heard(revision: number): Promise<void> {
    if (revision <= this.#state.revision) return;
    try {
      await this.renew();
    } catch (error) {
      if (error instanceof Problem && error.status === 404) this.#lost();
    }
  }

  #lost(): void {
    this.store.replace(undefined);
    this.#set({ ...this.#state, status: "gone" });
    this.#stop.abort();
  }

  #renewBefore(end: number): void {
    clearTimeout(this.#renewal);
    const wait = Math.max(1_000, (end - Date.now()) * 0.8);
    this.#renewal = setTimeout(() => void this.renew().catch(() => this.#renewBefore(Date.now() + 5_000)), wait);
  }

  #set(state: LinkState): void {
    this.#state = state;
    for (const listener of [...this.#listeners]) listener();
  }
}

interface Capsule {
  readonly token: string;
  readonly revision: number;
  readonly notAfter: number;
}

let known: Promise<Access> | undefined;

/** What all capsules of a policy share, opened once. */
function vocabulary(): Promise<Access> {
  known ??= bring().catch((error: unknown) => {
    known = undefined;
    throw error;
  });
  return known;
}

async function bring(): Promise<Access> {
  const [response] = await Promise.all([nobody.send("/vocabulary"), init(moduleUrl)]);
  if (!response.ok) throw new Problem(response.status, "The vocabulary of the policy is not there.");
  return Access.open(new Uint8Array(await response.arrayBuffer()));
}

/** The bytes inside a token. The page believes its own origin; who enforces verifies the signature. */
function payloadOf(token: string): Uint8Array {
  const letters = (token.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/");
  return Uint8Array.from(atob(letters), (letter) => letter.charCodeAt(0));
}

function fresh(): string {
  return crypto.randomUUID();
}
