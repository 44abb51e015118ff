/** Gives the bytes of a token whose signature held before, if the key that is in force is the very same; nobody may change them. */
export type Recall = (token: string) => Uint8Array | undefined | PromiseLike<Uint8Array | undefined>;

/** What each verifier remembers: for the guard, which neither copies the bytes nor waits. Who verifies otherwise is asked as ever. */
const recalls = new WeakMap<object, Recall>();

/** Lets a guard ask what a verifier remembers. */
export function recallBy(verify: object, recall: Recall): void {
  recalls.set(verify, recall);
}

/** How a verifier is asked what it remembers; nothing for one that is not ours. */
export function recallOf(verify: object): Recall | undefined {
  return recalls.get(verify);
}
