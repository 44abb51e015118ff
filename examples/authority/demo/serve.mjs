// Two products on this machine, each an authority in Cloudflare's runtime with the console as its page and a guarded API beside it:
//   node serve.mjs --folder=… [--port=4180] [--assets=…] [--once]
// What is changed stays in the folder. --once ends when all has been asked, else it ends with its standard input. Any answer but the one that
// is expected: exit 1.
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { JSON_BODY, ask, identityOf, openProduct } from "./opening.mjs";
import { products } from "./products.mjs";

const { values } = parseArgs({
  options: { folder: { type: "string" }, port: { type: "string", default: "4180" }, assets: { type: "string" }, once: { type: "boolean" } },
});
const started = [];
let wrong = 0;

for (const product of products) await open(product);
if (wrong > 0) console.log(`${wrong} answers are wrong.`);
if (values.once || wrong > 0) await end(wrong === 0 ? 0 : 1);
console.log("\nA capsule is refused once its organization has changed, and after an hour: start again for new ones.");
console.log("The demo listens to this machine only; the lines above can be run while it does.");
console.log("\nOpen in a browser, choose who you are, and press “Why?”:");
for (const { name, origin } of started) console.log(`  ${origin.padEnd(40)}a product with the roles of ${name}`);
console.log(`  ${`${started[0].origin}/playground.html`.padEnd(40)}the playground, for roles of your own`);
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => end(0));
process.stdin.once("end", () => end(0)).resume();

async function open(product) {
  const { name, organization, asked, command } = product;
  const folder = resolve(values.folder, name);
  const port = values.once ? 0 : Number(values.port) + product.port;
  const { origin, stop } = await openProduct(product, { folder, port, assets: values.assets });
  started.push({ name, origin, stop });
  console.log(`\n${name}, ${origin}`);
  for (const request of asked) await askProduct(origin, folder, organization, request);
  await askAuthority(origin, folder, organization, command);
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

async function end(code) {
  await Promise.all(started.map(({ stop }) => stop()));
  process.exit(code);
}
