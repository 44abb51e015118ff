// The same authority on one machine of your own: node node.mjs <folder> <port>. A database for each organization and each person lies in
// the folder, and the keys. It listens on loopback, and believes everybody there: see `identity` for a sign-in of your own.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import Database from "libsql";
import { createService, developmentIssuer, listener, newSigningKeys, openPlaces } from "bailiwick/authority";
import pinecone from "bailiwick/presets/pinecone";

const [, , folder = "data", port = "8787"] = process.argv;
mkdirSync(folder, { recursive: true });
const keys = await kept("keys.json", () => newSigningKeys("k1"));
const development = await kept("development.json", () => newSigningKeys("development"));

const places = openPlaces({ policy: pinecone, databases: (name) => new Database(join(folder, `${name}.db`)) });
await places.resume();
const service = createService({
  policy: pinecone,
  places,
  keys,
  audience: "bailiwick-example",
  prefix: "/api",
  development: developmentIssuer({ key: development.keys.development, people: [{ id: "ana@acme.example", name: "Ana Moreau" }] }),
});
createServer(listener(service)).listen(Number(port), "127.0.0.1", () => console.log(`http://127.0.0.1:${port}/api/policy`));

async function kept(name, make) {
  const file = join(folder, name);
  if (!existsSync(file)) writeFileSync(file, JSON.stringify(await make()), { mode: 0o600 });
  return JSON.parse(readFileSync(file, "utf8"));
}
