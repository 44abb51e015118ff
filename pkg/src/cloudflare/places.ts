import type { OrganizationPlace, PersonPlace, Places } from "../authority/places.js";
import { unpacked } from "./crossing.js";
import type { KeyValues, ObjectNamespace, ObjectStub } from "./platform.js";
import { publishedRevision } from "./revisions.js";

/** Where the objects and the published revisions are. */
export interface Bindings {
  readonly organizations: ObjectNamespace;
  readonly persons: ObjectNamespace;
  readonly revisions: KeyValues;
}

/** What an organization's object can be asked, and a person's. */
export const METHODS = {
  organization: ["found", "apply", "applyAsHost", "know", "capsule", "delta", "projection", "ask", "adopt", "document", "changes"],
  person: ["signIn", "me", "told", "create"],
} as const;

/** The places, reached through Cloudflare's objects. */
export function placesOver({ organizations, persons, revisions }: Bindings): Places {
  return {
    organization(id) {
      const stub = organizations.get(organizations.idFromName(id));
      return { ...methodsOf(stub, METHODS.organization), revisions: () => streamOf(stub) } as unknown as OrganizationPlace;
    },
    person(principal) {
      const stub = persons.get(persons.idFromName(principal));
      return methodsOf(stub, METHODS.person) as unknown as PersonPlace;
    },
    revision: (organization) => publishedRevision(revisions, organization),
  };
}

type Method = (...values: unknown[]) => Promise<unknown>;

function methodsOf(stub: ObjectStub, names: readonly string[]): Record<string, Method> {
  const call = (name: string): Method => async (...values) => unpacked(await stub.carryOut(name, values));
  return Object.fromEntries(names.map((name) => [name, call(name)]));
}

/** As the body of an answer: an object is told at once when nobody reads it any more, which a stream over RPC does not tell. */
async function streamOf(stub: ObjectStub): Promise<ReadableStream<Uint8Array>> {
  const { body } = await stub.fetch("https://organization/revisions");
  return body as ReadableStream<Uint8Array>;
}
