// An organization of 10,000 people in an authority inside this process, in memory, with the built console as its page.
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { JSON_BODY, ask, identityOf } from "../../examples/authority/demo/opening.mjs";
import { answer } from "../../www/test/server.mjs";

// What the example of an authority in Node has installed.
const require = createRequire(new URL("../../examples/authority/node.mjs", import.meta.url));
const Database = require("libsql");
const { createService, developmentIssuer, listener, newSigningKeys, openPlaces } = require("bailiwick/authority");
const { default: policy } = require("bailiwick/presets/pinecone");

export const LARGE = "large";
export const PEOPLE = 10_000;
const OPERATOR = "operator@demo.example";

const GIVEN = ["Ada", "Ben", "Chloe", "Dario", "Elin", "Femi", "Greta", "Hugo", "Iris", "Jamal"];
const FAMILY = ["Abara", "Berg", "Costa", "Diaz", "Evans", "Fischer", "Garcia", "Haddad", "Ito", "Jansen"];
const person = (at) => ({
  id: `p${String(at).padStart(5, "0")}@large.example`,
  name: `${GIVEN[at % 10]} ${FAMILY[Math.floor(at / 10) % 10]} ${Math.floor(at / 100)}`,
});

/** Owns it. */
export const owner = person(0);

function document() {
  const people = Array.from({ length: PEOPLE }, (_, at) => person(at));
  const role = (at) => (at < 3 ? "organization_owner" : at % 50 === 0 ? "organization_billing_admin" : "organization_user");
  const members = people.map(({ id }, at) => ({ member: `user/${id}`, roles: [role(at)], suspended: at % 97 === 96 }));
  return { format: 1, policy: policy.name, people, organizations: [{ id: LARGE, name: "Large", edition: "enterprise", members }] };
}

/** Serves it; gives the address, and how to stop. */
export async function openLarge(assets) {
  const keys = await newSigningKeys("k1");
  const places = openPlaces({ policy, databases: () => new Database(":memory:") });
  const development = developmentIssuer({ key: keys.keys.k1, people: [owner] });
  const operator = ({ principal }) => principal === `user/${OPERATOR}`;
  const service = createService({ policy, places, keys, audience: "figures", prefix: "/api", development, operator });
  const api = listener(service);
  const server = createServer((request, response) => (request.url.startsWith("/api/") ? api : answer(assets))(request, response));
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${server.address().port}`;
  await moveIn(address);
  return { address, stop: () => (server.closeAllConnections(), new Promise((resolve) => server.close(resolve))) };
}

async function moveIn(address) {
  const headers = { ...(await identityOf(address, OPERATOR)), ...JSON_BODY };
  const path = `/api/operator/organizations/${LARGE}`;
  const { status, body } = await ask(address, { method: "PUT", path, headers, body: JSON.stringify(document()) });
  if (status !== 200) throw new Error(`the large organization could not move in: ${status} ${JSON.stringify(body)}`);
}
