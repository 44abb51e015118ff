// Two products on this machine, each an authority in Cloudflare's runtime with the console as its page and a guarded API beside it:
//   node serve.mjs --folder=… [--port=4180] [--assets=…] [--once]
// What is changed stays in the folder. --once ends when all has been asked, else it ends with its standard input. Any answer but the one that
// is expected: exit 1.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { request as send } from "node:http";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { start } from "../local.mjs";
import { products } from "./products.mjs";
import { split } from "./split.mjs";

const { values } = parseArgs({
  options: { folder: { type: "string" }, port: { type: "string", default: "4180" }, assets: { type: "string" }, once: { type: "boolean" } },
});
const OPERATOR = "operator@demo.example";
const JSON_BODY = { "Content-Type": "application/json" };
const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const started = [];
let wrong = 0;

for (const product of products) await open(product);
if (wrong > 0) console.log(`${wrong} answers are wrong.`);
if (values.once || wrong > 0) await end(wrong === 0 ? 0 : 1);
console.log("\nA capsule is refused once its organization has changed, and after an hour: start again for new ones.");
for (const { name, origin } of started) console.log(`${name}: ${origin}`);
console.log("The demo listens to this machine only; the lines above can be run while it does.");
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => end(0));
process.stdin.once("end", () => end(0)).resume();

async function open({ name, directory, port, organization, asked, command }) {
  const folder = resolve(values.folder, name);
  mkdirSync(folder, { recursive: true });
  const document = JSON.parse(readFileSync(at(`../../../www/examples/${directory}`), "utf8"));
  const people = document.people.map(({ id, name: called }) => ({ id, name: called }));
  const { origin, stop } = await start({
    folder,
    port: values.once ? 0 : Number(values.port) + port,
    worker: at(`${name}.mjs`),
    variables: { PEOPLE: JSON.stringify(people) },
    ...(values.assets && { assets: values.assets }),
  });
  started.push({ name, origin, stop });
  await moveIn(origin, document);
  console.log(`\n${name}, ${origin}`);
  for (const request of asked) await askProduct(origin, folder, organization, request);
  await askAuthority(origin, folder, organization, command);
}

/** Each organization moves into a place of its own; at the next start it is there already. */
async function moveIn(origin, document) {
  const headers = await identityOf(origin, OPERATOR);
  for (const [id, one] of split(document)) {
    const path = `/api/operator/organizations/${id}`;
    if ((await ask(origin, { path, headers })).status === 200) continue;
    const { status, body } = await ask(origin, { method: "PUT", path, headers: { ...headers, ...JSON_BODY }, body: JSON.stringify(one) });
    if (status !== 200) throw new Error(`${id} could not move in: ${status} ${JSON.stringify(body)}`);
  }
}

/** The product's own API takes a capsule as its bearer. */
async function askProduct(origin, folder, organization, { says, as, of = as, method, path, status, reason }) {
  const token = await capsuleOf(origin, of, organization);
  const file = headersIn(folder, as, { Authorization: `Bearer ${as === "forged" ? forged(token) : token}` });
  await expect(says, origin, { method, path: `/api/product/${path}` }, file, { status, reason });
}

/** A command goes to the authority: who asks by their sign-in, what they may by their capsule. */
async function askAuthority(origin, folder, organization, { by, fields, status, reason }) {
  const token = await capsuleOf(origin, by, organization);
  const headers = { ...(await identityOf(origin, by)), "Bailiwick-Capsule": token, ...JSON_BODY };
  const file = headersIn(folder, `${by}-command`, headers);
  const body = JSON.stringify({ id: "by-hand", organization, ...fields });
  const says = "The command behind a button that the page does not show, sent by hand.";
  await expect(says, origin, { method: "POST", path: `/api/organizations/${organization}/commands`, body }, file, { status, reason });
}

async function expect(says, origin, { method, path, body }, { file, headers }, { status, reason = "granted" }) {
  const answer = await ask(origin, { method, path, body, headers });
  const told = answer.body.decision?.reason ?? answer.body.reason ?? "granted";
  const right = answer.status === status && told === reason;
  if (!right) wrong += 1;
  const sent = body === undefined ? "" : ` -d '${body.replaceAll("'", "'\\''")}'`;
  console.log(`\n${says}\n  $ curl -s -X ${method} -H @${file}${sent} ${origin}${path}\n  ${answer.status} ${told}${right ? "" : `, not ${status} ${reason}`}`);
}

async function identityOf(origin, person) {
  const { body } = await ask(origin, { method: "POST", path: "/api/development/sign-in", headers: JSON_BODY, body: JSON.stringify({ person }) });
  const signed = { Authorization: `Bearer ${body.token}` };
  await ask(origin, { path: "/api/me", headers: signed });
  return signed;
}

async function capsuleOf(origin, person, organization) {
  const { body } = await ask(origin, { path: `/api/organizations/${organization}/capsule`, headers: await identityOf(origin, person) });
  return body.token;
}

/** Another letter in the middle of what was signed. */
function forged(token) {
  const place = token.indexOf(".") + 40;
  return `${token.slice(0, place)}${token[place] === "A" ? "B" : "A"}${token.slice(place + 1)}`;
}

/** A file that curl reads header fields from. */
function headersIn(folder, name, headers) {
  const file = join(folder, `${name}.headers`);
  writeFileSync(file, Object.entries(headers).map(([field, value]) => `${field}: ${value}\n`).join(""), { mode: 0o600 });
  return { file, headers };
}

function ask(origin, { method = "GET", path, headers = {}, body }) {
  return new Promise((resolve, reject) => {
    const asked = send(origin + path, { method, headers }, async (answer) => {
      const text = (await answer.toArray()).join("");
      resolve({ status: answer.statusCode, body: JSON.parse(text) });
    });
    asked.once("error", reject).end(body);
  });
}

async function end(code) {
  await Promise.all(started.map(({ stop }) => stop()));
  process.exit(code);
}
