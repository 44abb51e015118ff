// The authority in this process, in memory, with the organizations of an example; it serves the built console, too.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { createService, developmentIssuer, listener, newSigningKeys, openPlaces } from "bailiwick/authority";
import { filesOf } from "../server.mjs";

const folder = (path) => fileURLToPath(new URL(path, import.meta.url));
// The package is tested with this database; it is none of the page's.
const Database = createRequire(folder("../../../pkg/package.json"))("libsql");
const keys = newSigningKeys("k1");
const developmentKeys = newSigningKeys("development");

const PRODUCTS = { pinecone: "acme", pinkfish: "pinkfish" };

/** Starts one; gives its address, its places and how to stop it. */
export async function authority(product) {
  const policy = JSON.parse(await readFile(folder(`../../../policies/${product}.json`), "utf8"));
  const seed = JSON.parse(await readFile(folder(`../../examples/${PRODUCTS[product]}.json`), "utf8"));
  const places = openPlaces({ policy, databases: inMemory() });
  for (const organization of seed.organizations)
    await places.organization(organization.id).adopt(JSON.stringify(alone(seed, organization)));
  await places.settled();
  const { active, keys: development } = await developmentKeys;
  const people = seed.people.map(({ id, name }) => ({ id, name }));
  const service = createService({
    policy,
    places,
    keys: await keys,
    audience: "console",
    prefix: "/api",
    development: developmentIssuer({ key: development[active], people }),
  });
  const answer = listener(service);
  const files = filesOf(folder("../../dist"));
  const server = createServer((request, response) =>
    request.url.startsWith("/api/") ? answer(request, response) : files(request, response),
  );
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const stop = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { address: `http://127.0.0.1:${server.address().port}`, places, stop };
}

/** A database for each name, which outlives whoever closes it. */
function inMemory() {
  const kept = new Map();
  return (name) => {
    if (!kept.has(name)) {
      const database = new Database(":memory:");
      kept.set(name, { exec: (query) => database.exec(query), prepare: (query) => database.prepare(query) });
    }
    return kept.get(name);
  };
}

/** The part of a document that is one organization's. */
function alone(seed, organization) {
  const inside = (rows = []) => rows.filter((row) => row.organization === organization.id);
  const projects = inside(seed.projects);
  const document = {
    format: 1,
    policy: seed.policy,
    organizations: [organization],
    groups: inside(seed.groups),
    serviceAccounts: inside(seed.serviceAccounts),
    projects,
    apiKeys: (seed.apiKeys ?? []).filter(({ project }) => projects.some(({ id }) => id === project)),
    resources: (seed.resources ?? []).filter(({ parent }) => parent === `organization/${organization.id}`),
    invites: inside(seed.invites),
  };
  const text = JSON.stringify(document);
  const people = seed.people.filter(
    ({ id }) => text.includes(JSON.stringify(`user/${id}`)) || text.includes(JSON.stringify(id)),
  );
  return { ...document, people };
}
