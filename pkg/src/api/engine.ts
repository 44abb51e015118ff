/** The whole of what crosses into WebAssembly. Handles are numbers; documents are UTF-8 bytes; hot calls return no object. */
export interface Engine {
  compile(policy: Uint8Array): number;
  load(policy: number, directory: Uint8Array): number;
  access(directory: number, principal: string, organization: string): number;
  open(bytes: Uint8Array): number;
  can(access: number, action: string, kind: string, id: string, now: number): boolean;
  check(access: number, action: string, kind: string, id: string, now: number): unknown;
  button(access: number, action: string, kind: string, id: string, now: number): unknown;
  canMany(access: number, actions: string[], kind: string, ids: string[], now: number): Uint8Array;
  list(access: number, action: string, kind: string, after: string | undefined, limit: number, now: number): unknown;
  organizations(directory: number, principal: string): unknown;
  explain(
    directory: number,
    principal: string,
    organization: string,
    action: string,
    kind: string,
    id: string,
    now: number,
  ): unknown;
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
  matrix(policy: number, kind: string): unknown;
  audit(policy: number): string;
  policyInfo(policy: number): unknown;
  nextExpiry(access: number, now: number): number;
  accessInfo(access: number): unknown;
  bytes(access: number): Uint8Array;
  release(handle: number): void;
  live(): number;
}
