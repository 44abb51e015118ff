// An authority under load and fault: commands, capsules, requests to a guarded product, keys that rotate, and workerd killed at random.
//   node soak.mjs [--seconds=600] [--kills=10] [--seed=n]
// Any wrong answer, any change that is lost or there twice: exit 1.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual, parseArgs } from "node:util";
import { Commander } from "./lib/commands.mjs";
import { Dice } from "./lib/dice.mjs";
import { rotate } from "./lib/keys.mjs";
import { Lives } from "./lib/lives.mjs";
import { Replay, latest, mustBeOnce } from "./lib/replay.mjs";
import { Customer } from "./lib/requests.mjs";
import { Somebody } from "./lib/somebody.mjs";
import { Tally } from "./lib/tally.mjs";
import { OPERATOR, ORGANIZATIONS, documentOf, ownerOf, peopleOf } from "./lib/world.mjs";

const { values } = parseArgs({
  options: { seconds: { type: "string", default: "600" }, kills: { type: "string", default: "10" }, seed: { type: "string" } },
});
const [seconds, kills, seed] = [Number(values.seconds), Number(values.kills), Number(values.seed ?? Date.now() % 2 ** 31)];
/** A command this often, in milliseconds, over all organizations. */
const EVERY = 10;
/** How many ask the product at the same time, in each organization. */
const CUSTOMERS = 2;

const folder = mkdtempSync(join(tmpdir(), "bailiwick-soak-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
console.log(`${seconds} seconds, ${kills} kills, --seed=${seed}`);

const dice = new Dice(seed);
const tally = new Tally();
const lives = await Lives.make(folder);
await lives.start();

const operator = new Somebody(lives.origin, OPERATOR, tally);
await operator.signIn();
const [answers, losses] = [[], []];
const crowds = await Promise.all(ORGANIZATIONS.map(crowd));

const until = Date.now() + seconds * 1_000;
const isOn = () => Date.now() < until;
const failures = [];
const kept = (work) => work.catch((error) => failures.push(error));

await Promise.all([kept(command()), ...crowds.flatMap(({ customers }) => customers.map((customer) => kept(ask(customer)))), kept(fault())]);
while (crowds.some(({ commander }) => !commander.isIdle)) await pause(50);
for (const { organization, commander } of crowds) await kept(verify(organization, commander));
await lives.kill();
report();

/** An organization moves in; its people sign in. */
async function crowd(organization) {
  const path = `/api/operator/organizations/${organization}`;
  const { status, body } = await operator.ask({ method: "PUT", path, body: documentOf(organization) });
  if (status !== 200) throw new Error(`${organization} could not move in: ${status} ${JSON.stringify(body)}`);
  const people = [ownerOf(organization), ...peopleOf(organization)].map((person) => new Somebody(lives.origin, person, tally));
  await Promise.all(people.map((somebody) => somebody.signIn()));
  const common = { organization, people, tally };
  const customers = Array.from({ length: CUSTOMERS }, () => new Customer({ ...common, answers, dice: new Dice(dice.below(2 ** 31)) }));
  return { organization, customers, commander: new Commander({ ...common, losses, dice: new Dice(dice.below(2 ** 31)) }) };
}

async function command() {
  for (let turn = 0; isOn(); turn += 1) {
    const { commander } = crowds[turn % crowds.length];
    if (commander.isBusy) tally.add("turns left out because too many commands waited");
    else void kept(commander.give());
    await pause(EVERY);
  }
}

async function ask(customer) {
  while (isOn()) {
    await customer.ask();
    await pause(5);
  }
}

/** Kills workerd at random moments; at each start the keys go one step on. */
async function fault() {
  const share = (seconds * 1_000) / (kills + 1);
  for (let count = 0; count < kills; count += 1) {
    await pause(share * (0.6 + 0.4 * dice.next()));
    await lives.kill();
    tally.add("workerd killed and started again");
    tally.add(`keys: ${await rotate(folder)}`);
    await lives.start();
  }
}

/** The log, replayed, is the document; it has what was answered. */
async function verify(organization, commander) {
  const path = `/api/operator/organizations/${organization}`;
  const changes = [];
  for (let after = 0; ; after = changes.at(-1).after) {
    const { body } = await operator.ask({ path: `${path}/changes?after=${after}&limit=500` });
    changes.push(...body.changes);
    if (body.changes.length === 0 || body.next === undefined) break;
  }
  const mine = answers.filter((answer) => answer.organization === organization);
  const replayed = new Replay().run(organization, changes, mine, tally);
  const { body: document } = await operator.ask({ path });
  if (!isDeepStrictEqual(document, replayed)) throw new Error(`${organization}: the log, replayed, is not the document`);
  mustBeOnce(commander.answered, changes);
}

function report() {
  tally.print();
  const longest = failures.length === 0 ? latest(losses, answers) : 0;
  console.log(`${String(longest).padStart(10)}  ms at most from the answer to a removal until an older capsule passed no more`);
  console.log(`memory of each workerd at its peak, MiB: ${lives.peaks.map((peak) => Math.round(peak / 2 ** 20)).join(", ")}`);
  mustHaveRun();
  for (const failure of failures) console.error(failure);
  if (failures.length > 0) process.exit(1);
  const compared = tally.of("answers of the guard compared") + tally.of("changes replayed");
  console.log("no wrong allow, no change lost or there twice");
  console.log(`${compared} passed, 0 failed`);
  process.exit(0);
}

/** What never happened has not been tested. */
function mustHaveRun() {
  const least = ["requests allowed", "requests refused", "forged capsules refused", "changes replayed", "answers of the guard compared"];
  for (const what of least) if (tally.of(what) === 0) failures.push(new Error(`never: ${what}`));
  if (tally.of("workerd killed and started again") !== kills) failures.push(new Error("it was not killed as often as asked"));
}

function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
