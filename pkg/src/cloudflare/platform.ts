/** What is used of Cloudflare's platform, by its shape: any version of its types fits. */

/** What a column holds there. */
export type StoredValue = string | number | null | ArrayBuffer;

/** Storage of an object with SQLite. */
export interface ObjectStorage {
  readonly sql: {
    exec(query: string, ...values: (string | number | null | Uint8Array)[]): { toArray(): Record<string, StoredValue>[] };
  };
  transactionSync<T>(work: () => T): T;
  setAlarm(at: number): Promise<void>;
  deleteAlarm(): Promise<void>;
}

/** What an object is handed. */
export interface ObjectState {
  readonly id: { readonly name?: string };
  readonly storage: ObjectStorage;
  waitUntil(promise: Promise<unknown>): void;
}

/** An object from outside. */
export interface ObjectStub {
  fetch(url: string): Promise<Response>;
  carryOut(method: string, values: readonly unknown[]): Promise<unknown>;
}

/** The class of an object, to be exported from the worker under the name that its configuration has. */
export type ObjectClass<Env> = new (ctx: ObjectState, env: Env) => {
  carryOut(method: string, values: readonly unknown[]): Promise<unknown>;
  alarm(): Promise<void>;
};

/** Objects of one class. */
export interface ObjectNamespace {
  idFromName(name: string): object;
  get(id: object): ObjectStub;
}

/** Workers KV. */
export interface KeyValues {
  get(key: string, settings?: { readonly cacheTtl?: number }): Promise<string | null>;
  put(key: string, value: string): Promise<void>;
}
