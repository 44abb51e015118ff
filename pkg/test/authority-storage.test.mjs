// What lies in the database: snapshots and changes come to the same again, whatever their size; and what is refused there.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, existsSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join as path } from "node:path";
import { describe, test } from "node:test";
import { BailiwickError, Directory, Policy, reset } from "bailiwick";
import { OrganizationAuthority, PersonsAuthority, Rules, SHARDS, databaseName, openPlaces, overDatabase, shardOf } from "bailiwick/authority";
import pinecone from "bailiwick/presets/pinecone";
import { NOW, accepted, acme, inMemory, libraries, reason, strict, world } from "./authority.mjs";
import { thrownBy } from "./thrown.mjs";

const ana = "ana@acme.com";
const rules = new Rules(pinecone);
const bytes = (text) => new TextEncoder().encode(text).length;

/** An organization in a database, and what lies in it. */
function founded(database, settings = {}) {
  const sql = overDatabase(database);
  const made = new OrganizationAuthority({ policy: rules, name: "acme", sql, clock: () => NOW, ...settings });
  accepted(made.found('{"id":"c0","command":"create_organization","organization":"acme"}', { id: ana }));
  let count = 0;
  const apply = (command, fields) => {
    count += 1;
    return accepted(made.apply(JSON.stringify({ id: `s${count}`, command, organization: "acme", ...fields }), `user/${ana}`));
  };
  const again = () => new OrganizationAuthority({ policy: rules, name: "acme", sql, clock: () => NOW, ...settings });
  return { sql, made, apply, again, rows: (query) => sql.all(query) };
}

/** The longest name, none like another. */
const long = (number) => `${number} `.padEnd(500, "ä🦆".repeat(2)).replace(/[\ud800-\udbff]$/, "");

/** A document of many projects, of over 2 MiB. */
const large = () => ({
  format: 1,
  policy: "pinecone",
  people: [{ id: ana }],
  organizations: [{ id: "acme", edition: "enterprise", members: [{ member: `user/${ana}`, roles: ["organization_owner"] }] }],
  projects: Array.from({ length: 3_000 }, (_, number) => ({ id: `p${number}`, organization: "acme", name: long(number) })),
});

for (const [library, open] of Object.entries({ ...libraries, "a library like better-sqlite3": strict }))
  describe(`an organization in ${library}`, () => {
    test("loaded from its snapshot and its changes it is the same, byte for byte", () => {
      const { made, apply, again, rows } = founded(open(":memory:"));
      const texts = [];
      const snapshots = new Set();
      for (let number = 0; number < 300; number += 1) {
        apply("rename_organization", { name: long(number) });
        texts.push(JSON.stringify(made.document()));
        snapshots.add(rows("SELECT revision FROM snapshot")[0].revision);
        if (number % 11 === 0) assert.equal(JSON.stringify(again().document()), texts.at(-1));
      }
      assert.ok(snapshots.size > 1 && snapshots.size < 10, `${snapshots.size} snapshots`);
    });

    test("its changes, laid over the first state, come to its document", () => {
      const { made, apply, rows } = founded(open(":memory:"));
      for (let number = 0; number < 200; number += 1) apply("rename_organization", { name: long(number) });
      assert.ok(rows("SELECT revision FROM snapshot")[0].revision > 0, "the first snapshot was replaced");
      const replayed = Directory.load(Policy.compile(pinecone), { format: 1, policy: "pinecone", people: [{ id: ana }] });
      for (const { change } of rows("SELECT change FROM log ORDER BY revision")) replayed.commit(change);
      assert.equal(JSON.stringify(replayed.document()), JSON.stringify(made.document()));
    });

    test("what is longer than 1 MiB lies in parts of at most that", () => {
      const sql = overDatabase(open(":memory:"));
      const begin = () => new OrganizationAuthority({ policy: rules, name: "acme", sql, clock: () => NOW });
      const made = begin();
      assert.equal(made.adopt(JSON.stringify(large())).ok, true);
      const adopted = JSON.stringify(made.document());
      assert.ok(bytes(adopted) > 2 * 2 ** 20, `${bytes(adopted)} bytes`);
      made.rest();
      assert.equal(JSON.stringify(made.document()), adopted);
      const roomy = overDatabase(open(":memory:"));
      const other = new OrganizationAuthority({ policy: rules, name: "acme", sql: roomy, clock: () => NOW });
      other.adopt(JSON.stringify(large()));
      for (let number = 0; number < 300; number += 1) accepted(other.apply(rename(`r${number}`, long(number)), `user/${ana}`));
      assert.equal(roomy.all("SELECT revision FROM snapshot")[0].revision, 0, "half of it has not been changed yet");
      const { change } = accepted(made.apply('{"id":"d","command":"delete_organization","organization":"acme"}', `user/${ana}`));
      const parts = sql.all("SELECT what, length(bytes) AS size FROM parts ORDER BY what, part").filter(({ what }) => what === "change");
      const sizes = parts.map(({ size }) => size);
      assert.equal(sizes.reduce((sum, size) => sum + size, 0), bytes(JSON.stringify(change)));
      assert.ok(sizes.length >= 2 && sizes.slice(0, -1).every((size) => size === 2 ** 20) && sizes.at(-1) <= 2 ** 20, `${sizes}`);
      assert.ok(sql.all("SELECT max(length(bytes)) AS most FROM parts")[0].most <= 2 ** 20);
      assert.equal(JSON.stringify(begin().document()), JSON.stringify(made.document()));
      assert.equal(accepted(begin().apply('{"id":"d","command":"delete_organization","organization":"acme"}', `user/${ana}`)).change.repeated, true);
    });

    test("old changes are forgotten with their ids, but none after the snapshot, and what is kept answers on", () => {
      const { made, apply, again, rows } = founded(open(":memory:"), { keep: 10 });
      for (let number = 0; number < 300; number += 1) apply("rename_organization", { name: long(number) });
      const [{ revision }] = rows("SELECT revision FROM snapshot");
      const kept = rows("SELECT revision FROM log ORDER BY revision").map((row) => row.revision);
      assert.ok(revision > 1 && kept[0] === revision - 10 + 1, `snapshot ${revision}, from ${kept[0]}`);
      assert.equal(kept.at(-1), 301);
      assert.equal(JSON.stringify(again().document()), JSON.stringify(made.document()));
      assert.equal(accepted(made.apply(rename("s300", long(299)), `user/${ana}`)).change.repeated, true);
    });

    test("changes after a revision come to the document in force, page by page", () => {
      const { made, apply } = founded(open(":memory:"), { keep: 10 });
      for (let number = 0; number < 20; number += 1) apply("rename_organization", { name: `N${number}` });
      const replayed = Directory.load(Policy.compile(pinecone), { format: 1, policy: "pinecone", people: [{ id: ana }] });
      let pages = 0;
      for (let after = 0; after !== undefined; pages += 1) {
        const { changes, revision, next } = made.changes({ after, limit: 7 });
        assert.equal(revision, 21);
        for (const change of changes) replayed.commit(change);
        after = next;
      }
      assert.equal(pages, 3);
      assert.equal(JSON.stringify(replayed.document()), JSON.stringify(made.document()));
      assert.deepEqual(made.changes({ after: 21 }), { changes: [], revision: 21 });
      assert.throws(() => made.changes({ after: 22 }), { code: "ERR_REVISION" });
      for (let number = 0; number < 300; number += 1) apply("rename_organization", { name: long(number) });
      assert.throws(() => made.changes({ after: 0 }), { code: "ERR_REVISION" });
      const nobody = new OrganizationAuthority({ policy: rules, name: "ghost", sql: overDatabase(open(":memory:")) });
      assert.throws(() => nobody.changes({ after: 0 }), { code: "ERR_REVISION" });
    });

    test("one over the other in two processes, none loses the other's change", () => {
      const { sql, made, apply, again } = founded(open(":memory:"));
      const other = again();
      assert.equal(other.document().organizations[0].name, undefined);
      apply("rename_organization", { name: "First" });
      assert.throws(() => other.apply(rename("o1", "Second"), `user/${ana}`), /UNIQUE|constraint/i);
      assert.equal(accepted(other.apply(rename("o1", "Second"), `user/${ana}`)).revision, 3);
      assert.deepEqual(sql.all("SELECT revision FROM log ORDER BY revision").map(({ revision }) => revision), [1, 2, 3]);
      made.rest();
      assert.equal(JSON.stringify(made.document()), JSON.stringify(other.document()));
    });

    test("a transaction within a transaction is refused, and the outer one stays whole", () => {
      const { sql, rows } = founded(open(":memory:"));
      const nested = () => sql.atomically(() => sql.atomically(() => undefined));
      assert.throws(nested, /`atomically` was called within/);
      const outer = () => sql.atomically(() => {
        sql.all("DELETE FROM log");
        assert.throws(() => sql.atomically(() => undefined));
        sql.all("INSERT INTO outbox VALUES (1, 'user/late', 1)");
        throw new Error("all of it goes back");
      });
      assert.throws(outer, /all of it/);
      assert.equal(rows("SELECT * FROM log").length, 1);
      assert.deepEqual(rows("SELECT * FROM outbox WHERE recipient = 'user/late'"), []);
      sql.atomically(() => sql.all("DELETE FROM log"));
      assert.equal(rows("SELECT * FROM log").length, 0, "and the next one works");
    });
  });

function rename(id, name) {
  return JSON.stringify({ id, command: "rename_organization", organization: "acme", name });
}

describe("the database", () => {
  test("of somebody else, and of another version, is refused", () => {
    const { sql } = founded(libraries.libsql(":memory:"));
    const other = new OrganizationAuthority({ policy: rules, name: "beta", sql });
    const error = thrownBy(() => other.document());
    assert.ok(error instanceof BailiwickError);
    assert.equal(error.code, "ERR_STORAGE");
    sql.all("UPDATE meta SET value = '3' WHERE key = 'version'");
    const newer = new OrganizationAuthority({ policy: rules, name: "acme", sql });
    assert.equal(thrownBy(() => newer.document()).code, "ERR_STORAGE");
  });

  test("has a name that is fit for a file, and its own", () => {
    const names = ["acme", "Acme", "acme ", "../../etc/passwd", "a/b", "a~2fb", "ä", ".", "CON", "a-b", "a:b"].map((name) =>
      databaseName({ kind: "organization", name }),
    );
    assert.equal(new Set(names.map((name) => name.toLowerCase())).size, names.length);
    for (const name of names) assert.match(name, /^organization-[a-z0-9_.@~]*$/);
    assert.equal(databaseName({ kind: "persons", name: "7" }), "persons-7");
  });

  test("of a name too long for a file may be called after a digest of it, and is found again", async () => {
    const folder = mkdtempSync(path(tmpdir(), "bailiwick-"));
    const at = (name) => path(folder, name.length <= 200 ? name : createHash("sha256").update(name).digest("hex"));
    const databases = (name, make) => (make || existsSync(at(name)) ? libraries.libsql(at(name)) : undefined);
    const names = () => readdirSync(folder).filter((name) => !/-(wal|shm)$/.test(name));
    const organization = "A".repeat(1_024);
    let reached = false;
    const lost = (name, make) => {
      if (name === `persons-${shardOf("address:bo@acme.com")}` && !reached) throw new Error("not now");
      return databases(name, make);
    };
    const first = world({ policy: rules, memory: { databases: lost, names } });
    accepted(await first.create(ana, organization, "c"));
    await first.done(organization, ana, "invite_member", { invite: "i", address: "bo@acme.com", roles: ["organization_user"] });
    await first.places.close();
    reached = true;
    const second = world({ policy: rules, memory: { databases, names } });
    await second.places.resume();
    await second.signIn({ id: "bo@acme.com" });
    assert.equal((await second.me("bo@acme.com")).invites.length, 1);
    await second.places.close();
    rmSync(folder, { recursive: true });
  });

  test("of persons: every principal has one of 64, always the same, none has many more than its part", () => {
    const known = ["user/ana@acme.com", "address:ana@acme.com", "user/ä", "user/", "user/u-77"].map(shardOf);
    assert.deepEqual(known, [13, 46, 26, 26, 57], "where persons are kept has changed: nobody finds what was kept before");
    const count = new Array(SHARDS).fill(0);
    for (let number = 0; number < 64_000; number += 1) count[shardOf(`user/person-${number}@acme.com`)] += 1;
    assert.ok(Math.min(...count) > 800 && Math.max(...count) < 1_200, `${Math.min(...count)} to ${Math.max(...count)}`);
  });

  test("of persons that fails keeps nobody else from being told, and is told when it answers", async () => {
    const memory = inMemory();
    const broken = `persons-${shardOf("user/bo@acme.com")}`;
    let works = true;
    const databases = (name) => {
      const { exec, prepare } = memory.databases(name);
      const must = () => {
        if (name === broken && !works) throw new Error("the disk is gone");
      };
      return { exec: (sql) => (must(), exec(sql)), prepare: (sql) => (must(), prepare(sql)) };
    };
    const made = world({ policy: rules, memory: { ...memory, databases } });
    const all = [ana, "bo@acme.com", "cy@acme.com", "di@acme.com"];
    assert.equal(new Set(all.map((id) => shardOf(`user/${id}`))).size, 4);
    for (const id of all) await made.signIn({ id });
    works = false;
    const members = all.map((id) => ({ member: `user/${id}`, roles: [id === ana ? "organization_owner" : "organization_user"] }));
    const document = { format: 1, policy: "pinecone", people: all.map((id) => ({ id })), organizations: [{ id: "acme", edition: "enterprise", members }] };
    assert.equal((await made.places.organization("acme").adopt(JSON.stringify(document))).ok, true);
    await made.places.settled();
    const knows = async (id) => (await made.me(id)).organizations.length === 1;
    for (const id of all.filter((one) => one !== "bo@acme.com")) assert.ok(await knows(id), id);
    works = true;
    assert.equal(await knows("bo@acme.com"), false);
    await made.places.resume();
    assert.ok(await knows("bo@acme.com"));
  });

  test("lies in files, goes and comes back; asking for what is not there makes none", async () => {
    const folder = mkdtempSync(path(tmpdir(), "bailiwick-"));
    const databases = (name, make) => (make || existsSync(path(folder, name)) ? libraries.libsql(path(folder, name)) : undefined);
    const names = () => readdirSync(folder).filter((name) => !/-(wal|shm)$/.test(name));
    const open = () => world({ policy: rules, memory: { databases, names }, most: 2 });
    const first = open();
    for (let number = 0; number < 6; number += 1) accepted(await first.create(`p${number}@acme.com`, `o${number}`));
    for (let number = 0; number < 6; number += 1) await first.done(`o${number}`, `p${number}@acme.com`, "rename_organization", { name: `N${number}` });
    await first.places.close();
    const there = names().length;
    const shards = new Set(Array.from({ length: 6 }, (_, number) => [`user/p${number}@acme.com`, `address:p${number}@acme.com`]).flat().map(shardOf));
    assert.equal(there, 6 + shards.size, "of each its organization, and the shards of its person and the address");
    const second = open();
    await second.places.resume();
    for (let number = 0; number < 6; number += 1) {
      assert.equal((await second.me(`p${number}@acme.com`)).organizations[0].name, `N${number}`);
      assert.equal(await second.places.revision(`o${number}`), 2);
    }
    assert.equal(await second.places.revision("ghost"), 0);
    assert.equal(await second.me("ghost@acme.com"), undefined);
    assert.equal(reason(await second.apply("ghost", ana, "leave_organization")), "unknown_principal");
    assert.equal(names().length, there, "nothing was made");
    await second.places.close();
    rmSync(folder, { recursive: true });
  });

  test("in memory is never put away, but its directory is", async () => {
    const made = world({ policy: rules, most: 2 });
    for (let number = 0; number < 8; number += 1) accepted(await made.create(`p${number}@acme.com`, `o${number}`));
    for (let number = 0; number < 8; number += 1) assert.equal(await made.places.revision(`o${number}`), 1);
  });

  test("what somebody listens to stays open", async () => {
    const folder = mkdtempSync(path(tmpdir(), "bailiwick-"));
    const databases = (name) => libraries.libsql(path(folder, name));
    const made = world({ policy: rules, memory: { databases }, most: 1 });
    accepted(await made.create(ana, "acme"));
    const reader = (await made.places.organization("acme").revisions(`user/${ana}`)).getReader();
    assert.equal(new TextDecoder().decode((await reader.read()).value), "1\n");
    const heard = reader.read();
    for (let number = 0; number < 3; number += 1) accepted(await made.create(`p${number}@acme.com`, `o${number}`));
    await made.done("acme", ana, "rename_organization", { name: "Heard" });
    assert.equal(new TextDecoder().decode((await heard).value), "2\n");
    await reader.cancel();
    await made.places.close();
    rmSync(folder, { recursive: true });
  });
});

describe("persons who are kept in one place", () => {
  const shard = shardOf("user/m0@acme.com");
  const [one, other] = Array.from({ length: 1_000 }, (_, number) => `m${number}@acme.com`).filter((id) => shardOf(`user/${id}`) === shard);
  const create = (id, organization) => JSON.stringify({ id, command: "create_organization", organization });

  test("know nothing of each other", () => {
    const persons = new PersonsAuthority({ policy: rules, shard, sql: overDatabase(libraries.libsql(":memory:")), clock: () => NOW });
    const [first, second] = [one, other].map((id) => persons.person(`user/${id}`));
    assert.deepEqual(first.signIn({ id: one, name: "One" }), { first: true });
    assert.equal(second.me(), undefined);
    assert.deepEqual(second.signIn({ id: other, name: "Other" }), { first: true });
    const entry = { id: "acme", edition: "standard", roles: ["organization_user"], active: true, created: false };
    const invites = [{ invite: "i", organization: "acme", roles: ["organization_user"], until: NOW + 9 }];
    persons.told([{ to: `user/${one}`, organization: "acme", revision: 5, entry, invites }]);
    assert.deepEqual(second.me(), { person: { id: other, name: "Other" }, organizations: [], invites: [] });
    persons.told([{ to: `user/${other}`, organization: "acme", revision: 2, invites: [] }]);
    assert.deepEqual(first.me(), { person: { id: one, name: "One" }, organizations: [entry], invites });
    persons.told([{ to: `user/${other}`, organization: "acme", revision: 3, entry: { ...entry, roles: [] }, invites: [] }]);
    assert.deepEqual([first, second].map((person) => person.me().organizations[0].roles), [["organization_user"], []]);
  });

  test("create each their own, by commands of the same id", () => {
    const sql = overDatabase(libraries.libsql(":memory:"));
    const persons = new PersonsAuthority({ policy: rules, shard, sql, clock: () => NOW });
    const [first, second] = [one, other].map((id) => persons.person(`user/${id}`));
    accepted(first.reserve(create("c", "acme"), { id: one }));
    accepted(second.reserve(create("c", "beta"), { id: other }));
    assert.deepEqual(persons.unsettled().map(({ principal }) => principal).sort(), [`user/${one}`, `user/${other}`].sort());
    second.settle("c", false);
    assert.deepEqual(persons.unsettled().map(({ principal, command }) => [principal, command]), [[`user/${one}`, create("c", "acme")]]);
    accepted(second.reserve(create("c", "gamma"), { id: other }));
    first.settle("c", true);
    assert.deepEqual(persons.unsettled().map(({ principal }) => principal), [`user/${other}`]);
    assert.equal(accepted(first.reserve(create("c", "acme"), { id: one })).change.repeated, true);
    assert.equal(reason(first.reserve(create("d", "delta"), { id: one })), "conflict");
    second.settle("c", false);
    accepted(second.reserve(create("d", "delta"), { id: other }));
  });

  test("are told all or none", () => {
    const sql = overDatabase(libraries.libsql(":memory:"));
    const persons = new PersonsAuthority({ policy: rules, shard, sql, clock: () => NOW });
    const note = (id, invites = []) => ({ to: `user/${id}`, organization: "acme", revision: 1, invites });
    assert.throws(() => persons.told([note(one), note(other, 1n)]));
    assert.deepEqual(sql.all("SELECT name FROM sqlite_master"), []);
    persons.told([note(one), note(other)]);
    assert.equal(sql.all("SELECT principal FROM told").length, 2);
  });
});

describe("a module that broke", () => {
  test("is put in force anew, and nothing is lost", async () => {
    const made = await acme();
    const life = { issuedAt: NOW, notAfter: NOW + 1_000 };
    const place = made.places.organization("acme");
    const before = JSON.stringify(await place.document());
    for (const ask of [
      async () => assert.equal(JSON.stringify(await place.document()), before),
      async () => assert.ok(await place.capsule(`user/${ana}`, life)),
      async () => assert.equal((await made.ask("acme", ana, "view")).ok, true),
      async () => assert.equal((await made.ask("acme", ana, "matrix", { kind: "organization", id: "acme" })).ok, true),
      async () => accepted(await made.apply("acme", ana, "rename_organization", { name: "Still here" })),
      async () => assert.equal(reason(await made.create(ana, "second")), "conflict"),
      async () => accepted(await made.create("eve@else.com", "third")),
    ]) {
      reset();
      await ask();
    }
  });
});

describe("an organization that moves in", () => {
  const document = {
    format: 1,
    policy: "pinecone",
    revision: 41,
    changed: NOW - 5,
    people: [{ id: ana }, { id: "bo@acme.com" }, { id: "left@acme.com" }],
    organizations: [
      {
        id: "acme",
        name: "Acme",
        edition: "standard",
        creator: "user/left@acme.com",
        members: [
          { member: `user/${ana}`, roles: ["organization_owner"] },
          { member: "user/bo@acme.com", roles: ["organization_user"], suspended: true },
        ],
      },
    ],
    invites: [{ id: "i1", organization: "acme", address: "dee@acme.com", roles: ["organization_user"], sender: `user/${ana}`, expires: NOW + 9 }],
  };

  test("is there as it was, and everybody is told", async () => {
    const made = world();
    for (const id of [ana, "bo@acme.com", "left@acme.com", "dee@acme.com"]) await made.signIn({ id });
    const place = made.places.organization("acme");
    assert.deepEqual(await place.adopt(JSON.stringify(document)), { ok: true, revision: 41 });
    await made.places.settled();
    assert.deepEqual((await made.me(ana)).organizations[0], { id: "acme", name: "Acme", edition: "standard", roles: ["organization_owner"], active: true, created: false });
    assert.equal((await made.me("bo@acme.com")).organizations[0].active, false);
    assert.equal((await made.me("dee@acme.com")).invites[0].invite, "i1");
    assert.deepEqual((await made.me("left@acme.com")).organizations, []);
    assert.equal(reason(await made.create("left@acme.com", "more")), "conflict", "they created this one");
    assert.deepEqual(await place.adopt(JSON.stringify(document)), { ok: true, revision: 41 });
    assert.equal((await made.done("acme", ana, "rename_organization", { name: "New" })).revision, 42);
    assert.equal(reason(await place.adopt(JSON.stringify(document))), "conflict");
    assert.equal(reason(await made.create("eve@else.com", "acme")), "conflict");
  });

  test("with many members lets others have their turn while all are told", async () => {
    const made = world();
    const crowd = Array.from({ length: 400 }, (_, number) => `m${number}@acme.com`);
    const members = crowd.map((id) => ({ member: `user/${id}`, roles: ["organization_user"] }));
    const [only] = document.organizations;
    const crowded = { ...document, people: [...document.people, ...crowd.map((id) => ({ id }))], organizations: [{ ...only, members: [...only.members, ...members] }] };
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 0);
    assert.equal((await made.places.organization("acme").adopt(JSON.stringify(crowded))).ok, true);
    await made.places.settled();
    clearInterval(timer);
    assert.ok(turns > 20, `${turns} turns`);
    for (const id of [crowd[0], crowd.at(-1)]) {
      await made.signIn({ id });
      assert.equal((await made.me(id)).organizations[0].id, "acme");
    }
  });

  test("must be whole, alone, and of that name", async () => {
    const place = world().places.organization("acme");
    const [only] = document.organizations;
    await assert.rejects(place.adopt(JSON.stringify({ ...document, organizations: [only, { ...only, id: "beta" }] })), { code: "ERR_ORGANIZATION" });
    await assert.rejects(place.adopt(JSON.stringify({ ...document, organizations: [{ ...only, id: "beta" }], invites: [] })), { code: "ERR_ORGANIZATION" });
    await assert.rejects(place.adopt(JSON.stringify({ ...document, organizations: [] , invites: [] })), { code: "ERR_ORGANIZATION" });
    await assert.rejects(place.adopt(JSON.stringify({ ...document, people: [] })), { code: "ERR_UNKNOWN_PERSON" });
    assert.equal(await place.document(), undefined);
  });
});
