// What the tests of the authority share: databases in memory by every library that is there, and a company that lives in places.
import assert from "node:assert/strict";
import Libsql from "libsql";
import { openPlaces } from "bailiwick/authority";
import pinecone from "bailiwick/presets/pinecone";

/** The libraries, by name. `node:sqlite` only where this Node has it. */
export const libraries = { libsql: (path) => new Libsql(path) };
try {
  const { DatabaseSync } = await import("node:sqlite");
  libraries["node:sqlite"] = (path) => new DatabaseSync(path);
} catch {
  console.log("# this Node has no node:sqlite: libsql alone");
}

export const NOW = 1_790_000_000_000;

/** Databases in memory that outlive the places over them, by name. */
export function inMemory(open = libraries.libsql) {
  const all = new Map();
  const databases = (name) => {
    if (!all.has(name)) all.set(name, open(":memory:"));
    const database = all.get(name);
    return { exec: (sql) => database.exec(sql), prepare: (sql) => database.prepare(sql) };
  };
  return { all, databases, names: () => [...all.keys()] };
}

/** Places over databases in memory, with short ways to ask them. */
export function world({ policy = pinecone, memory = inMemory(), ...settings } = {}) {
  const places = openPlaces({ policy, clock: () => NOW, ...memory, ...settings });
  let count = 0;
  const asUser = (person) => (person.includes("/") ? person : `user/${person}`);
  const apply = async (organization, by, command, fields = {}) => {
    count += 1;
    const text = JSON.stringify({ id: `t${count}`, command, organization, ...fields });
    const outcome = await places.organization(organization).apply(text, asUser(by));
    await places.settled();
    return outcome;
  };
  return {
    places,
    memory,
    apply,
    /** As `apply`, and it must be accepted. */
    done: async (...asked) => accepted(await apply(...asked)),
    create: async (person, organization, id = `create-${organization}`, more = {}) => {
      const text = JSON.stringify({ id, command: "create_organization", organization, ...more });
      const outcome = await places.person(asUser(person)).create(text, typeof more.person === "object" ? more.person : { id: person });
      await places.settled();
      return outcome;
    },
    ask: (organization, as, ask, fields = {}) => places.organization(organization).ask({ ask, ...fields }, asUser(as)),
    me: (person) => places.person(asUser(person)).me(),
    signIn: (person) => places.person(`user/${person.id}`).signIn(person),
  };
}

/** The change of an outcome that must be one. */
export function accepted(outcome) {
  assert.ok(outcome.ok, `refused: ${outcome.decision?.reason} ${outcome.text}`);
  return outcome;
}

/** The reason of an outcome that must be a refusal. */
export function reason(outcome) {
  assert.equal(outcome.ok, false, "accepted");
  assert.notEqual(outcome.text, "");
  return outcome.decision.reason;
}

/** A world where Ana owns Acme, and Bo and Cy are in it. */
export async function acme(settings = {}) {
  const made = world(settings);
  accepted(await made.create("ana@acme.com", "acme"));
  for (const name of ["bo", "cy"]) await join(made, "acme", `${name}@acme.com`);
  return made;
}

/** Somebody is invited by Ana, signs in and accepts. */
export async function join(made, organization, person, roles = ["organization_user"], by = "ana@acme.com") {
  await made.signIn({ id: person });
  await made.done(organization, by, "invite_member", { invite: `for-${person}`, address: person, roles });
  await made.done(organization, person, "accept_invite", { invite: `for-${person}` });
}
