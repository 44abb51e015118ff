// How fast an authority is in workerd on this machine, over HTTP on loopback, the one who asks on the same cores:
//   node speed.mjs [--seconds=5]
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { OWNER, grownOf, personAt, projectAt } from "./lib/grown.mjs";
import { Lives } from "./lib/lives.mjs";
import { Somebody } from "./lib/somebody.mjs";
import { Tally } from "./lib/tally.mjs";
import { OPERATOR } from "./lib/world.mjs";

const { values } = parseArgs({ options: { seconds: { type: "string", default: "5" } } });
const seconds = Number(values.seconds);
/** How many ask at the same time. */
const AT_ONCE = 16;

/** One organization that has grown so far. */
async function grown(shares) {
  return fresh(async (lives, operator) => {
    const moving = await timed(() => moveIn(operator, "acme", shares));
    await lives.kill();
    await lives.start();
    const owner = await signedIn(lives, OWNER);
    const capsule = await owner.capsule("acme");
    await lives.kill();
    await lives.start();
    const first = await timed(() => give(owner, capsule, "acme", shares, "first"));
    const awake = await lives.held();
    const commands = await rate((turn) => give(owner, capsule, "acme", shares, turn));
    const members = await Promise.all(Array.from({ length: AT_ONCE }, (_, place) => signedIn(lives, personAt(place))));
    const capsules = await rate((turn) => must(members[turn % AT_ONCE].ask({ path: "/api/organizations/acme/capsule" })));
    const after = [held(awake), held(await lives.held()), mib(Math.max(...lives.peaks))];
    return [shares.toLocaleString("en"), ms(moving), ms(first), round(commands), round(capsules), ...after];
  });
}

async function sideBySide(count) {
  return fresh(async (lives, operator) => {
    const names = Array.from({ length: count }, (_, place) => `acme-${place}`);
    for (const name of names) await moveIn(operator, name, 1_000);
    const owner = await signedIn(lives, OWNER);
    const capsules = new Map();
    for (const name of names) capsules.set(name, await owner.capsule(name));
    const all = await rate((turn) => {
      const name = names[turn % count];
      return give(owner, capsules.get(name), name, 1_000, turn);
    });
    return [String(count), round(all)];
  });
}

async function fresh(work) {
  const folder = mkdtempSync(join(tmpdir(), "bailiwick-speed-"));
  const lives = await Lives.make(folder);
  await lives.start();
  try {
    return await work(lives, await signedIn(lives, OPERATOR));
  } finally {
    await lives.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function signedIn(lives, person) {
  const somebody = new Somebody(lives.origin, person, new Tally());
  await somebody.signIn();
  return somebody;
}

const moveIn = (operator, organization, shares) =>
  must(operator.ask({ method: "PUT", path: `/api/operator/organizations/${organization}`, body: grownOf(organization, shares) }));

/** A member of a project becomes its owner, or a user again. */
function give(owner, capsule, organization, shares, turn) {
  const place = typeof turn === "number" ? turn : 0;
  const project = place % Math.max(1, shares / 100);
  const member = personAt(((project * 37) % Math.min(1_000, shares)) + (place % 50));
  const body = {
    id: `${organization}-${turn}`,
    organization,
    command: "change_project_member",
    project: `${organization}-${projectAt(project)}`,
    member: `user/${member}`,
    roles: [place % 2 === 0 ? "project_owner" : "project_user"],
  };
  return owner.ask({ method: "POST", path: `/api/organizations/${organization}/commands`, body, capsule: capsule.token });
}

async function must(asked) {
  const answer = await asked;
  if (answer.status === 200) return answer.body;
  throw new Error(`${answer.status} ${JSON.stringify(answer.body).slice(0, 300)}`);
}

async function timed(work) {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** How many a second, `AT_ONCE` at the same time. */
async function rate(work) {
  let [turn, done] = [0, 0];
  const until = performance.now() + seconds * 1_000;
  const one = async () => {
    while (performance.now() < until) {
      await work(turn++);
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  return done / seconds;
}

const ms = (value) => `${Math.round(value)} ms`;
const round = (value) => Math.round(value).toLocaleString("en");
const mib = (value) => `${Math.round(value / 2 ** 20)} MiB`;
const held = ({ objects, modules }) => `${mib(objects)} + ${mib(modules)}`;

function table(head, lines) {
  for (const line of [head, head.map(() => "---"), ...lines]) console.log(`| ${line.join(" | ")} |`);
  console.log();
}

const rows = [];
for (const shares of [1_000, 10_000, 100_000]) rows.push(await grown(shares));
table(["shares", "move in", "first command after a start", "commands/s", "capsules/s of members", "the worker holds after that command: objects + modules", "at the end", "the whole process at its peak"], rows);
const beside = [];
for (const count of [1, 4, 16]) beside.push(await sideBySide(count));
table(["organizations of 1,000 shares, side by side", "commands/s in all"], beside);
