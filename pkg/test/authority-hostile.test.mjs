// What a hostile member, an outsider, another tenant, or whoever had an address before tries at an authority.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createService, openPlaces } from "bailiwick/authority";
import pinecone from "bailiwick/presets/pinecone";
import pinkfish from "bailiwick/presets/pinkfish";
import { accepted, inMemory, world } from "./authority.mjs";
import { NOW, ana, audience, authority, bo, chiara, eve, inhabited, keys, sam } from "./authority-world.mjs";

const ACME = "/organizations/acme";

/** An organization under pinkfish in its second edition: ana's, with members. */
async function team(...members) {
  const made = world({ policy: pinkfish });
  for (const id of [ana, ...members]) await made.signIn({ id });
  accepted(await made.create(ana, "acme"));
  await raised(made);
  for (const id of members) {
    await made.done("acme", ana, "invite_member", { invite: `i-${id}`, address: id, roles: ["organization_member"] });
    await made.done("acme", id, "accept_invite", { invite: `i-${id}` });
  }
  return made;
}

const raised = async ({ places }) =>
  accepted(await places.organization("acme").applyAsHost(JSON.stringify({ id: "raise", command: "change_edition", organization: "acme", edition: "team" })));

describe("a member who may not see the others", () => {
  test("learns of nobody by calling something after them", async () => {
    const there = await inhabited();
    const { status } = await there.command(bo, "acme", { command: "create_project", project: "search", name: `user/${sam}` });
    assert.equal(status, 200);
    await there.capsule(bo);
    const { body } = await there.as(bo, "GET", `${ACME}/view`);
    assert.equal(body.sees.members, false);
    assert.equal(body.document.projects[0].name, `user/${sam}`);
    assert.deepEqual(body.document.people, [{ id: bo }]);
  });
});

describe("who removes somebody", () => {
  const MERGER = "automation/merger";

  test("is not told of what that one held in private", async () => {
    const there = await team(bo, chiara);
    await there.done("acme", bo, "create_resource", { resource: MERGER });
    const { change } = await there.done("acme", ana, "remove_member", { member: `user/${bo}`, successor: `user/${chiara}` });
    assert.equal(JSON.stringify(change.notes).includes(MERGER), false);
  });

  test("is told of what they know themselves", async () => {
    const there = await team(bo, chiara);
    await there.done("acme", bo, "create_resource", { resource: MERGER });
    await there.done("acme", bo, "share", { resource: MERGER, with: `user/${ana}`, role: "view" });
    const { change } = await there.done("acme", ana, "remove_member", { member: `user/${bo}`, successor: `user/${chiara}` });
    assert.deepEqual(change.notes, [{ note: "succeeded", role: "edit", on: MERGER, who: `user/${chiara}` }]);
  });

  test("and who gives up what they held is told who has it", async () => {
    const there = await team(bo, chiara);
    await there.done("acme", bo, "create_resource", { resource: MERGER });
    const { change } = await there.done("acme", bo, "unshare", { resource: MERGER, with: `user/${bo}`, successor: `user/${chiara}` });
    assert.deepEqual(change.notes, [{ note: "succeeded", role: "edit", on: MERGER, who: `user/${chiara}` }]);
  });
});

describe("who had an address before", () => {
  const address = "x@acme.com";
  const home = async (policy) => {
    const made = world({ policy });
    const person = { id: "ana", email: ana };
    await made.signIn(person);
    accepted(await made.places.person("user/ana").create('{ "id": "c", "command": "create_organization", "organization": "acme" }', person));
    if (policy === pinkfish) await raised(made);
    return made;
  };

  test("does not accept what is sent there now", async () => {
    const there = await home(pinecone);
    await there.signIn({ id: "old", email: address });
    await there.done("acme", "ana", "invite_member", { invite: "i1", address, roles: ["organization_user"] });
    await there.done("acme", "old", "accept_invite", { invite: "i1" });
    await there.done("acme", "ana", "remove_member", { member: "user/old" });
    await there.done("acme", "ana", "invite_member", { invite: "i2", address, roles: ["organization_owner"] });
    for (const now of [{ id: "old", email: "old@else.com" }, { id: "old" }]) {
      await there.signIn(now);
      const absent = await there.apply("acme", "old", "accept_invite", { invite: "absent" });
      const { ok, decision, text } = await there.apply("acme", "old", "accept_invite", { invite: "i2" });
      assert.deepEqual([ok, decision, text], [false, absent.decision, absent.text]);
    }
    await there.signIn({ id: "old", email: address });
    await there.done("acme", "old", "accept_invite", { invite: "i2" });
  });

  test("is not who is invited there where only known people are", async () => {
    const there = await home(pinkfish);
    await there.signIn({ id: "old", email: address });
    await there.signIn({ id: "old", email: "old@else.com" });
    const invite = (id) => there.apply("acme", "ana", "invite_member", { invite: id, address, roles: ["organization_member"] });
    assert.equal((await invite("i1")).decision?.reason, "unknown_principal");
    await there.signIn({ id: "new", email: address });
    accepted(await invite("i2"));
    assert.equal((await there.apply("acme", "old", "accept_invite", { invite: "i2" })).ok, false);
    await there.done("acme", "new", "accept_invite", { invite: "i2" });
  });
});

describe("another tenant", () => {
  test("does not learn by an invite who has an address", async () => {
    const there = await team();
    await there.signIn({ id: "u-7", email: bo, name: "Bo Diaz" });
    await there.done("acme", ana, "invite_member", { invite: "i", address: bo, roles: ["organization_member"] });
    const told = async () => JSON.stringify([await there.ask("acme", ana, "view"), await there.ask("acme", ana, "history")]);
    assert.doesNotMatch(await told(), /u-7|Diaz/);
    await there.done("acme", "u-7", "accept_invite", { invite: "i" });
    assert.match(await told(), /"fact":"person","id":"u-7".*Diaz/);
  });

  test("has no account elsewhere by giving theirs the same id", async () => {
    const identity = async (token) => JSON.parse(Buffer.from(token, "base64url"));
    const tokenFor = (who) => Buffer.from(JSON.stringify(who)).toString("base64url");
    const there = await authority({ identity });
    for (const [id, organization] of [[ana, "acme"], [eve, "labs"]]) {
      const token = tokenFor({ principal: `user/${id}`, person: { id } });
      await there.json("POST", "/organizations", { token, body: { id: "c", command: "create_organization", organization } });
      const place = there.places.organization(organization);
      accepted(await place.applyAsHost(JSON.stringify({ id: "e", command: "change_edition", organization, edition: "enterprise" })));
      accepted(await place.apply(JSON.stringify({ id: "s", command: "create_service_account", organization, account: "ci", roles: ["organization_user"] }), `user/${id}`));
    }
    const token = tokenFor({ principal: "service_account/ci", organization: "labs" });
    const { status, body } = await there.json("GET", "/organizations/labs/capsule", { token });
    assert.equal(status, 200);
    const elsewhere = await there.json("GET", `${ACME}/capsule`, { token });
    const absent = await there.json("GET", "/organizations/absent/capsule", { token });
    assert.deepEqual([elsewhere.status, elsewhere.body], [404, absent.body]);
    assert.equal((await there.json("GET", "/organizations/labs/view", { token, capsule: body.token })).status, 200);
    const stolen = (await there.json("GET", `${ACME}/capsule`, { token: tokenFor({ principal: "service_account/ci", organization: "acme" }) })).body.token;
    for (const path of ["view", "events"])
      assert.equal((await there.json("GET", `${ACME}/${path}`, { token, capsule: stolen })).status, 404, path);
  });
});

describe("an outsider", () => {
  test("does not learn by a policy that no longer fits what is kept", async () => {
    const memory = inMemory();
    accepted(await world({ memory }).create(ana, "acme"));
    const places = openPlaces({ policy: pinkfish, clock: () => NOW, ...memory });
    const identity = async () => ({ principal: `user/${eve}`, person: { id: eve } });
    const service = createService({ policy: pinkfish, places, keys, audience, identity, clock: () => NOW });
    const response = await service(new Request(`https://a.com${ACME}/capsule`, { headers: { authorization: "Bearer t" } }));
    assert.deepEqual([response.status, await response.json()], [503, { type: "about:blank", title: "Service Unavailable", status: 503, reason: "unavailable" }]);
  });
});

describe("an organization that no path can name", () => {
  for (const organization of ["a/b", "ü", "a b", "a\0b", "..", "acme.", "a;b", "%61", `a${String.fromCharCode(10)}b`])
    test(`is not created: ${JSON.stringify(organization)}`, async () => {
      const there = await authority();
      const create = (id) => there.as(ana, "POST", "/organizations", { id: `c-${id}`, command: "create_organization", organization: id });
      const { status, body } = await create(organization);
      assert.deepEqual([status, body.code, body.path], [400, "ERR_VALUE", "organization"]);
      assert.deepEqual((await there.as(ana, "GET", "/me")).body.organizations, []);
      assert.equal((await create("a.b-~@c")).status, 200);
    });
});
