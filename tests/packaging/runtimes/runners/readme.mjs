// What the README shows for each runtime, as it stands there, over accesses that the package prepared.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "../lib/browsers.mjs";
import { bin, printed } from "../lib/command.mjs";
import { block, linesOf } from "../lib/readme.mjs";
import { edge } from "./edge.mjs";
import { withWorker } from "./workerd.mjs";

const HOME = "/node_modules/bailiwick/dist/access";
const ENTRIES = { "bailiwick/access/slim": `${HOME}/slim.js`, "bailiwick/access/js": `${HOME}/js.js` };
const ANSWERS = { node: "true no_role\n", required: "false\n" };
const PEOPLE = { ana: "granted", bo: "no_role" };

/** Of Ana, who owns the project, and of Bo, who uses it. */
const PREPARE = `import { writeFileSync } from "node:fs";
import { Directory, Policy } from "bailiwick";
import pinecone from "bailiwick/presets/pinecone";
const [ana, bo] = ["user/ana@acme.com", "user/bo@acme.com"];
const members = [{ member: ana, roles: ["organization_owner"] }, { member: bo }];
const directory = Directory.load(Policy.compile(pinecone), {
  format: 1,
  people: [{ id: "ana@acme.com" }, { id: "bo@acme.com" }],
  organizations: [{ id: "acme", edition: "standard", members }],
  projects: [{ id: "search", organization: "acme", members: [{ member: bo, roles: ["project_user"] }] }],
});
for (const [name, who] of Object.entries({ ana, bo })) writeFileSync(name + ".access", directory.access(who, "acme").bytes());
`;

let browser;
let prepared;

export const stop = async () => (await browser)?.close();

export const checks = [
  ["Node", (project) => said(project, process.execPath, [], "node", "js")],
  ["Node with require", (project) => said(project, process.execPath, [], "required", "cjs")],
  ["Deno", (project) => said(project, bin("deno"), ["run", "--no-remote", "--no-prompt", "--allow-read=."], "node", "js")],
  ["Bun", (project) => said(project, bin("bun"), ["run"], "node", "js")],
  ["a Worker from nothing, in under fifteen lines", fromNothing],
  ["a Worker in workerd, in under fifteen lines", worker],
  ["the edge runtime", middleware],
  ["a page without a bundler", (project) => pages(project, block("A page without a bundler", "html"), (code) => code)],
  ["a page that streams", (project) => pages(project, block("A module that streams"), inFile)],
  [
    "a page that forbids WebAssembly",
    (project) => pages(project, block("A page that forbids WebAssembly"), inFile, "script-src 'self'"),
  ],
].map(([name, check]) => [`README, ${name}`, check]);

/** What a runtime prints. */
async function said(project, program, options, name, language) {
  await prepare(project);
  const file = `readme-${name}.${{ js: "mjs", cjs: "cjs" }[language]}`;
  project.write(file, block("Node, Deno, Bun", language));
  return compared([await printed(program, [...options, file], project.root)], [ANSWERS[name]]);
}

/** The whole of a newcomer's Worker, and the company beside it. */
async function fromNothing(project) {
  project.write("company.json", block("From nothing", "json"));
  const code = block("A Worker");
  if (linesOf(code) >= 15) return { failures: [`${linesOf(code)} lines`] };
  const ask = (running) => (name) => running.dispatchFetch(`http://localhost/?who=${name}@acme.com`).then(answerOf);
  const found = await withWorker(project, "readme-nothing", code, {}, (running) => Promise.all(["ana", "bo", "eve"].map(ask(running))));
  return compared(found, ["200 Allowed as Organization owner.", "403 This needs the Project owner role.", "403 Nobody is known under this name."]);
}

/** Whoever is not known, or may not, is refused with the reason. */
async function worker(project) {
  await prepare(project);
  const code = block("Cloudflare Workers");
  if (linesOf(code) >= 15) return { failures: [`${linesOf(code)} lines`] };
  const found = await withWorker(project, "readme-worker", code, { kvNamespaces: ["ACCESSES"] }, async (running) => {
    const accesses = await running.getKVNamespace("ACCESSES");
    for (const name of Object.keys(PEOPLE)) await accesses.put(`user/${name}@acme.com`, new Uint8Array(bytesOf(project, name)).buffer);
    const ask = (name) =>
      running.dispatchFetch("http://localhost/search", {
        headers: { "cf-access-authenticated-user-email": `${name}@acme.com` },
      });
    return Promise.all(["ana", "bo", "eve"].map(async (name) => answerOf(await ask(name))));
  });
  return compared(found, ["200 granted", "403 no_role", "403 unknown_principal"]);
}

async function middleware(project) {
  await prepare(project);
  const handler = `${block("Vercel's edge runtime, Next.js")}
const handle = async (request) => (await middleware(request)) ?? new Response("granted");
addEventListener("fetch", (event) => event.respondWith(handle(event.request)));
`;
  const define = { "process.env.ACCESSES": JSON.stringify(project.address) };
  const runtime = await edge(project, "readme-edge", handler, ["access"], define);
  const ask = (name) => runtime.dispatchFetch("http://localhost/", { headers: { "x-user": name } });
  const found = await Promise.all(Object.keys(PEOPLE).map(async (name) => answerOf(await ask(name))));
  return compared(found, ["200 granted", "403 no_role"]);
}

/** A page's only script, in a file, where a strict page lets it be. There is no bundler that would find the entry. */
function inFile(code, { root, write }, name) {
  const [, entry] = /from "([^"]+)"/.exec(code);
  write("access.wasm", readFileSync(join(root, "node_modules/bailiwick/dist/access.wasm")));
  write(`${name}.mjs`, code.replace(entry, ENTRIES[entry]));
  return `<script type="module" src="${name}.mjs"></script>`;
}

/** Ana's button comes, Bo's goes. */
async function pages(project, code, scriptOf, policy) {
  await prepare(project);
  for (const [who, reason] of Object.entries(PEOPLE)) {
    const hidden = reason !== "granted";
    const name = `readme-${who}`;
    const script = scriptOf(code.replace("/bo.access", `/${who}.access`), project, name);
    const button = `<button id="delete"${hidden ? "" : " hidden"}>Delete</button>`;
    project.write(`${name}.html`, `<!doctype html><link rel="icon" href="data:,">${button}${script}`);
    const query = policy === undefined ? "" : `?policy=${encodeURIComponent(policy)}`;
    await becomes(`${project.address}/${name}.html${query}`, hidden);
  }
  return { failures: [], text: "a button comes, and one goes" };
}

/** Waits until the button is, or is not, hidden; what the page reports as an error fails. */
async function becomes(address, hidden) {
  browser ??= chromium();
  const tab = await (await browser).newPage();
  const broken = new Promise((_, reject) => tab.once("pageerror", reject));
  const done = `document.querySelector("#delete").hidden === ${hidden}`;
  try {
    await Promise.race([tab.goto(address).then(() => tab.waitForFunction(done)), broken]);
  } finally {
    await tab.close();
  }
}

function prepare({ root, write }) {
  prepared ??= (async () => {
    write("readme-prepare.mjs", PREPARE);
    await printed(process.execPath, ["readme-prepare.mjs"], root);
  })();
  return prepared;
}

const bytesOf = ({ root }, name) => readFileSync(join(root, `${name}.access`));
const answerOf = async (response) => `${response.status} ${await response.text()}`;

function compared(found, expected) {
  const same = JSON.stringify(found) === JSON.stringify(expected);
  return { failures: same ? [] : [`${JSON.stringify(found)} and not ${JSON.stringify(expected)}`], text: found.join(", ").trim() };
}
