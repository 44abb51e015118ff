// What commands come to in an organization's place and in a person's.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Directory, Policy } from "bailiwick";
import { OrganizationAuthority, databaseName, overDatabase, shardOf } from "bailiwick/authority";
import { applyDelta } from "bailiwick/guard";
import pinkfish from "bailiwick/presets/pinkfish";
import pinecone from "bailiwick/presets/pinecone";
import { NOW, accepted, acme, join, libraries, reason, world } from "./authority.mjs";

const ana = "ana@acme.com";
const bo = "bo@acme.com";

describe("founding an organization", () => {
  test("the first change makes its creator the owner, and their list says so", async () => {
    const made = world();
    const { change, revision } = accepted(await made.create(ana, "acme", "c1", { name: "Acme" }));
    assert.deepEqual([change.before, change.after, revision, change.actor], [0, 1, 1, `user/${ana}`]);
    const me = await made.me(ana);
    const entry = { id: "acme", name: "Acme", edition: "starter", roles: ["organization_owner"], active: true, created: true };
    assert.deepEqual(me, { person: { id: ana }, organizations: [entry], invites: [] });
    assert.equal(await made.places.revision("acme"), 1);
  });

  test("the same command again changes nothing; the same id for something else is a conflict", async () => {
    const made = world();
    accepted(await made.create(ana, "acme", "c1"));
    const again = accepted(await made.create(ana, "acme", "c1"));
    assert.equal(again.change.repeated, true);
    assert.equal(again.revision, 1);
    assert.equal(reason(await made.create(ana, "acme", "c1", { name: "Other" })), "conflict");
    assert.equal(reason(await made.create(bo, "acme", "c1")), "conflict");
  });

  test("an id that is taken is a conflict, and the creation counts for nothing", async () => {
    const made = world();
    accepted(await made.create(ana, "acme"));
    assert.equal(reason(await made.create(bo, "acme", "b1")), "conflict");
    accepted(await made.create(bo, "beta", "b2"));
  });

  test("one creator makes one; a second is refused by the core, one after the other and both at once", async () => {
    const made = world();
    const both = await Promise.all([made.create(ana, "one", "c1"), made.create(ana, "two", "c2")]);
    assert.deepEqual(both.map(({ ok }) => ok), [true, false]);
    assert.equal(reason(both[1]), "conflict");
    assert.equal(reason(await made.create(ana, "three", "c3")), "conflict");
    assert.equal(await made.places.revision("two"), 0);
    assert.equal((await made.me(ana)).organizations.length, 1);
  });

  test("a further one comes from an organization whose edition allows it, for who may do that there", async () => {
    const made = world({ policy: pinkfish });
    accepted(await made.create(ana, "acme"));
    const further = (person, id, from) => made.create(person, `further-${id}`, id, from === undefined ? {} : { from });
    assert.equal(reason(await further(ana, "f1")), "conflict");
    assert.equal(reason(await further(ana, "f2", "acme")), "feature_unavailable");
    await operate(made, "acme", "team");
    assert.equal(reason(await further(ana, "f3", "nowhere")), "not_a_member");
    accepted(await further(ana, "f4", "acme"));
    await join(made, "acme", bo, ["organization_member"]);
    accepted(await made.create(bo, "beta"));
    assert.equal(reason(await further(bo, "f5", "acme")), "no_role");
    await made.done("acme", ana, "suspend_member", { member: `user/${bo}` });
    assert.equal(reason(await further(bo, "f6", "acme")), "suspended");
  });

  test("who is nobody's user creates nothing", async () => {
    const made = world();
    await assert.rejects(made.create("not an address", "acme"), { code: "ERR_ADDRESS" });
    assert.equal(made.memory.all.has(databaseName({ kind: "organization", name: "acme" })), false, "never asked");
    assert.equal(await made.places.revision("acme"), 0);
  });
});

describe("commands", () => {
  test("are decided by the core, for the organization of the place alone", async () => {
    const { apply, places } = await acme();
    assert.equal(reason(await apply("acme", bo, "delete_organization")), "no_role");
    assert.equal(reason(await apply("acme", ana, "leave_organization")), "last_owner");
    const other = '{"id":"x","command":"create_organization","organization":"other"}';
    await assert.rejects(places.organization("acme").apply(other, `user/${bo}`), { code: "ERR_ORGANIZATION" });
    await assert.rejects(places.organization("acme").ask({ ask: "preview", command: other }, `user/${bo}`), { code: "ERR_ORGANIZATION" });
    const unknown = JSON.stringify({ id: "x", command: "invite_member", organization: "acme", invite: "i", address: "d@d", roles: ["king"] });
    await assert.rejects(places.organization("acme").apply(unknown, `user/${ana}`), { code: "ERR_UNKNOWN_ROLE", path: "roles[0]" });
    await assert.rejects(places.organization("acme").apply("{", `user/${ana}`), { name: "BailiwickError" });
  });

  test("nobody's name is not the host's", async () => {
    const { places } = await acme();
    const text = '{"id":"x","command":"change_edition","organization":"acme","edition":"enterprise"}';
    for (const nobody of [undefined, null, 7]) {
      await assert.rejects(places.organization("acme").apply(text, nobody), { code: "ERR_TYPE" });
      await assert.rejects(places.organization("acme").ask({ ask: "view" }, nobody), { code: "ERR_TYPE" });
    }
    assert.equal(reason(await places.organization("acme").apply(text, "host")), "no_role");
  });

  test("an id is known again long after the document has forgotten it", async () => {
    const sql = overDatabase(libraries.libsql(":memory:"));
    const made = new OrganizationAuthority({ policy: pinecone, name: "acme", sql, clock: () => NOW });
    const rename = (number) => JSON.stringify({ id: `n${number}`, command: "rename_organization", organization: "acme", name: `Acme ${number}` });
    accepted(made.found('{"id":"n0","command":"create_organization","organization":"acme"}', { id: ana }));
    for (let number = 1; number <= 1_100; number += 1) accepted(made.apply(rename(number), `user/${ana}`));
    assert.equal(made.document().applied.some(({ id }) => id === "n1"), false, "the document has forgotten it");
    const recent = accepted(made.apply(rename(1_090), `user/${ana}`));
    const old = accepted(made.apply(rename(1), `user/${ana}`));
    const same = ({ change: { command, ...rest } }) => rest;
    assert.deepEqual(same(old), same(recent));
    assert.deepEqual([old.change.repeated, old.revision, made.revision], [true, 1_101, 1_101]);
    assert.equal(reason(made.apply(rename(2).replace("Acme 2", "Else"), `user/${ana}`)), "conflict");
    assert.equal(reason(made.apply(rename(2), `user/${bo}`)), "unknown_principal");
    assert.equal(accepted(made.found('{"command":"create_organization","organization":"acme","id":"n0"}', { id: ana })).change.repeated, true);
    assert.equal(made.document().organizations[0].name, "Acme 1100");
  });

  test("time does not go back for changes, whatever the clock says", async () => {
    let now = NOW;
    const made = await acme({ clock: () => now });
    now = NOW - 60_000;
    const { change } = await made.done("acme", ana, "rename_organization", { name: "Later" });
    assert.equal(change.at, NOW);
  });

  test("an organization that is not there answers as one that is, to a stranger", async () => {
    const made = await acme();
    const stranger = "user/out@else.com";
    const life = { issuedAt: NOW, notAfter: NOW + 1_000 };
    for (const ask of ["view", "history"]) assert.deepEqual(await made.ask("acme", stranger, ask), await made.ask("ghost", stranger, ask));
    const answers = (where) =>
      Promise.all([
        made.apply(where, stranger, "rename_organization", { name: "Mine" }),
        made.apply(where, stranger, "accept_invite", { invite: "i1" }),
        made.places.organization(where).capsule(stranger, life),
        made.places.organization(where).projection(stranger),
      ]);
    assert.deepEqual(await answers("acme"), await answers("ghost"));
    await assert.rejects(made.places.organization("ghost").applyAsHost('{"id":"h","command":"sign_up","person":"d@d"}'), {
      code: "ERR_ORGANIZATION",
    });
  });

  test("a stranger does not learn which command ids are used; who sent one, and a member, do", async () => {
    const made = await acme();
    const place = made.places.organization("acme");
    const change = (await made.ask("acme", ana, "history")).changes.find(({ actor }) => actor === `user/${ana}`);
    const text = (id, command, fields) => JSON.stringify({ id, command, organization: "acme", ...fields });
    const asked = async (id, as) => [
      await place.apply(text(id, "accept_invite", { invite: "i9" }), as),
      await place.apply(text(id, "rename_organization", { name: "N" }), as),
      await place.ask({ ask: "preview", command: text(id, "rename_organization", { name: "N" }) }, as),
    ];
    await made.done("acme", ana, "remove_member", { member: "user/cy@acme.com" });
    for (const stranger of ["user/out@else.com", "user/cy@acme.com"])
      assert.deepEqual(await asked(change.command.id, stranger), await asked("never-used", stranger), stranger);
    assert.deepEqual(await asked("never-used", "user/out@else.com").then((answers) => answers.map(reason)), Array(3).fill("unknown_principal"));
    assert.equal(reason((await asked("t2", `user/${bo}`))[1]), "conflict");
    const founding = (id) => made.places.person("user/out@else.com").create(text(id, "create_organization", {}), { id: "out@else.com" });
    assert.deepEqual(await founding("create-acme"), await founding("never-used"));
    assert.equal(accepted(await place.apply(text("t4", "accept_invite", { invite: "for-cy@acme.com" }), "user/cy@acme.com")).change.repeated, true);
  });

  test("a capsule is for an active member, and holds what the directory says", async () => {
    const made = await acme();
    const life = { issuedAt: NOW, notAfter: NOW + 1_000 };
    const place = made.places.organization("acme");
    const { bytes, revision } = await place.capsule(`user/${bo}`, life);
    assert.equal(revision, await made.places.revision("acme"));
    const policy = Policy.compile(pinecone);
    assert.deepEqual(bytes, Directory.load(policy, await place.document()).capsule(`user/${bo}`, "acme", life));
    await made.done("acme", ana, "create_project", { project: "search" });
    const delta = await place.delta(`user/${bo}`, bytes, life);
    assert.equal(delta.revision, revision + 1);
    assert.deepEqual(applyDelta(bytes, delta.bytes), (await place.capsule(`user/${bo}`, life)).bytes);
    await made.done("acme", ana, "suspend_member", { member: `user/${bo}` });
    assert.equal(await place.capsule(`user/${bo}`, life), undefined);
    await made.done("acme", ana, "remove_member", { member: `user/${bo}` });
    assert.equal(await place.capsule(`user/${bo}`, life), undefined);
    assert.equal(await place.delta(`user/${bo}`, bytes, life), undefined);
  });

  test("who listens hears of each revision, the one in force first", async () => {
    const made = await acme();
    const reader = (await made.places.organization("acme").revisions(`user/${ana}`)).getReader();
    const next = async () => Number(new TextDecoder().decode((await reader.read()).value));
    const first = await next();
    assert.equal(first, await made.places.revision("acme"));
    const waiting = next();
    await made.done("acme", ana, "rename_organization", { name: "search" });
    assert.equal(await waiting, first + 1);
    await made.done("acme", ana, "rename_organization", { name: "ads" });
    await made.done("acme", ana, "rename_organization", { name: "more" });
    assert.equal(await next(), first + 3, "the newest only");
    await reader.cancel();
    await made.done("acme", ana, "rename_organization", { name: "unheard" });
  });
});

describe("what persons are told", () => {
  test("roles, suspension, edition and name as they change, and nothing of who left", async () => {
    const made = await acme();
    const entry = async (person) => (await made.me(person)).organizations[0];
    await made.done("acme", ana, "change_member_roles", { member: `user/${bo}`, roles: ["organization_user", "organization_billing_admin"] });
    assert.deepEqual((await entry(bo)).roles, ["organization_billing_admin", "organization_user"]);
    await made.done("acme", ana, "suspend_member", { member: `user/${bo}` });
    assert.equal((await entry(bo)).active, false);
    await made.done("acme", ana, "restore_member", { member: `user/${bo}` });
    await made.done("acme", ana, "rename_organization", { name: "Acme & Co" });
    await operate(made, "acme", "enterprise");
    for (const person of [ana, bo, "cy@acme.com"]) {
      const { name, edition, active } = await entry(person);
      assert.deepEqual([name, edition, active], ["Acme & Co", "enterprise", true]);
    }
    await made.done("acme", ana, "remove_member", { member: `user/${bo}` });
    await made.done("acme", "cy@acme.com", "leave_organization");
    assert.equal(await entry(bo), undefined);
    assert.equal(await entry("cy@acme.com"), undefined);
    assert.equal((await entry(ana)).created, true);
  });

  test("a project's members are none of a list's business", async () => {
    const made = await acme();
    const told = countNotes(made);
    await made.done("acme", ana, "create_project", { project: "search" });
    await made.done("acme", ana, "add_project_member", { project: "search", member: `user/${bo}`, roles: ["project_user"] });
    assert.deepEqual(told(), []);
  });

  test("an invite waits for its address, whoever comes with it, until it ends or goes", async () => {
    let now = NOW;
    const made = world({ clock: () => now });
    accepted(await made.create(ana, "acme", "c1", { name: "Acme" }));
    const invite = (id, address) => made.done("acme", ana, "invite_member", { invite: id, address, roles: ["organization_user"] });
    await invite("i1", "dee@acme.com");
    await invite("i2", "eve@acme.com");
    await made.signIn({ id: "u-77", email: "dee@acme.com", name: "Dee" });
    await made.signIn({ id: "eve@acme.com" });
    const [waiting] = (await made.me("u-77")).invites;
    assert.deepEqual(waiting, { invite: "i1", organization: "acme", name: "Acme", roles: ["organization_user"], until: NOW + 7 * 86_400_000 });
    assert.equal((await made.me("eve@acme.com")).invites.length, 1);
    await made.done("acme", ana, "delete_invite", { invite: "i2" });
    assert.deepEqual((await made.me("eve@acme.com")).invites, []);
    assert.equal(reason(await made.apply("acme", "eve@acme.com", "accept_invite", { invite: "i2" })), "unknown_principal");
    await made.done("acme", "u-77", "accept_invite", { invite: "i1" });
    const { organizations, invites } = await made.me("u-77");
    assert.deepEqual([organizations[0].id, organizations[0].roles, invites], ["acme", ["organization_user"], []]);
    await made.signIn({ id: "fay@acme.com" });
    await invite("i3", "fay@acme.com");
    now = NOW + 8 * 86_400_000;
    assert.deepEqual((await made.me("fay@acme.com")).invites, []);
    assert.equal(reason(await made.apply("acme", "fay@acme.com", "accept_invite", { invite: "i3" })), "invite_expired");
  });

  test("a stranger who accepts what nobody sent leaves no trace", async () => {
    const made = await acme();
    await made.signIn({ id: "out@else.com" });
    const before = JSON.stringify(await made.places.organization("acme").document());
    assert.equal(reason(await made.apply("acme", "out@else.com", "accept_invite", { invite: "for-dee" })), "unknown_principal");
    assert.equal(JSON.stringify(await made.places.organization("acme").document()), before);
  });

  test("where only known people may be invited, one who has signed up is made known by the invite of a member", async () => {
    const made = world({ policy: pinkfish });
    accepted(await made.create(ana, "acme"));
    await operate(made, "acme", "team");
    const invite = (by, id, address) => made.apply("acme", by, "invite_member", { invite: id, address, roles: ["organization_member"] });
    assert.equal(reason(await invite(ana, "i1", "dee@acme.com")), "unknown_principal");
    await made.signIn({ id: "u-77", email: "dee@acme.com" });
    const before = await made.places.revision("acme");
    assert.equal(reason(await invite("out@else.com", "i1", "dee@acme.com")), "unknown_principal");
    assert.equal(await made.places.revision("acme"), before, "a stranger makes nobody known");
    accepted(await invite(ana, "i1", "dee@acme.com"));
    await made.done("acme", "u-77", "accept_invite", { invite: "i1" });
    assert.equal((await made.me("u-77")).organizations[0].id, "acme");
    assert.equal(reason(await invite("u-77", "i2", "out@else.com")), "no_role");
  });

  test("an older note changes nothing, and the same one again changes nothing", async () => {
    const made = await acme();
    const place = made.places.person(`user/${bo}`);
    const told = (...notes) => made.places.tell(shardOf(`user/${bo}`), notes);
    const me = await place.me();
    const note = { to: `user/${bo}`, organization: "acme", revision: 1, invites: [] };
    await told(note);
    assert.deepEqual(await place.me(), me);
    const newest = { ...note, revision: 50, entry: { ...me.organizations[0], roles: ["organization_owner"] } };
    await told(newest);
    await told(newest);
    await told({ ...note, revision: 49 });
    assert.deepEqual((await place.me()).organizations[0].roles, ["organization_owner"]);
  });

  test("who was told of a revision is still told of a later one, and notes say what is true when they go", () => {
    const sql = overDatabase(libraries.libsql(":memory:"));
    const made = new OrganizationAuthority({ policy: pinecone, name: "acme", sql, clock: () => NOW });
    const command = (id, name, fields) => JSON.stringify({ id, command: name, organization: "acme", ...fields });
    accepted(made.found(command("c1", "create_organization", {}), { id: ana }));
    const early = made.pending();
    assert.deepEqual(early.map(({ to, revision }) => [to, revision]), [[`user/${ana}`, 1]]);
    accepted(made.apply(command("c2", "rename_organization", { name: "New" }), `user/${ana}`));
    made.delivered(early);
    const [note, ...others] = made.pending();
    assert.deepEqual([note.to, note.revision, note.entry.name, others], [`user/${ana}`, 2, "New", []]);
    made.delivered([note]);
    assert.deepEqual(made.pending(), []);
  });

  test("a deleted organization leaves every list, frees its creator, and its id comes back for nobody", async () => {
    const made = await acme();
    await made.done("acme", ana, "change_member_roles", { member: `user/${bo}`, roles: ["organization_owner"] });
    await made.done("acme", ana, "leave_organization");
    assert.equal(reason(await made.create(ana, "early", "e1")), "conflict", "who left one that they created still created it");
    await made.done("acme", bo, "delete_organization");
    for (const person of [ana, bo, "cy@acme.com"]) assert.deepEqual((await made.me(person)).organizations, []);
    assert.equal(reason(await made.create(ana, "acme", "again")), "conflict");
    assert.equal(reason(await made.create(bo, "acme", "again")), "conflict");
    accepted(await made.create(ana, "next", "n1"));
    assert.equal(accepted(await made.create(ana, "acme", "create-acme")).change.repeated, true, "the very first command, long ago");
    assert.equal((await made.me(ana)).organizations.length, 1);
    assert.equal(reason(await made.create(ana, "third", "n2")), "conflict", "that repeat freed nothing and took nothing");
  });

  test("a newer identity of the same person is kept", async () => {
    const made = world();
    assert.deepEqual(await made.signIn({ id: "u1", email: "old@acme.com" }), { first: true });
    assert.deepEqual(await made.signIn({ id: "u1", email: "new@acme.com", name: "Uma" }), { first: false });
    assert.deepEqual((await made.me("u1")).person, { id: "u1", email: "new@acme.com", name: "Uma" });
    assert.equal(await made.me("nobody@acme.com"), undefined);
  });
});

/** The host gives an organization another edition. */
async function operate(made, organization, edition) {
  const command = { id: `edition-${edition}`, command: "change_edition", organization, edition };
  accepted(await made.places.organization(organization).applyAsHost(JSON.stringify(command)));
  await made.places.settled();
}

/** What persons have been told since. */
function countNotes({ memory }) {
  const rows = () => [...memory.all].flatMap(([name, database]) =>
    name.startsWith("persons-")
      ? database.prepare("SELECT principal, organization, revision FROM told").all().map((row) => `${row.principal} ${row.organization} ${row.revision}`)
      : [],
  );
  const before = new Set(rows());
  return () => rows().filter((row) => !before.has(row));
}
