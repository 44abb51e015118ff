// The same authority on a machine of your own: node node.mjs [folder] [port]. A database for each organization and 64 for persons lie in the
// folder, beside the keys. It listens on loopback, and believes everybody there: a sign-in of your own is `identity: jwtIdentity({ … })`.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import Database from "libsql";
import { createService, developmentIssuer, listener, newSigningKeys, openPlaces } from "bailiwick/authority";
import pinecone from "bailiwick/presets/pinecone";

const [, , folder = "data", port = "8787"] = process.argv;
// A name may be longer than the system's file names are.
const short = (name) => (name.length <= 200 ? name : createHash("sha256").update(name).digest("hex"));
const at = (name) => join(folder, "places", `${short(name)}.db`);
mkdirSync(join(folder, "places"), { recursive: true });

const places = openPlaces({
  policy: pinecone,
  databases: (name, make) => (make || existsSync(at(name)) ? new Database(at(name)) : undefined),
  names: () => readdirSync(join(folder, "places")).flatMap((file) => /^(.*)\.db$/.exec(file)?.[1] ?? []),
});
const keys = await kept("keys.json", () => newSigningKeys("k1"));
const key = (await kept("development.json", () => newSigningKeys("k1"))).keys.k1;
const development = developmentIssuer({ key, people: [{ id: "ana@acme.example", name: "Ana Moreau" }] });
const operator = ({ principal }) => principal === process.env.OPERATOR;
const service = createService({ policy: pinecone, places, keys, audience: "bailiwick-example", prefix: "/api", development, operator });

await places.resume();
createServer(listener(service)).listen(Number(port), "127.0.0.1", () => console.log(`http://127.0.0.1:${port}/api/policy`));

async function kept(name, make) {
  const file = join(folder, name);
  if (!existsSync(file)) writeFileSync(file, JSON.stringify(await make()), { mode: 0o600 });
  return JSON.parse(readFileSync(file, "utf8"));
}
