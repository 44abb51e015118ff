// The fault law: whatever statement fails, wherever the process stops, after a restart and the same commands again everything is as if
// nothing had happened: each change once, each note's effect once, no revision left out.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Rules, openPlaces, shardOf } from "bailiwick/authority";
import pinkfish from "bailiwick/presets/pinkfish";
import { NOW, libraries } from "./authority.mjs";
import { Copied, Fault, Faults } from "./faults.mjs";

/** Rows are compared with rows: what is random is the same in all runs. */
crypto.randomUUID = () => "00000000-0000-4000-8000-000000000000";

const rules = new Rules(pinkfish);
const [ana, bo, dee] = ["ana@acme.com", "bo@acme.com", "u-77"];

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

/** An organization moves in, of whose members two are kept in one place, and are told together. */
const twins = (() => {
  const all = Array.from({ length: 100 }, (_, number) => `t${number}@acme.com`);
  const first = all.find((one) => all.some((other) => other > one && shardOf(`user/${other}`) === shardOf(`user/${one}`)));
  return [first, all.find((other) => other > first && shardOf(`user/${other}`) === shardOf(`user/${first}`))];
})();
const moveIn = (organization) => {
  const members = [ana, ...twins].map((id) => ({ member: `user/${id}`, roles: [id === ana ? "organization_admin" : "organization_member"] }));
  const people = [ana, ...twins].map((id) => ({ id }));
  const text = JSON.stringify({ format: 1, policy: "pinkfish", people, organizations: [{ id: organization, edition: "team", members }] });
  return step((places) => places.organization(organization).adopt(text));
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
  moveIn("omega"),
  ...twins.map((id) => signIn({ id })),
  apply("omega", ana, "rename_organization", { name: "Omega" }),
];

/** Runs steps from what a copy says; after a failure the process starts anew, or goes on, and the step is tried again. */
async function run(open, copy, steps, { restarts = true, ...fault } = {}) {
  const machine = new Copied(open, copy);
  const faults = new Faults(fault);
  const databases = (name) => faults.wrap(machine.at(name));
  const begin = () => openPlaces({ policy: rules, clock: () => NOW, databases, names: () => machine.names() });
  let places = begin();
  const again = async () => {
    if (restarts) {
      await places.close();
      machine.rollBack();
      faults.restart();
      places = begin();
    }
    await places.resume();
  };
  const outcomes = [];
  const counts = [];
  for (const step of steps) {
    outcomes.push(await tried(step, () => places, again));
    counts.push(faults.count);
  }
  if (faults.fired) await again();
  const found = { outcomes, counts, fired: faults.fired, places, copy: machine.copy() };
  await places.close();
  return found;
}

async function tried(step, places, again) {
  for (let left = 3; ; left -= 1) {
    try {
      const { ok, decision, first } = await step(places());
      await places().settled();
      return ok === undefined ? typeof first : ok || decision.reason;
    } catch (error) {
      if (!(error instanceof Fault) || left === 0) throw error;
      await again();
    }
  }
}

/** What an undisturbed run leaves after each step, the first of all being nothing. */
async function undisturbed(open) {
  const copies = [{}];
  const outcomes = [];
  for (const step of STEPS) {
    const found = await run(open, copies.at(-1), [step]);
    copies.push(found.copy);
    outcomes.push(...found.outcomes);
  }
  return { copies, outcomes };
}

/** Revisions count up from 1, no command comes twice, nobody is left to be told, and nothing is left to be settled. */
function mustBeWhole(copy) {
  for (const [name, { log, outbox, reservation }] of Object.entries(copy)) {
    const revisions = (log?.rows ?? []).map(({ revision }) => revision);
    assert.deepEqual(revisions, revisions.map((_, place) => place + 1), name);
    assert.equal(new Set((log?.rows ?? []).map(({ command }) => command)).size, revisions.length, name);
    assert.deepEqual(outbox?.rows ?? [], [], name);
    assert.deepEqual((reservation?.rows ?? []).filter(({ settled }) => settled === 0), [], name);
  }
}

/** How many steps follow the one that failed; every so many times all of them do. */
const FOLLOWING = 1;
const WHOLE = 40;

for (const [library, open] of Object.entries(libraries))
  test(`the fault law over ${library}`, async (t) => {
    const { copies, outcomes } = await undisturbed(open);
    const refusals = outcomes.filter((outcome) => typeof outcome === "string" && outcome !== "boolean");
    assert.ok(STEPS.length >= 25);
    assert.deepEqual(refusals, ["conflict", "conflict", "last_owner", "conflict"]);
    for (const copy of copies) mustBeWhole(copy);
    const ran = { faults: 0, statements: 0 };
    for (const [place, step] of STEPS.entries()) {
      const { counts } = await run(open, copies[place], [step]);
      assert.ok(counts[0] > 0, `step ${place} asks the database nothing`);
      ran.statements += counts[0];
      for (let due = 1; due <= counts[0]; due += 1)
        for (const restarts of [true, false])
          for (const lost of [false, true]) {
            const end = ran.faults % WHOLE === 0 ? STEPS.length : Math.min(place + 1 + FOLLOWING, STEPS.length);
            const found = await run(open, copies[place], STEPS.slice(place, end), { due, lost, crash: restarts, restarts });
            const where = `step ${place}, statement ${due}, ${lost ? "its answer lost" : "not done"}, ${restarts ? "then a restart" : "and on"}`;
            assert.ok(found.fired, `${where}: nothing failed`);
            assert.deepEqual(found.outcomes, outcomes.slice(place, end), where);
            assert.deepEqual(found.copy, copies[end], where);
            ran.faults += 1;
          }
    }
    t.diagnostic(JSON.stringify(ran));
    assert.ok(ran.statements > 300 && ran.faults === 4 * ran.statements, JSON.stringify(ran));
  });
