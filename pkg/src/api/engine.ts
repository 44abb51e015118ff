/**
 * What both modules answer from a prepared access: nothing but numbers cross. Handles are numbers; the words of a question lie in the
 * memory, in UTF-8, one after another, and cross as lengths. Hot calls return what was asked, cold ones the length of bytes that lie in
 * the memory until the next question: JSON text for the most part, of no length for a handle that is not there.
 */
export interface Answers {
  /** The memory of the instance. */
  readonly memory: { readonly buffer: ArrayBuffer };
  /** Where the words are put. */
  words(): number;
  /** Where so many bytes of an access are put, for `open`. */
  room(length: number): number;
  /** A handle; -1 for what is no whole access, -2 for another version, -3 for too many handles. */
  open(): number;
  /** The same for a capsule, with the access of a vocabulary; -2 for the vocabulary of another policy. */
  capsule(vocabulary: number): number;
  /** The place of a kind, -1 for none. */
  kind(access: number, length: number): number;
  /** The bit of an action, -1 for none. */
  action(access: number, kind: number, length: number): number;
  /** 32 bits of what is granted on an id, of the place `word`. */
  look(access: number, kind: number, length: number, word: number, now: number): number;
  /** How many words of 32 bits a mask of a kind has. */
  width(access: number, kind: number): number;
  /** Where the answer to the last of the next five lies. */
  answer(): number;
  check(access: number, action: number, kind: number, id: number, now: number): number;
  button(access: number, action: number, kind: number, id: number, now: number): number;
  /** No answer for a cursor of another list either. */
  list(access: number, action: number, kind: number, after: number, now: number, limit: number): number;
  about(access: number): number;
  bytes(access: number): number;
  /** The first end after a moment; infinite if there is none. */
  expiry(access: number, now: number): number;
  release(handle: number): void;
  live(): number;
}

/** The whole of what crosses into the full module. Documents are UTF-8 bytes. */
export interface Engine extends Answers {
  compile(policy: Uint8Array): number;
  /** Loads the directory of so many bytes that lies in the room. */
  load(policy: number, length: number): number;
  access(directory: number, principal: string, organization: string): number;
  capsuleOf(directory: number, principal: string, organization: string, issuedAt: number, notAfter: number): Uint8Array;
  vocabulary(policy: number): Uint8Array;
  difference(from: Uint8Array, to: Uint8Array): Uint8Array;
  organizations(directory: number, principal: string): string;
  explain(
    directory: number,
    principal: string,
    organization: string,
    action: string,
    kind: string,
    id: string,
    now: number,
  ): string;
  apply(directory: number, command: Uint8Array, actor: string | undefined, now: number): string;
  preview(
    directory: number,
    command: Uint8Array,
    asker: string | undefined,
    after: string | undefined,
    limit: number,
    now: number,
  ): string;
  commit(directory: number, change: Uint8Array): void;
  document(directory: number): string;
  revision(directory: number): number;
  who(
    directory: number,
    organization: string,
    asker: string | undefined,
    action: string,
    kind: string,
    id: string,
    after: string | undefined,
    limit: number,
    now: number,
  ): string;
  people(
    directory: number,
    organization: string,
    asker: string | undefined,
    kind: string,
    id: string,
    after: string | undefined,
    limit: number,
    now: number,
  ): string;
  listOf(
    directory: number,
    organization: string,
    asker: string | undefined,
    principal: string,
    action: string,
    kind: string,
    after: string | undefined,
    limit: number,
    now: number,
  ): string;
  grantable(
    directory: number,
    organization: string,
    asker: string | undefined,
    target: string,
    kind: string,
    id: string,
    now: number,
  ): string;
  compare(
    directory: number,
    other: number,
    roles: Uint8Array,
    organization: string,
    asker: string | undefined,
    after: string | undefined,
    limit: number,
    now: number,
  ): string;
  matrix(policy: number, kind: string): string;
  audit(policy: number): string;
  policyInfo(policy: number): string;
}
