// What memory an authority takes while the same is done again and again, beside a worker that does nothing:
//   node memory.mjs [--requests=40000]
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { until } from "./lib/http.mjs";
import { Lives } from "./lib/lives.mjs";
import { Somebody } from "./lib/somebody.mjs";
import { Tally } from "./lib/tally.mjs";
import { OPERATOR, documentOf, ownerOf, peopleOf } from "./lib/world.mjs";

const { values } = parseArgs({ options: { requests: { type: "string", default: "40000" } } });
const requests = Number(values.requests);
/** A capsule is asked for anew after so many requests: each command makes those before it older. */
const RENEW = 500;
const STEPS = 4;
const ORGANIZATION = "north";
const tally = new Tally();

/** A line of the table: the process at each step, the worker at the first step and at the last. */
async function line(name, { worker, times = requests, prepare }) {
  const folder = mkdtempSync(join(tmpdir(), "bailiwick-memory-"));
  const lives = await Lives.make(folder, worker);
  await lives.start();
  try {
    const work = await prepare(lives);
    const resident = [lives.memory];
    let first;
    for (let step = 0; step < STEPS; step += 1) {
      await many(times / STEPS, work);
      first ??= await lives.held();
      resident.push(lives.memory);
    }
    const last = await lives.held();
    const held = ({ objects, modules }) => `${mib(objects, 1)} + ${mib(modules, 1)}`;
    return [name, times.toLocaleString("en"), resident.map((bytes) => mib(bytes, 0)).join(", "), held(first), held(last)];
  } finally {
    await lives.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function many(times, work) {
  let left = times;
  const one = async () => {
    while (left-- > 0) await work(left);
  };
  await Promise.all(Array.from({ length: 4 }, one));
}

async function movedIn(lives) {
  const operator = await signedIn(lives, OPERATOR);
  await operator.ask({ method: "PUT", path: `/api/operator/organizations/${ORGANIZATION}`, body: documentOf(ORGANIZATION) });
  return signedIn(lives, ownerOf(ORGANIZATION));
}

async function signedIn(lives, person) {
  const somebody = new Somebody(lives.origin, person, tally);
  await somebody.signIn();
  return somebody;
}

/** Asks with a capsule, with a new one where it is refused or old. */
async function withCapsule(owner, turn, request) {
  const { token } = turn % RENEW === 0 ? await owner.renew(ORGANIZATION) : await owner.capsule(ORGANIZATION);
  const { status } = await owner.ask({ ...request, capsule: token });
  if (status === 401) await owner.renew(ORGANIZATION);
  else if (status !== 200) throw new Error(`${request.path}: ${status}`);
}

const lines = [
  await line("a worker that does nothing", { worker: "bare.mjs", prepare: ({ origin }) => () => until(origin, { path: "/api/" }, tally) }),
  await line("requests to a guarded product", {
    prepare: async (lives) => {
      const owner = await movedIn(lives);
      return (turn) => withCapsule(owner, turn, { path: `/api/product/${ORGANIZATION}/billing` });
    },
  }),
  await line("capsules", {
    prepare: async (lives) => {
      await movedIn(lives);
      const member = await signedIn(lives, peopleOf(ORGANIZATION)[0]);
      return () => member.renew(ORGANIZATION);
    },
  }),
  await line("commands", {
    times: requests / 4,
    prepare: async (lives) => {
      const owner = await movedIn(lives);
      const path = `/api/organizations/${ORGANIZATION}/commands`;
      const rename = (turn) => ({ id: `turn-${turn}-${performance.now()}`, organization: ORGANIZATION, command: "rename_organization", name: `North ${turn % 10}` });
      return (turn) => withCapsule(owner, turn, { method: "POST", path, body: rename(turn) });
    },
  }),
];
const head = ["", "times", "the process at the start and after each quarter, MiB", "the worker after the first quarter: objects + modules, MiB", "after the last"];
for (const row of [head, head.map(() => "---"), ...lines]) console.log(`| ${row.join(" | ")} |`);
process.exit(0);

function mib(bytes, digits) {
  return (bytes / 2 ** 20).toFixed(digits);
}
