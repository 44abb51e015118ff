import { text } from "../api/arguments.js";
import type { KeyValues } from "./platform.js";

/** In bytes: KV takes no longer key. */
const LONGEST_KEY = 512;

/** In seconds: how long a data centre may answer with a revision that it has read before. KV takes no less. */
const KEPT = 30;

/**
 * Under which key the revision of an organization is published in Workers KV: `organization/<id>`, or `digest/` and the SHA-256 of the id in
 * hexadecimal digits where that is longer than KV takes.
 */
export async function revisionKey(organization: string): Promise<string> {
  const id = new TextEncoder().encode(text(organization, "organization"));
  const key = `organization/${organization}`;
  if (id.length + "organization/".length <= LONGEST_KEY) return key;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", id));
  return `digest/${Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

/**
 * The revision of an organization as it was published last; 0 where none was. A guard in any worker that has the same KV asks it, and then
 * refuses who was removed as soon as that is published: a second after the change at most, and up to 30 seconds later in a data centre that
 * has read the revision before.
 *
 * @example
 * const guard = createGuard({
 *   // …
 *   minRevision: (_, organization) => publishedRevision(env.REVISIONS, organization),
 * });
 */
export async function publishedRevision(revisions: KeyValues, organization: string): Promise<number> {
  return Number((await revisions.get(await revisionKey(organization), { cacheTtl: KEPT })) ?? 0);
}
