// The client of an authority: over a service in this process, and over a network that breaks.
import assert from "node:assert/strict";
import { afterEach, describe, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { Access } from "bailiwick/access";
import { Account, connect } from "bailiwick/authority/client";
import { ORIGIN, ana, bo, chiara, eve, inhabited, keys, tokenOf } from "./authority-world.mjs";
import { createService } from "bailiwick/authority";
import pinecone2026 from "bailiwick/presets/pinecone-2026";

const RENAME = { command: "rename_organization", name: "New" };
const open = [];
afterEach(() => open.splice(0).forEach((connection) => connection.close()));

/** What a page of somebody has: `broken` may answer instead of the authority, or throw. */
function page(world, id, { broken = () => undefined, ...more } = {}) {
  const asked = [];
  const fetch = async (url, settings) => {
    asked.push({ path: url.replace(ORIGIN, ""), ...settings });
    const instead = await broken(asked.at(-1), asked.length);
    return instead ?? world.service(new Request(url, settings));
  };
  const settings = { base: ORIGIN, organization: "acme", token: () => tokenOf(id), fetch, clock: () => world.time.now, random: () => 0, ...more };
  return { asked, settings };
}

async function connected(world, id, more) {
  const { asked, settings } = page(world, id, { events: false, ...more });
  const connection = await connect(settings);
  open.push(connection);
  return { connection, asked, can: (...question) => connection.store.getSnapshot().access?.can(...question) };
}

const paths = (asked) => asked.map(({ path }) => path.replace("/organizations/acme/", ""));
const until = async (check) => {
  for (let tries = 0; !(await check()); tries += 1) {
    assert.ok(tries < 200, `it never came to ${check}`);
    await pause(10);
  }
};
const problem = (status, reason) => new Response(JSON.stringify({ status, reason }), { status });

describe("a connection", () => {
  test("has the access of who is signed in", async () => {
    const world = await inhabited();
    const { connection, can, asked } = await connected(world, ana);
    assert.deepEqual([can("rename", "organization", "acme"), can("rename", "organization", "labs")], [true, false]);
    assert.equal(connection.store.getSnapshot().access.principal, `user/${ana}`);
    assert.deepEqual(paths(asked), ["capsule", "/vocabulary"]);
    assert.match(connection.capsule, /^[\w-]+\.[\w-]+\.[\w-]+$/);
    assert.equal((await connected(world, bo)).can("rename", "organization", "acme"), false);
  });

  test("takes an `Access` and a vocabulary that are there already", async () => {
    const world = await inhabited();
    const vocabulary = new Uint8Array(await (await world.send("GET", "/vocabulary")).arrayBuffer());
    const { asked } = await connected(world, ana, { vocabulary, access: Access });
    assert.deepEqual(paths(asked), ["capsule"]);
  });

  test("is not for who is no member, or not signed in", async () => {
    const world = await inhabited();
    await assert.rejects(connect(page(world, eve).settings), { code: "ERR_NO_ACCESS" });
    await assert.rejects(connect({ ...page(world, ana).settings, token: () => "nonsense" }), { code: "ERR_IDENTITY" });
    const token = () => Promise.reject(new Error("the session is over"));
    await assert.rejects(connect({ ...page(world, ana).settings, token }), { code: "ERR_IDENTITY" });
  });

  test("asks for a token again where the first is refused, once", async () => {
    const world = await inhabited();
    let count = 0;
    const token = () => ((count += 1) === 1 ? "old" : tokenOf(ana));
    await connected(world, ana, { token });
    assert.equal(count, 3);
  });

  test("goes on with the newest capsule where the policy has changed", async () => {
    const world = await inhabited();
    const { can, connection } = await connected(world, ana, { vocabulary: (await import("bailiwick")).Policy.compile(pinecone2026).vocabulary() });
    assert.equal(can("rename", "organization", "acme"), true);
    assert.ok(connection.revision > 0);
  });
});

describe("of two capsules", () => {
  /** What the authority of a world says of Ana's capsule. */
  const capsuleIn = (world) => world.service(new Request(`${ORIGIN}/organizations/acme/capsule`, { headers: { authorization: `Bearer ${world.token}` } }));

  async function moved() {
    const [world, other] = [await inhabited(), await inhabited()];
    world.token = other.token = await tokenOf(ana);
    let answer;
    const { connection } = await connected(world, ana, { broken: ({ path }) => (path.endsWith("/capsule") ? answer : undefined) });
    const early = await capsuleIn(world);
    world.time.now += 1_000;
    await connection.command(RENAME);
    return { connection, early, other, world, renew: (given) => ((answer = given), connection.renew()) };
  }

  test("the one that was issued before never takes the place of the later one", async () => {
    const { connection, early, renew } = await moved();
    const [before, capsule] = [connection.revision, connection.capsule];
    await renew(early);
    assert.deepEqual([connection.revision, connection.capsule], [before, capsule]);
  });

  test("the one that is issued after an organization was restored does, though its revision is older", async () => {
    const { connection, other, world, renew } = await moved();
    other.time.now = world.time.now + 1_000;
    const before = connection.revision;
    await renew(await capsuleIn(other));
    assert.equal(connection.revision, before - 1);
    assert.equal(connection.store.getSnapshot().access.revision, before - 1);
  });
});

describe("commands", () => {
  test("have an id, and the access knows of the change when they are answered", async () => {
    const world = await inhabited();
    const { connection, asked } = await connected(world, ana);
    const before = connection.revision;
    const answer = await connection.command({ command: "create_project", project: "search", name: "Search" });
    assert.deepEqual(answer, { ok: true, revision: before + 1 });
    assert.match(JSON.parse(asked[2].body).id, /^[\da-f-]{36}$/);
    assert.equal(connection.revision, before + 1);
    assert.equal(connection.store.getSnapshot().access.can("delete", "project", "search"), true);
  });

  test("that are refused say why", async () => {
    const world = await inhabited();
    const { connection } = await connected(world, bo);
    const answer = await connection.command(RENAME);
    assert.deepEqual([answer.ok, answer.decision.reason, typeof answer.text], [false, "no_role", "string"]);
    await assert.rejects(connection.command({ command: "fly" }), (error) => error.code.startsWith("ERR_") && error.path !== "");
  });

  test("go again with the same id after the network broke, and change once", async () => {
    const world = await inhabited();
    let lost = 0;
    const broken = async ({ path, ...settings }) => {
      if (!path.endsWith("/commands") || lost >= 2) return undefined;
      lost += 1;
      if (lost === 2) await world.service(new Request(ORIGIN + path, settings)); // carried out; the answer is lost
      throw new TypeError("network");
    };
    const { connection, asked } = await connected(world, ana, { broken });
    const before = connection.revision;
    const answer = await connection.command(RENAME);
    assert.deepEqual(answer, { ok: true, revision: before + 1, repeated: true });
    const ids = asked.filter(({ path }) => path.endsWith("/commands")).map(({ body }) => JSON.parse(body).id);
    // The third is refused for its capsule, which the second has made old.
    assert.deepEqual([ids.length, new Set(ids).size], [4, 1]);
  });

  test("renew the capsule once where it is too old", async () => {
    const world = await inhabited();
    const { connection, asked } = await connected(world, ana);
    await world.command(ana, "acme", { command: "rename_organization", name: "Meanwhile" });
    assert.equal((await connection.command(RENAME)).ok, true);
    assert.deepEqual(paths(asked).slice(2), ["commands", "capsule", "commands", "capsule"]);
    const never = await connected(world, ana, { broken: ({ path }) => (path.endsWith("/commands") ? problem(401, "stale") : undefined) });
    await assert.rejects(never.connection.command(RENAME), { code: "ERR_IDENTITY" });
    assert.deepEqual(paths(never.asked).slice(2), ["commands", "capsule", "commands"]);
  });

  test("are given up where nobody answers", async () => {
    const world = await inhabited();
    for (const broken of [() => Promise.reject(new TypeError("network")), () => problem(503, "unavailable"), () => new Response("", { status: 429 })]) {
      let count = 0;
      const { connection } = await connected(world, ana, {
        broken: ({ path }) => (path.endsWith("/commands") ? ((count += 1), broken()) : undefined),
        timers: { set: (call) => void setTimeout(call, 0), clear: () => undefined },
      });
      await assert.rejects(connection.command(RENAME), { code: "ERR_UNREACHABLE" });
      assert.equal(count, 5);
    }
  });

  test("can be tried beforehand", async () => {
    const world = await inhabited();
    const { connection } = await connected(world, ana);
    const preview = await connection.preview({ command: "change_member_roles", member: `user/${bo}`, roles: ["organization_owner"] });
    assert.deepEqual([preview.ok, preview.rows[0].principal], [true, `user/${bo}`]);
    assert.equal((await connection.preview(RENAME, { limit: 1 })).ok, true);
  });
});

describe("questions", () => {
  test("are asked by their names", async () => {
    const world = await inhabited();
    const { connection } = await connected(world, ana);
    const who = await connection.ask({ ask: "who", action: "view_billing", kind: "organization", id: "acme" });
    assert.deepEqual(who.items.map(({ principal }) => principal).sort(), [`user/${ana}`, `user/${chiara}`]);
    const view = await connection.ask({ ask: "view" });
    assert.equal(view.document.organizations[0].id, "acme");
    const history = await connection.ask({ ask: "history", limit: 1 });
    assert.equal(history.changes.length, 1);
    assert.equal((await connection.me()).organizations[0].id, "acme");
  });

  test("nobody is in an organization by asking: an account creates one, and accepts", async () => {
    const world = await inhabited();
    const account = new Account(page(world, "new@acme.com").settings);
    const { first, organizations } = await account.me();
    assert.deepEqual([first, organizations], [true, []]);
    await assert.rejects(account.accept("acme", "none"), { code: "ERR_NO_ACCESS" });
    await world.command(ana, "acme", { command: "invite_member", invite: "i1", address: "new@acme.com", roles: ["organization_user"] });
    assert.equal((await account.me()).invites[0].invite, "i1");
    assert.equal((await account.accept("acme", "i1")).ok, true);
    assert.deepEqual((await account.me()).organizations.map(({ id }) => id), ["acme"]);
    assert.equal((await account.create({ command: "create_organization", organization: "own" })).ok, true);
  });
});

describe("what is kept fresh", () => {
  test("another one's change is heard of", async () => {
    const world = await inhabited();
    const { connection } = await connected(world, bo, { events: true });
    await until(() => world.service !== undefined && connection.revision > 0);
    const before = connection.revision;
    await pause(20);
    await world.command(ana, "acme", { command: "change_member_roles", member: `user/${bo}`, roles: ["organization_owner"] });
    await until(() => connection.revision > before);
    assert.equal(connection.store.getSnapshot().access.can("rename", "organization", "acme"), true);
  });

  test("who is removed has no access any more, and asks no further", async () => {
    const world = await inhabited();
    const failures = [];
    const { connection, asked } = await connected(world, bo, { events: true, failed: (error) => failures.push(error.code) });
    await until(() => paths(asked).includes("events"));
    await world.command(ana, "acme", { command: "remove_member", member: `user/${bo}` });
    await until(() => connection.store.getSnapshot().access === undefined);
    assert.ok(failures.includes("ERR_NO_ACCESS"));
  });

  test("a capsule is renewed before it ends, and after a failure again", async () => {
    const world = await inhabited();
    const waits = [];
    const timers = { set: (call, wait) => (waits.push({ call, wait }), waits.length), clear: () => undefined };
    let fails = false;
    const { connection } = await connected(world, ana, {
      broken: ({ path }) => (fails && path.endsWith("/capsule") ? problem(400, "bad_request") : undefined),
      timers,
    });
    const renewal = waits.find(({ wait }) => Math.round(wait) === 216_000);
    assert.ok(renewal, JSON.stringify(waits.map(({ wait }) => wait)));
    world.time.now += 240_000;
    const { notAfter } = connection.store.getSnapshot().access;
    renewal.call();
    await until(() => connection.store.getSnapshot().access.notAfter === notAfter + 240_000);
    fails = true;
    const planned = waits.length;
    waits.at(-1).call();
    await until(() => waits.length > planned);
    assert.equal(waits.at(-1).wait, 0.9 * 2_000);
  });

  test("events that end are asked for again", async () => {
    const world = await inhabited({ lifetime: 60_000 });
    let streams = 0;
    const broken = ({ path }) => {
      if (!path.endsWith("/events")) return undefined;
      streams += 1;
      return new Response(new ReadableStream({ start: (controller) => controller.close() }));
    };
    const { connection } = await connected(world, ana, { events: true, broken });
    await until(() => streams >= 2);
    connection.close();
    await pause(20);
    const then = streams;
    await pause(500);
    assert.equal(streams, then);
  });

  test("those that end at once are asked for later and later", async () => {
    const world = await inhabited();
    const waits = [];
    const timers = { set: (call, wait) => (waits.push(wait), wait < 60_000 ? setImmediate(call) : undefined), clear: () => undefined };
    const broken = ({ path }) => (path.endsWith("/events") ? new Response(new ReadableStream({ start: (controller) => controller.close() })) : undefined);
    const { connection } = await connected(world, ana, { events: true, broken, timers });
    const between = () => waits.filter((wait) => wait < 60_000);
    await until(() => between().length >= 7);
    connection.close();
    assert.deepEqual(between().slice(0, 7), [100, 200, 400, 800, 1_600, 2_500, 2_500]);
  });

  test("a page without events asks for none", async () => {
    const world = await inhabited();
    const { asked } = await connected(world, ana);
    await pause(20);
    assert.ok(!paths(asked).includes("events"));
  });
});

test("what is sent carries no cookie, follows no other address, and goes below the prefix", async () => {
  const world = await inhabited();
  const asked = [];
  const service = createService({ policy: (await import("bailiwick/presets/pinecone")).default, places: world.places, keys, audience: "a", prefix: "/api", identity: async () => ({ principal: `user/${ana}`, person: { id: ana } }), clock: () => world.time.now });
  const fetch = (url, settings) => (asked.push([url, settings]), service(new Request(url, settings)));
  const connection = await connect({ base: `${ORIGIN}/api/`, organization: "acme", token: () => "t", fetch, events: false, clock: () => world.time.now });
  open.push(connection);
  assert.equal(asked[0][0], `${ORIGIN}/api/organizations/acme/capsule`);
  for (const [, settings] of asked) assert.deepEqual([settings.credentials, settings.redirect], ["omit", "error"]);
});
