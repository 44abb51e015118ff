// A guarded API on this machine: makes an organization, gives two people their capsules, and asks as each of them.
//   node serve.mjs [--once]     --once ends when all has been asked, else it ends with its standard input. Any answer but
//                               the one that is expected: exit 1.
import { generateKeyPairSync } from "node:crypto";
import { request as send } from "node:http";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Directory, Policy } from "bailiwick";
import { signCapsule } from "bailiwick/capsule";
import pinecone from "bailiwick/presets/pinecone";
import { requests } from "./requests.mjs";
import { serve } from "./workerd.mjs";

const HOUR = 3_600_000;
const PEOPLE = { ana: "user/ana.moreau@acme.example", chiara: "user/chiara.rossi@acme.example" };

const folder = mkdtempSync(join(tmpdir(), "bailiwick-edge-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(0));

const policy = Policy.compile(pinecone);
const directory = Directory.load(policy, readFileSync(new URL("../../../www/examples/acme.json", import.meta.url)));
const { publicKey, privateKey } = generateKeyPairSync("ed25519");
const key = privateKey.export({ format: "jwk" });
const tokens = await tokensOf();
for (const [name, token] of Object.entries(tokens)) writeFileSync(join(folder, name), `Cookie: capsule=${token}\n`);
const { origin, end } = await serve(folder, {
  VOCABULARY: Buffer.from(policy.vocabulary()).toString("base64"),
  KEYS: JSON.stringify({ k1: publicKey.export({ format: "jwk" }) }),
});
process.once("exit", end);

let wrong = 0;
for (const request of requests) await ask(request);
console.log(wrong === 0 ? `${requests.length} of ${requests.length} answers are the ones that are expected.` : `${wrong} answers are wrong.`);
if (wrong > 0 || process.argv.includes("--once")) process.exit(wrong === 0 ? 0 : 1);
console.log(`The API listens at ${origin} to this machine only; the lines above can be run while it does.`);
process.stdin.once("end", () => process.exit(0)).resume();

async function tokensOf() {
  const now = Date.now();
  const tokens = {};
  for (const [name, principal] of Object.entries(PEOPLE)) {
    const capsule = directory.capsule(principal, "acme", { issuedAt: now, notAfter: now + HOUR });
    tokens[name] = await signCapsule(capsule, { key, kid: "k1", audience: "api.acme.com" });
  }
  const [header, payload, signature] = tokens.chiara.split(".");
  const letter = tokens.ana.split(".")[1][40];
  tokens.forged = [header, `${payload.slice(0, 40)}${letter === payload[40] ? "A" : letter}${payload.slice(41)}`, signature].join(".");
  return tokens;
}

async function ask({ says, as, method = "GET", path, status, reason }) {
  const headers = as === undefined ? {} : { Cookie: `capsule=${tokens[as]}` };
  const answer = await raw(method, path, headers);
  const told = answer.body.reason ?? "granted";
  const right = answer.status === status && (reason === undefined || told === reason);
  if (!right) wrong += 1;
  const by = as === undefined ? "" : ` -H @${join(folder, as)}`;
  console.log(`\n${says}\n  $ curl -s --path-as-is -X ${method}${by} ${origin}${path}\n  ${answer.status} ${told}${right ? "" : `, not ${status} ${reason ?? ""}`}`);
}

/** The path goes over the wire as it stands: `fetch` would fold it. */
function raw(method, path, headers) {
  return new Promise((resolve, reject) => {
    const asked = send(origin, { method, path, headers }, async (answer) => {
      const text = (await answer.toArray()).join("");
      resolve({ status: answer.statusCode, body: JSON.parse(text) });
    });
    asked.once("error", reject).end();
  });
}
