import type { Change } from "../api/commands.js";
import type { Decision } from "../api/decision.js";
import type { DirectoryDocument } from "../api/documents.js";

/** Who a verified identity says somebody is. */
export interface Person {
  /** The id of the user: their address, or an opaque one. */
  readonly id: string;
  /** Their address, where the id is none. */
  readonly email?: string;
  readonly name?: string;
}

/** What a command came to, as it crosses from one place to another: plain JSON. */
export type Outcome =
  | { readonly ok: true; readonly change: Change; readonly revision: number }
  | { readonly ok: false; readonly decision: Decision; readonly text: string };

/** Why not, and one English sentence. */
export type Refusal = Extract<Outcome, { readonly ok: false }>;

/** What moving an organization in came to. */
export type Adoption = { readonly ok: true; readonly revision: number } | Refusal;

/** A question about everyone, answered, or refused: `Told` of the directory as JSON. */
export type Answer = { readonly ok: true; readonly [field: string]: unknown } | Refusal;

/** What a person's list says of an organization. */
export interface Entry {
  readonly id: string;
  readonly name?: string;
  readonly edition: string;
  /** Organization roles. */
  readonly roles: readonly string[];
  /** False: suspended there. */
  readonly active: boolean;
  /** Whether they created it. */
  readonly created: boolean;
}

/** An invite that waits for its address. */
export interface Invited {
  readonly invite: string;
  readonly organization: string;
  readonly name?: string;
  readonly roles: readonly string[];
  /** Milliseconds since 1970. */
  readonly until?: number;
}

/** What an organization tells a person of one of its revisions. It may come twice, and after a newer one. */
export interface Note {
  /** A principal, `user/<id>`, or `address:<mail>` where no person of that address is known. */
  readonly to: string;
  readonly organization: string;
  readonly revision: number;
  /** Absent: they are no member. */
  readonly entry?: Entry;
  /** They created it, whether they are a member or not. */
  readonly created?: true;
  /** The organization was deleted, and no longer counts as one that somebody created. */
  readonly gone?: true;
  /** Those that wait for them there. */
  readonly invites: readonly Invited[];
}

/** What creating one organization from another needs to know of that one. */
export interface Projection {
  readonly entry: Entry;
}

/** The bytes of a capsule, not signed yet. */
export interface Issued {
  readonly bytes: Uint8Array;
  readonly revision: number;
}

/** From when to when, in milliseconds since 1970. */
export interface Life {
  readonly issuedAt: number;
  readonly notAfter: number;
}

/** A page of a question. */
export interface Page {
  readonly after?: string;
  readonly limit?: number;
}

/** Which changes are asked for. */
export interface ChangesAsked {
  /** A revision; 0 for the first change. */
  readonly after: number;
  /** 1 to 1,000; 100 if absent. */
  readonly limit?: number;
}

/** Changes, the oldest first. */
export interface Changes {
  readonly changes: readonly Change[];
  /** The one in force. */
  readonly revision: number;
  /** The `after` of the next page; absent on the last. */
  readonly next?: number;
}

/** A question about everyone, by its name. */
export type Question =
  | ({ readonly ask: "who"; readonly action: string; readonly kind: string; readonly id: string } & Page)
  | ({ readonly ask: "matrix"; readonly kind: string; readonly id: string } & Page)
  | ({ readonly ask: "list"; readonly principal: string; readonly action: string; readonly kind: string } & Page)
  | { readonly ask: "grantable"; readonly target: string; readonly kind: string; readonly id: string }
  | ({ readonly ask: "preview"; readonly command: string } & Page)
  | { readonly ask: "view" }
  | { readonly ask: "history"; readonly before?: number; readonly limit?: number };

/** Where an organization lives. Errors are `BailiwickError`s; a refusal is an answer. */
export interface OrganizationPlace {
  /** Its first change. The same command id again gives the same answer. */
  found(command: string, creator: Person): Promise<Outcome>;
  /** An organization moves in: the JSON text of a directory with it alone. The same document again gives the same answer. */
  adopt(document: string): Promise<Adoption>;
  /** All of it, for the host alone. Nothing where there is no such organization, and never was. */
  document(): Promise<DirectoryDocument | undefined>;
  /** Changes after a revision, for the host alone. Throws `ERR_REVISION` where some of them are kept no longer. */
  changes(asked: ChangesAsked): Promise<Changes>;
  /** Carries a command out, JSON text, for a principal. */
  apply(command: string, actor: string): Promise<Outcome>;
  /** Carries out what only the host may do. */
  applyAsHost(command: string): Promise<Outcome>;
  /** Makes a person known who has signed up: they may accept an invite, or be invited where only known people may. */
  know(person: Person): Promise<void>;
  /** Nothing for who is no active member, and where there is no such organization. */
  capsule(principal: string, life: Life): Promise<Issued | undefined>;
  /** What makes the capsule of now of an older one; nothing for who is no active member. */
  delta(principal: string, from: Uint8Array, life: Life): Promise<Issued | undefined>;
  /** What creating another organization from here needs. */
  projection(person: string): Promise<Projection | undefined>;
  /** A question, for an asker. */
  ask(question: Question, as: string): Promise<Answer>;
  /**
   * Revisions as they come, the one in force first, for a principal. It ends where the caller cancels it, where the principal is no active
   * member any more, and where they have asked for 16 newer ones.
   */
  revisions(as: string): Promise<ReadableStream<Uint8Array>>;
}

/** Where a person's list lives. */
export interface PersonPlace {
  /** Signs somebody up or in: what is known of them is kept. */
  signIn(person: Person): Promise<{ readonly first: boolean }>;
  /** Who they are, where they are active, what waits for them. Nothing where they never signed in. */
  me(): Promise<
    | { readonly person: Person; readonly organizations: readonly Entry[]; readonly invites: readonly Invited[] }
    | undefined
  >;
  /** Signs them in, and creates an organization: reserves it here, founds it there, and settles. The same command id goes on where it stopped. */
  create(command: string, person: Person): Promise<Outcome>;
}

/** How the places are reached. */
export interface Places {
  organization(id: string): OrganizationPlace;
  /** `user/<id>`, or `address:<mail>`. */
  person(principal: string): PersonPlace;
  /** Tells persons of one shard, which `shardOf` says of each: all of them or nobody. */
  tell(shard: number, notes: readonly Note[]): Promise<void>;
  /** The revision of an organization as it was published last; 0 where none was. */
  revision(organization: string): Promise<number>;
}
