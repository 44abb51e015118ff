// The fault law: whatever statement fails, wherever the process stops, after a restart and the same commands again everything is as if
// nothing had happened: each change once, each note's effect once, no revision left out.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Rules, openPlaces } from "bailiwick/authority";
import pinkfish from "bailiwick/presets/pinkfish";
import { NOW, inMemory, libraries } from "./authority.mjs";
import { Fault, Faults } from "./faults.mjs";

const rules = new Rules(pinkfish);
const [ana, bo, dee] = ["ana@acme.com", "bo@acme.com", "u-77"];
const PEOPLE = [ana, bo, dee];
const ORGANIZATIONS = ["acme", "beta", "gamma", "delta", "zeta"];

let ids = 0;
const step = (run) => run;
const signIn = (person) => step((places) => places.person(`user/${person.id}`).signIn(person));
const create = (person, organization, more = {}) => {
  const text = JSON.stringify({ id: `c${(ids += 1)}`, command: "create_organization", organization, ...more });
  return step((places) => places.person(`user/${person}`).create(text, { id: person, ...(person === dee ? { email: "dee@acme.com" } : {}) }));
};
const apply = (organization, by, command, fields = {}) => {
  const text = JSON.stringify({ id: `c${(ids += 1)}`, command, organization, ...fields });
  return step((places) => places.organization(organization).apply(text, `user/${by}`));
};
const operate = (organization, edition) => {
  const text = JSON.stringify({ id: `c${(ids += 1)}`, command: "change_edition", organization, edition });
  return step((places) => places.organization(organization).applyAsHost(text));
};

const member = { roles: ["organization_member"] };
const STEPS = [
  create(ana, "acme", { name: "Acme" }),
  create(ana, "beta"), // refused: one each
  operate("acme", "team"),
  create(ana, "beta", { from: "acme" }),
  signIn({ id: bo, name: "Bo" }),
  apply("acme", ana, "invite_member", { invite: "i1", address: bo, ...member }),
  apply("acme", bo, "accept_invite", { invite: "i1" }),
  create(bo, "acme"), // refused: taken
  create(bo, "gamma"),
  signIn({ id: dee, email: "dee@acme.com" }),
  apply("acme", ana, "invite_member", { invite: "i2", address: "dee@acme.com", ...member }),
  apply("acme", ana, "resend_invite", { invite: "i2" }),
  apply("acme", dee, "accept_invite", { invite: "i2" }),
  apply("acme", bo, "create_resource", { resource: "automation/mail" }),
  apply("acme", bo, "share", { resource: "automation/mail", with: `user/${dee}`, role: "view" }),
  apply("acme", ana, "leave_organization"), // refused: the last owner
  apply("acme", ana, "change_member_roles", { member: `user/${dee}`, roles: ["organization_admin"] }),
  apply("acme", dee, "rename_organization", { name: "Acme & Co" }),
  apply("acme", dee, "suspend_member", { member: `user/${bo}` }),
  apply("acme", dee, "restore_member", { member: `user/${bo}` }),
  create(dee, "delta", { from: "acme" }),
  apply("gamma", bo, "delete_organization"),
  create(bo, "gamma"), // refused: the id is used up
  create(bo, "zeta"),
  apply("acme", bo, "leave_organization", { successor: `user/${dee}` }),
  apply("delta", dee, "delete_organization"),
];

/** Runs all steps; after a failure the process starts anew, or goes on, and the step is tried again. */
async function run(open, { restarts = true, ...fault }) {
  const memory = inMemory(open);
  const faults = new Faults(fault);
  const databases = (name) => faults.wrap(memory.databases(name));
  const begin = () => openPlaces({ policy: rules, clock: () => NOW, databases, names: memory.names });
  let places = begin();
  const again = async () => {
    if (restarts) {
      await places.settled();
      for (const database of memory.all.values()) rollBack(database);
      faults.restart();
      places = begin();
    }
    await places.resume();
  };
  const outcomes = [];
  for (const step of STEPS) outcomes.push(await tried(step, () => places, again));
  await again().catch((failed) => assert.ok(failed instanceof Fault, failed));
  await again(); // whatever was due has failed by now
  return { ...(await state(places, memory)), outcomes, statements: faults.count, fired: faults.fired };
}

async function tried(step, places, again) {
  for (let left = 3; ; left -= 1) {
    try {
      const { ok, decision, first } = await step(places());
      await places().settled();
      return ok === undefined ? typeof first : ok || decision.reason;
    } catch (error) {
      if (!(error instanceof Fault) || left === 0) throw error;
      await again().catch((failed) => assert.ok(failed instanceof Fault, failed));
    }
  }
}

/** What a process that stops leaves to SQLite. */
function rollBack(database) {
  try {
    database.exec("ROLLBACK");
  } catch {
    // There was nothing to take back.
  }
}

/** All that can be seen: documents, lists, logs, and what is still to do. */
async function state(places, { all }) {
  const documents = {};
  const lists = {};
  for (const id of ORGANIZATIONS) documents[id] = JSON.stringify(await places.organization(id).document());
  for (const id of PEOPLE) lists[id] = await places.person(`user/${id}`).me();
  const rows = (prefix, query) =>
    Object.fromEntries([...all].filter(([name]) => name.startsWith(prefix)).map(([name, database]) => [name, tableOf(database, query)]));
  const logs = rows("organization-", "SELECT revision, command FROM log ORDER BY revision");
  const waiting = { ...rows("organization-", "SELECT * FROM outbox"), ...rows("person-user", "SELECT * FROM reservation WHERE settled = 0") };
  return { documents, lists, logs, waiting };
}

function tableOf(database, query) {
  const there = database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'meta'").all().length > 0;
  return there ? database.prepare(query).all().map((row) => ({ ...row })) : [];
}

/** Revisions count up from 1, and no command comes twice. */
function mustBeWhole(logs) {
  for (const [name, rows] of Object.entries(logs)) {
    assert.deepEqual(rows.map(({ revision }) => revision), rows.map((_, place) => place + 1), name);
    assert.equal(new Set(rows.map(({ command }) => command)).size, rows.length, name);
  }
}

for (const [library, open] of Object.entries(libraries)) {
  test(`the fault law over ${library}`, async (t) => {
    const { statements, fired, ...expected } = await run(open, {});
    assert.equal(fired, false);
    assert.ok(STEPS.length >= 25 && statements > 300, `${statements} statements in ${STEPS.length} steps`);
    assert.deepEqual(expected.outcomes.filter((outcome) => typeof outcome === "string"), ["conflict", "boolean", "conflict", "boolean", "last_owner", "conflict"]);
    mustBeWhole(expected.logs);
    for (const [name, rows] of Object.entries(expected.waiting)) assert.deepEqual(rows, [], name);
    let runs = 0;
    for (const restarts of [true, false])
      for (const lost of [false, true])
        for (let due = 1; due <= statements; due += 1) {
          const where = `statement ${due}, ${lost ? "its answer lost" : "not done"}, ${restarts ? "then a restart" : "and on"}`;
          const found = await run(open, { due, lost, crash: restarts, restarts });
          assert.ok(found.fired, `${where}: nothing failed`);
          for (const part of Object.keys(expected)) assert.deepEqual(found[part], expected[part], `${where}: ${part}`);
          runs += 1;
        }
    assert.equal(runs, 4 * statements);
    t.diagnostic(`${runs} faults in ${STEPS.length} steps of ${statements} statements`);
  });
}
