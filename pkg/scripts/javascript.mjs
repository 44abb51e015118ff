// What `bailiwick/js` costs beside the module that it is made of: node scripts/javascript.mjs
// Sizes are of one file, minified, with everything that the entry loads. Times are the best of some rounds, in a process of their own.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { build } from "esbuild";

const [, script, entry] = process.argv;
const ENTRIES = { wasm: "../dist/index.js", javascript: "../dist/js.js" };
const path = (to) => fileURLToPath(new URL(to, import.meta.url));

if (entry === undefined) await compare();
else console.log(JSON.stringify(await times(await import(ENTRIES[entry]))));

async function compare() {
  const [wasm, javascript] = [await costs("wasm"), await costs("javascript")];
  for (const what of Object.keys(wasm)) {
    const ratio = (javascript[what] / wasm[what]).toFixed(2);
    console.log(`${what}: ${shown(wasm[what])} as WebAssembly, ${shown(javascript[what])} as JavaScript, ${ratio} times`);
  }
}

async function costs(entry) {
  const bytes = await minified(path(ENTRIES[entry]));
  const timed = execFileSync(process.execPath, [script, entry], { encoding: "utf8" });
  return { "minified bytes": bytes.length, "brotli bytes": brotliCompressSync(bytes).length, ...JSON.parse(timed) };
}

async function minified(entry) {
  const options = { bundle: true, minify: true, write: false, format: "esm", logLevel: "error" };
  const { outputFiles } = await build({ entryPoints: [entry], ...options });
  return outputFiles[0].contents;
}

/** Nanoseconds for each question; milliseconds to load. */
async function times({ Access, Directory, Policy }) {
  const read = (name) => JSON.parse(readFileSync(path(`../../${name}`), "utf8"));
  const { $schema, ...document } = read("policies/pinecone.json");
  const text = JSON.stringify(world(2_000));
  const policy = Policy.compile(document);
  const load = best(5, 1, () => Directory.load(policy, text).free()) / 1e6;
  const directory = Directory.load(policy, text);
  const bytes = directory.access("user/p7@acme.com", "acme").bytes();
  const ids = Array.from({ length: 1024 }, (_, number) => `project-${number}`);
  const access = Access.open(bytes);
  let turn = 0;
  const next = () => ids[(turn += 1) % ids.length];
  return {
    "ms to load 2,000 projects": load,
    "ns to open and ask once": best(7, 300, () => {
      const opened = Access.open(bytes);
      opened.can("delete", "project", "project-7");
      opened.free();
    }),
    "ns for can": best(7, 50_000, () => access.can("delete", "project", next())),
    "ns for check": best(7, 5_000, () => access.check("delete", "project", next())),
    "ns for each cell of canMany": best(7, 20, () => access.canMany(["rename", "delete"], "project", ids)) / 2048,
  };
}

/** The fewest nanoseconds for one call, over some rounds. */
function best(rounds, calls, work) {
  const taken = Array.from({ length: rounds }, () => {
    const start = process.hrtime.bigint();
    for (let call = 0; call < calls; call += 1) work();
    return Number(process.hrtime.bigint() - start) / calls;
  });
  return Math.min(...taken);
}

/** One organization; everybody is in some of its projects. */
function world(size) {
  const people = Array.from({ length: 20 }, (_, number) => `p${number}@acme.com`);
  const roles = (number) => (number === 0 ? ["organization_owner"] : ["organization_user"]);
  return {
    format: 1,
    people: people.map((id) => ({ id })),
    organizations: [
      {
        id: "acme",
        edition: "enterprise",
        members: people.map((id, number) => ({ member: `user/${id}`, roles: roles(number) })),
      },
    ],
    projects: Array.from({ length: size }, (_, number) => ({
      id: `project-${number}`,
      organization: "acme",
      members: [{ member: `user/${people[number % 20]}`, roles: ["project_user"] }],
    })),
  };
}

function shown(number) {
  return number.toLocaleString("en-US", { maximumFractionDigits: number < 100 ? 1 : 0 });
}
