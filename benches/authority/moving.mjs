// What others notice while a large organization moves into an authority in workerd, and until all its members know:
//   node moving.mjs [--people=10000]
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Lives } from "./lib/lives.mjs";
import { Somebody } from "./lib/somebody.mjs";
import { Tally } from "./lib/tally.mjs";
import { OPERATOR } from "./lib/world.mjs";

const { values } = parseArgs({ options: { people: { type: "string", default: "10000" } } });
const ids = Array.from({ length: Number(values.people) }, (_, place) => `person-${String(place).padStart(6, "0")}@large.example`);
/** How many members are asked what they know: the first, the last and some between. */
const ASKED = 8;

const folder = mkdtempSync(join(tmpdir(), "bailiwick-moving-"));
const lives = await Lives.make(folder);
await lives.start();
const [answers, statuses] = [[], new Map()];
try {
  await measure();
} finally {
  await lives.kill();
  rmSync(folder, { recursive: true, force: true });
}

async function measure() {
  const [operator, ana] = [await signedIn(OPERATOR), await signedIn("ana@small.example")];
  const creation = { id: "c", command: "create_organization", organization: "small" };
  await must(ana.ask({ method: "POST", path: "/api/organizations", body: creation }));
  const asked = await Promise.all(Array.from({ length: ASKED }, (_, place) => tokenOf(ids[Math.floor((place * (ids.length - 1)) / (ASKED - 1))])));
  const start = performance.now();
  let isOn = true;
  const others = (async () => {
    while (isOn) {
      await noted(ana, { path: "/api/organizations/small/capsule" });
      await pause(20);
    }
  })();
  const body = documentOf("large");
  await must(operator.ask({ method: "PUT", path: "/api/operator/organizations/large", body }));
  const moved = performance.now() - start;
  for (const one of asked) while (!(await knows(one))) await pause(200);
  const told = performance.now() - start;
  isOn = false;
  await others;
  report(moved, told);
}

function documentOf(organization) {
  const members = ids.map((id, place) => ({ member: `user/${id}`, roles: [place === 0 ? "organization_owner" : "organization_user"] }));
  return { format: 1, people: ids.map((id) => ({ id })), organizations: [{ id: organization, edition: "enterprise", members }] };
}

/** Asks once: what has no answer counts as 0. */
async function noted(somebody, request) {
  const at = performance.now();
  const { status } = await somebody.askOnce(request).catch(() => ({ status: 0 }));
  answers.push(performance.now() - at);
  statuses.set(status, (statuses.get(status) ?? 0) + 1);
}

async function knows(somebody) {
  const { body } = await somebody.ask({ path: "/api/me" });
  return body.organizations.some(({ id }) => id === "large");
}

async function signedIn(person) {
  const somebody = new Somebody(lives.origin, person, new Tally());
  await somebody.signIn();
  return somebody;
}

/** Somebody who is known to the sign-in, and was never here. */
async function tokenOf(person) {
  const somebody = new Somebody(lives.origin, person, new Tally());
  await somebody.identify();
  return somebody;
}

async function must(asked) {
  const { status, body } = await asked;
  if (status !== 200) throw new Error(`${status} ${JSON.stringify(body).slice(0, 300)}`);
}

function report(moved, told) {
  answers.sort((one, other) => one - other);
  const at = (share) => `${Math.round(answers[Math.min(answers.length - 1, Math.floor(share * answers.length))])} ms`;
  console.log(`${ids.length} people: moved in after ${Math.round(moved)} ms, all who were asked knew after ${Math.round(told)} ms`);
  console.log(`another organization, ${answers.length} requests: ${at(0.5)} in the middle, ${at(0.99)} for 99 of 100, ${at(1)} at most`);
  console.log(`statuses: ${[...statuses].map(([status, count]) => `${status} ${count} times`).join(", ")}`);
  console.log(`workerd at its peak: ${Math.round(Math.max(lives.memory, ...lives.peaks) / 2 ** 20)} MiB`);
}

function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
