// The objects of Cloudflare, over SQLite in this process: what is told when, and what is tried again. The runtime itself has tests/authority.
import assert from "node:assert/strict";
import { register } from "node:module";
import { describe, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import Database from "libsql";
import { developmentIssuer, newSigningKeys, SHARDS, shardOf } from "bailiwick/authority";
import pinecone from "bailiwick/presets/pinecone";

const DURABLE = "export class DurableObject { constructor(ctx, env) { this.ctx = ctx; this.env = env; } }";
const hooks = `export const resolve = (name, context, next) => name === "cloudflare:workers"
  ? { url: ${JSON.stringify(`data:text/javascript,${encodeURIComponent(DURABLE)}`)}, shortCircuit: true } : next(name, context);`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);
const { defineAuthority, publishedRevision, revisionKey } = await import("bailiwick/cloudflare");

const keys = await newSigningKeys("k1");
const ana = { id: "ana@acme.com" };
/** The object that keeps her. */
const ANA = String(shardOf("user/ana@acme.com"));

/** The storage of an object: SQLite, and one alarm, which goes with its transaction. */
class Storage {
  alarm = null;
  inside = false;
  #database = new Database(":memory:");
  sql = {
    exec: (query, ...values) => {
      const statement = this.#database.prepare(query);
      if (!statement.reader) return void statement.run(...values), { toArray: () => [] };
      return { toArray: () => statement.all(...values).map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value instanceof Uint8Array ? new Uint8Array(value).buffer : value]))) };
    },
  };

  transactionSync(work) {
    const { alarm } = this;
    this.#database.exec("BEGIN");
    this.inside = true;
    try {
      const done = work();
      this.#database.exec("COMMIT");
      return done;
    } catch (error) {
      this.alarm = alarm;
      this.#database.exec("ROLLBACK");
      throw error;
    } finally {
      this.inside = false;
    }
  }

  async setAlarm(at) {
    this.setWithin = this.inside;
    this.alarm = at;
  }

  async deleteAlarm() {
    this.alarm = null;
  }
}

/** Objects of one class; `forget` ends them all, as a restart does. */
class Namespace {
  storages = new Map();
  objects = new Map();
  fails = false;
  asked = 0;
  idFromName = (name) => ({ name });
  constructor(make) {
    this.make = make;
  }
  get({ name }) {
    return {
      fetch: (url) => this.object(name).fetch(new Request(url)),
      carryOut: async (...asked) => {
        this.asked += 1;
        if (this.fails) throw new Error("the object cannot be reached");
        return structuredClone(await this.object(name).carryOut(...structuredClone(asked)));
      },
    };
  }
  object(name, id = { name }) {
    if (!this.storages.has(name)) this.storages.set(name, new Storage());
    const storage = this.storages.get(name);
    if (!this.objects.has(name)) this.objects.set(name, this.make({ id, storage, waitUntil: (work) => work.catch(() => undefined) }));
    return this.objects.get(name);
  }
  /** An alarm names nobody. */
  ring(name) {
    this.objects.delete(name);
    return this.object(name, {}).alarm();
  }
}

class KeyValues {
  puts = [];
  fails = false;
  #values = new Map();
  async get(key) {
    return this.#values.get(key) ?? null;
  }
  async put(key, value) {
    if (this.fails) throw new Error("429");
    this.puts.push([Date.now(), key, value]);
    this.#values.set(key, value);
  }
}

function cloud() {
  const development = developmentIssuer({ key: keys.keys.k1 });
  const authority = defineAuthority({ policy: pinecone, audience: "a", development: () => development, operator: (_, { OPERATOR }) => OPERATOR });
  const env = { REVISIONS: new KeyValues(), CAPSULE_KEYS: JSON.stringify(keys), OPERATOR: true };
  env.ORGANIZATIONS = new Namespace((ctx) => new authority.Organization(ctx, env));
  env.PERSONS = new Namespace((ctx) => new authority.Persons(ctx, env));
  const call = async (namespace, name, method, ...values) => {
    const { value, error } = await namespace.get({ name }).carryOut(method, values);
    if (error !== undefined) throw Object.assign(new Error(error.message), error);
    return value;
  };
  return {
    ...{ authority, env },
    acme: (method, ...values) => call(env.ORGANIZATIONS, "acme", method, ...values),
    person: (principal, method, ...values) => call(env.PERSONS, String(shardOf(principal)), method, principal, ...values),
    found: () => call(env.PERSONS, ANA, "create", "user/ana@acme.com", JSON.stringify({ id: "c1", command: "create_organization", organization: "acme" }), ana),
    rename: (id) => call(env.ORGANIZATIONS, "acme", "apply", JSON.stringify({ id, command: "rename_organization", organization: "acme", name: id }), "user/ana@acme.com"),
    alarm: () => env.ORGANIZATIONS.storages.get("acme").alarm,
    published: () => publishedRevision(env.REVISIONS, "acme"),
  };
}

const until = async (check) => {
  for (let tries = 0; !(await check()); tries += 1) {
    assert.ok(tries < 400, `it never came to ${check}`);
    await pause(10);
  }
};

describe("an organization's object", () => {
  test("sets its alarm within the transaction that wrote, and takes it back when all is told", async () => {
    const { found, alarm, env, published, person } = cloud();
    assert.equal((await found()).ok, true);
    assert.equal(env.ORGANIZATIONS.storages.get("acme").setWithin, true);
    await until(() => alarm() === null);
    assert.equal(await published(), 1);
    assert.deepEqual((await person("user/ana@acme.com", "me")).organizations.map(({ id }) => id), ["acme"]);
  });

  test("publishes no more than once a second, the newest at last", async () => {
    const { found, rename, env, published, alarm } = cloud();
    await found();
    for (let place = 0; place < 30; place += 1) await rename(`r${place}`);
    await until(() => alarm() === null);
    assert.equal(await published(), 31);
    const { puts } = env.REVISIONS;
    assert.ok(puts.length <= 3, `${puts.length} writes`);
    for (const [place, [at]] of puts.entries()) if (place > 0) assert.ok(at - puts[place - 1][0] >= 990);
  });

  test("keeps its alarm while something fails, and tells all when it rings", async () => {
    const { found, rename, env, published, alarm, person } = cloud();
    await found();
    await until(() => alarm() === null);
    env.REVISIONS.fails = true;
    env.PERSONS.fails = true;
    await rename("r1");
    await pause(1_100);
    assert.ok(alarm() > Date.now());
    assert.equal(await published(), 1);
    env.PERSONS.fails = false;
    await env.ORGANIZATIONS.ring("acme");
    assert.ok(alarm() > Date.now(), "the revision is not published yet");
    env.REVISIONS.fails = false;
    await env.ORGANIZATIONS.ring("acme");
    assert.deepEqual([alarm(), await published()], [null, 2]);
    assert.equal((await person("user/ana@acme.com", "me")).organizations[0].name, "r1");
  });

  test("waits longer after each failure", async () => {
    const { found, rename, env, alarm } = cloud();
    await found();
    await until(() => alarm() === null);
    for (const [place, broken] of [env.REVISIONS, env.PERSONS].entries()) {
      broken.fails = true;
      await rename(`r${place}`);
      const object = env.ORGANIZATIONS.object("acme");
      const waits = [];
      for (let tries = 0; tries < 7; tries += 1) {
        await object.alarm();
        waits.push(Math.round((alarm() - Date.now()) / 1_000));
      }
      assert.deepEqual(waits.slice(-3), [60, 60, 60]);
      assert.ok(waits[0] < waits[1], String(waits));
      broken.fails = false;
      await env.ORGANIZATIONS.ring("acme");
      assert.equal(alarm(), null);
    }
  });

  test("writes nothing for who only asks, whatever they ask for", async () => {
    const { acme, env } = cloud();
    const life = { issuedAt: 1, notAfter: 2 };
    assert.equal(await acme("capsule", "user/eve@x.y", life), undefined);
    assert.equal((await acme("apply", JSON.stringify({ id: "a", command: "accept_invite", organization: "acme", invite: "i" }), "user/eve@x.y")).ok, false);
    await acme("know", { id: "eve@x.y" });
    assert.deepEqual(env.ORGANIZATIONS.storages.get("acme").sql.exec("SELECT name FROM sqlite_master").toArray(), []);
    assert.deepEqual([env.ORGANIZATIONS.storages.get("acme").alarm, env.REVISIONS.puts], [null, []]);
  });

  test("its revisions end where a principal is no member any more, and the oldest where there are more than 16", async () => {
    const { found, acme, env } = cloud();
    await found();
    const listen = (as) => env.ORGANIZATIONS.get({ name: "acme" }).fetch(`https://organization/revisions?${new URLSearchParams({ as })}`);
    const open = [];
    for (let place = 0; place < 17; place += 1) open.push((await listen("user/ana@acme.com")).body.getReader());
    assert.equal((await open.shift().read()).done, true);
    for (const reader of open) assert.equal(new TextDecoder().decode((await reader.read()).value), "1\n");
    assert.equal(await (await listen("user/eve@acme.com")).text(), "", "who is no member hears nothing");
    assert.equal((await acme("apply", '{"id":"d","command":"delete_organization","organization":"acme"}', "user/ana@acme.com")).ok, true);
    for (const reader of open) assert.equal((await reader.read()).done, true);
  });

  test("tells persons of one object together", async () => {
    const { acme, env, person, alarm } = cloud();
    const crowd = Array.from({ length: 1_000 }, (_, number) => `m${number}@acme.com`);
    const members = [{ member: "user/ana@acme.com", roles: ["organization_owner"] }, ...crowd.map((id) => ({ member: `user/${id}`, roles: ["organization_user"] }))];
    const people = [ana, ...crowd.map((id) => ({ id }))];
    const document = { format: 1, policy: "pinecone", people, organizations: [{ id: "acme", edition: "enterprise", members }] };
    assert.equal((await acme("adopt", JSON.stringify(document))).ok, true);
    await until(() => alarm() === null);
    assert.ok(env.PERSONS.objects.size <= SHARDS, `${env.PERSONS.objects.size} objects`);
    assert.ok(env.PERSONS.asked <= SHARDS + 10, `${env.PERSONS.asked} calls`);
    const told = [...env.PERSONS.storages.values()].flatMap(({ sql }) => sql.exec("SELECT principal FROM told WHERE organization = 'acme'").toArray());
    assert.deepEqual(told.map(({ principal }) => principal).sort(), members.map((one) => one.member).sort());
    for (const id of [crowd[0], crowd.at(-1)]) {
      await person(`user/${id}`, "signIn", { id });
      assert.deepEqual((await person(`user/${id}`, "me")).organizations.map((entry) => entry.id), ["acme"]);
    }
  });

  test("errors cross as they are, and nothing but the place's methods is called", async () => {
    const { found, acme } = cloud();
    await found();
    const command = JSON.stringify({ id: "x", command: "invite_member", organization: "acme", invite: "i", address: "x@y.z", roles: ["king"] });
    await assert.rejects(acme("apply", command, "user/ana@acme.com"), { code: "ERR_UNKNOWN_ROLE", path: "roles[0]" });
    for (const method of ["constructor", "toString", "revisions", "fly"]) await assert.rejects(acme(method), /no such method/);
  });
});

describe("a person's object", () => {
  test("goes on with what was reserved when its alarm rings", async () => {
    const { found, env, person } = cloud();
    env.ORGANIZATIONS.fails = true;
    await assert.rejects(found());
    const storage = env.PERSONS.storages.get(ANA);
    assert.ok(storage.alarm > Date.now());
    await env.PERSONS.ring(ANA);
    assert.ok(storage.alarm > Date.now());
    env.ORGANIZATIONS.fails = false;
    storage.alarm = null;
    await env.PERSONS.ring(ANA);
    assert.equal(storage.alarm, null);
    await until(async () => (await person("user/ana@acme.com", "me")).organizations.length === 1);
  });
});

describe("an object of persons", () => {
  test("keeps those of its number alone", async () => {
    const { env, acme } = cloud();
    const other = String((shardOf("user/ana@acme.com") + 1) % SHARDS);
    const stub = env.PERSONS.get({ name: other });
    await assert.rejects(stub.carryOut("signIn", ["user/ana@acme.com", ana]), /is not kept in shard/);
    await assert.rejects(stub.carryOut("told", [[{ to: "user/ana@acme.com", organization: "acme", revision: 1, invites: [] }]]), /is not kept in shard/);
    for (const method of ["constructor", "resume", "person", "fly"]) await assert.rejects(env.PERSONS.get({ name: ANA }).carryOut(method, ["user/ana@acme.com"]), /no such method/);
    assert.equal((await acme("capsule", "user/ana@acme.com", { issuedAt: 1, notAfter: 2 })), undefined);
  });
});

describe("the worker", () => {
  test("answers over the objects, and says what its configuration lacks", async () => {
    const { authority, env } = cloud();
    const ask = (path, settings) => authority.fetch(new Request(`http://localhost${path}`, settings), env);
    const body = JSON.stringify({ person: "ana@acme.com" });
    const { token } = await (await ask("/development/sign-in", { method: "POST", headers: { "content-type": "application/json" }, body })).json();
    const headers = { authorization: `Bearer ${token}` };
    assert.equal((await (await ask("/me", { headers })).json()).first, true);
    assert.equal((await ask("/operator/organizations/acme", { headers })).status, 404);
    const { REVISIONS, ...without } = env;
    assert.throws(() => authority.fetch(new Request("http://localhost/me"), without), { code: "ERR_BINDING", path: "REVISIONS" });
  });

  test("the key of a revision fits into KV, and is no other's", async () => {
    assert.equal(await revisionKey("acme"), "organization/acme");
    assert.equal((await revisionKey("a".repeat(499))).length, 512);
    assert.match(await revisionKey("a".repeat(500)), /^digest\/[\da-f]{64}$/);
    assert.match(await revisionKey("é".repeat(250)), /^digest\//);
    assert.notEqual(await revisionKey("a".repeat(500)), await revisionKey("a".repeat(501)));
    assert.equal(await publishedRevision(new KeyValues(), "acme"), 0);
  });
});
