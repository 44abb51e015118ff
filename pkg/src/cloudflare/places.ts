import type { OrganizationPlace, PersonPlace, Places } from "../authority/places.js";
import { unpacked } from "./crossing.js";
import type { KeyValues, ObjectNamespace, ObjectStub } from "./platform.js";
import { publishedRevision } from "./revisions.js";
import { shardOf } from "../authority/shards.js";

/** Where the objects and the published revisions are. */
export interface Bindings {
  readonly organizations: ObjectNamespace;
  readonly persons: ObjectNamespace;
  readonly revisions: KeyValues;
}

/** What an organization's object can be asked, and a person's. */
export const METHODS = {
  organization: ["found", "apply", "applyAsHost", "know", "capsule", "delta", "projection", "ask", "adopt", "document", "changes"],
  person: ["signIn", "me", "create"],
} as const;

/** The places, reached through Cloudflare's objects. */
export function placesOver({ organizations, persons, revisions }: Bindings): Places {
  const shardAt = (shard: number): ObjectStub => persons.get(persons.idFromName(String(shard)));
  return {
    organization(id) {
      const stub = organizations.get(organizations.idFromName(id));
      return {
        ...methodsOf(stub, METHODS.organization),
        revisions: (as: string) => streamOf(stub, as),
      } as unknown as OrganizationPlace;
    },
    person: (principal) => methodsOf(shardAt(shardOf(principal)), METHODS.person, principal) as unknown as PersonPlace,
    tell: async (shard, notes) => void unpacked(await shardAt(shard).carryOut("told", [notes])),
    revision: (organization) => publishedRevision(revisions, organization),
  };
}

type Method = (...values: unknown[]) => Promise<unknown>;

/** `first` goes before what each is called with. */
function methodsOf(stub: ObjectStub, names: readonly string[], ...first: unknown[]): Record<string, Method> {
  const call = (name: string): Method => async (...values) => unpacked(await stub.carryOut(name, [...first, ...values]));
  return Object.fromEntries(names.map((name) => [name, call(name)]));
}

/** As the body of an answer: an object is told at once when nobody reads it any more, which a stream over RPC does not tell. */
async function streamOf(stub: ObjectStub, as: string): Promise<ReadableStream<Uint8Array>> {
  const { body } = await stub.fetch(`https://organization/revisions?${new URLSearchParams({ as })}`);
  return body as ReadableStream<Uint8Array>;
}
