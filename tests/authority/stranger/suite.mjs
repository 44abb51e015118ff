// What an authority does, wherever it runs. A check is a name, what it asks, and what its host must be able to do.
import assert from "node:assert/strict";
import { ask, each, founder, fresh, member, operator, person, soon } from "./world.mjs";

const rename = (id, organization, name = "New") => ({ id, command: "rename_organization", organization, name });

export const checks = [
  ["everybody may have the policy, the vocabulary and the public keys", async (host) => {
    const { body } = await ask(host, "GET", "/policy", {});
    assert.equal(body.name, "pinecone");
    const keys = (await ask(host, "GET", "/keys", {})).body.keys;
    assert.deepEqual(keys.map(({ kid, d }) => [kid, d]), [["k1", undefined]]);
    const vocabulary = await fetch(`${host.base}/vocabulary`);
    assert.ok((await vocabulary.arrayBuffer()).byteLength > 100);
  }],

  ["an organization is created once, whoever repeats it", async (host) => {
    const ana = await person(host, "ana");
    const command = { id: fresh("c"), command: "create_organization", organization: fresh("acme"), name: "Acme" };
    const [first, again] = [await ana.asks("POST", "/organizations", command), await ana.asks("POST", "/organizations", command)];
    assert.deepEqual([first.status, first.body], [200, { ok: true, revision: 1 }]);
    assert.deepEqual([again.status, again.body], [200, { ok: true, revision: 1, repeated: true }]);
    const { organizations } = (await ana.asks("GET", "/me")).body;
    assert.deepEqual(organizations.map(({ id, roles, created }) => [id, roles, created]), [[command.organization, ["organization_owner"], true]]);
    const other = await person(host, "eve");
    const taken = await other.asks("POST", "/organizations", { ...command, id: fresh("c") });
    assert.deepEqual([taken.status, taken.body.reason], [409, "conflict"]);
    assert.equal((await other.asks("POST", "/organizations", { ...command, id: fresh("c"), organization: fresh("own") })).status, 200);
  }],

  ["of two creations at once one is made", async (host) => {
    const ana = await person(host, "ana");
    const make = () => ana.asks("POST", "/organizations", { id: fresh("c"), command: "create_organization", organization: fresh("acme") });
    const statuses = (await Promise.all([make(), make(), make()])).map(({ status }) => status).sort();
    assert.deepEqual(statuses, [200, 409, 409]);
    assert.equal((await ana.asks("GET", "/me")).body.organizations.length, 1);
  }],

  ["an invite waits for its address, and is accepted by nobody else", async (host) => {
    const { ana, acme } = await founder(host);
    const [bo, eve] = [await person(host, "bo"), await person(host, "eve")];
    const invite = fresh("i");
    await ana.does(acme, { command: "invite_member", invite, address: bo.id, roles: ["organization_user"] });
    await soon(async () => (await bo.asks("GET", "/me")).body.invites.length === 1, "the invite");
    const path = `/organizations/${acme}/invites/${invite}/acceptance`;
    assert.equal((await eve.asks("POST", path, { id: fresh("c") })).status, 404);
    const id = fresh("c");
    const [first, again] = [await bo.asks("POST", path, { id }), await bo.asks("POST", path, { id })];
    assert.deepEqual([first.status, again.status, again.body.repeated], [200, 200, true]);
    const me = await soon(async () => {
      const { body } = await bo.asks("GET", "/me");
      return body.organizations.length === 1 && body;
    }, "the membership");
    assert.deepEqual([me.organizations[0].id, me.invites], [acme, []]);
    assert.equal((await bo.capsule(acme)).status, 200);
  }],

  ["who has never been here finds the invite that waits", async (host) => {
    const { ana, acme } = await founder(host);
    const address = `${fresh("new")}@acme.example`;
    await ana.does(acme, { command: "invite_member", invite: fresh("i"), address, roles: ["organization_user"] });
    const { token } = (await ask(host, "POST", "/development/sign-in", {}, { person: address })).body;
    const headers = { authorization: `Bearer ${token}` };
    await soon(async () => (await ask(host, "GET", "/me", headers)).body.invites.length === 1, "the invite");
  }],

  ["commands at once are put in order, with no revision left out", async (host) => {
    const { ana, acme } = await founder(host);
    await ana.capsule(acme);
    const answers = await Promise.all(Array.from({ length: 20 }, (_, place) => ana.does(acme, { command: "rename_organization", name: `N${place}` })));
    const revisions = answers.map(({ body }) => body.revision).sort((one, other) => one - other);
    assert.deepEqual(revisions, Array.from({ length: 20 }, (_, place) => place + 2));
    await ana.capsule(acme);
    const { changes } = (await ana.within(acme, "GET", "history?limit=20")).body;
    assert.deepEqual(changes.map(({ after }) => after), revisions.toReversed?.() ?? [...revisions].reverse());
  }],

  ["a command changes once; its id with another content or actor is a conflict", async (host) => {
    const { ana, acme } = await founder(host);
    const bo = await member(host, { ana, acme }, "bo", ["organization_owner"]);
    const id = fresh("c");
    const all = await Promise.all(Array.from({ length: 5 }, () => ana.does(acme, rename(id, acme))));
    assert.deepEqual([...new Set(all.map(({ status }) => status))], [200]);
    assert.equal(all.filter(({ body }) => body.repeated !== true).length, 1);
    assert.deepEqual((await ana.does(acme, rename(id, acme, "Other"))).status, 409);
    assert.deepEqual((await bo.does(acme, rename(id, acme))).status, 409);
  }],

  ["who may not is told why", async (host) => {
    const world = await founder(host);
    const bo = await member(host, world);
    const refused = await bo.does(world.acme, { command: "rename_organization", name: "Bo's" });
    assert.deepEqual([refused.status, refused.body.reason, typeof refused.body.text], [403, "no_role", "string"]);
    const wrong = await world.ana.does(world.acme, { command: "invite_member", invite: "i", address: "x@y.z", roles: ["king"] });
    assert.deepEqual([wrong.status, wrong.body.code, wrong.body.path], [400, "ERR_UNKNOWN_ROLE", "roles[0]"]);
  }],

  ["an outsider learns nothing", async (host) => {
    const { acme } = await founder(host);
    const { ana: eve, acme: own } = await founder(host, "eve");
    await eve.capsule(own);
    for (const [method, path, body] of [["GET", "capsule"], ["GET", "view"], ["POST", "commands", rename("x", "x")], ["GET", "events"]]) {
      const asked = (organization) => {
        eve.capsules.set(organization, eve.capsules.get(own));
        return eve.within(organization, method, path, body);
      };
      const [there, absent] = [await asked(acme), await asked("absent")];
      assert.deepEqual([there.status, there.text], [404, absent.text], path);
    }
    const accept = (organization) => eve.asks("POST", `/organizations/${organization}/invites/none/acceptance`, { id: fresh("c") });
    assert.deepEqual([(await accept(acme)).status, (await accept(acme)).text], [404, (await accept("absent")).text]);
  }],

  ["who is removed has no capsule any more, and the one they had is refused", async (host) => {
    const world = await founder(host);
    const bo = await member(host, world);
    await soon(async () => {
      await bo.capsule(world.acme);
      return (await bo.within(world.acme, "GET", "view")).status === 200;
    }, "the view");
    assert.equal((await world.ana.does(world.acme, { command: "remove_member", member: bo.principal })).status, 200);
    assert.equal((await bo.capsule(world.acme)).status, 404);
    const started = Date.now();
    await soon(async () => (await bo.within(world.acme, "GET", "view")).status === 401, "the refusal");
    assert.ok(Date.now() - started < 3_000, `${Date.now() - started} ms`);
    assert.ok((await bo.within(world.acme, "POST", "commands", rename(fresh("c"), world.acme))).status >= 401);
    await soon(async () => (await bo.asks("GET", "/me")).body.organizations.length === 0, "the list");
  }],

  ["a capsule of somebody else, and a forged one, are of no use", async (host) => {
    const world = await founder(host);
    const bo = await member(host, world);
    await world.ana.capsule(world.acme);
    const anas = world.ana.capsules.get(world.acme);
    bo.capsules.set(world.acme, anas);
    const others = await bo.within(world.acme, "GET", "view");
    assert.deepEqual([others.status, others.body.code], [401, "ERR_PRINCIPAL"]);
    const [header, payload, signature] = anas.split(".");
    const forged = `${payload.slice(0, 40)}${payload[40] === "A" ? "B" : "A"}${payload.slice(41)}`;
    world.ana.capsules.set(world.acme, [header, forged, signature].join("."));
    assert.deepEqual([(await world.ana.within(world.acme, "GET", "view")).body.code], ["ERR_SIGNATURE"]);
  }],

  ["one page hears of what another one changes", async (host) => {
    const world = await founder(host);
    const bo = await member(host, world);
    const [anas, bos] = [await world.ana.connected(world.acme), await bo.connected(world.acme)];
    try {
      const may = () => bos.store.getSnapshot().access?.can("rename", "organization", world.acme);
      assert.equal(may(), false);
      const answer = await anas.command({ command: "change_member_roles", member: bo.principal, roles: ["organization_owner"] });
      assert.equal(answer.ok, true);
      await soon(may, "the right");
      assert.equal((await bos.command({ command: "rename_organization", name: "Bo's" })).ok, true);
      await soon(() => anas.revision === bos.revision, "the same revision");
      assert.equal((await anas.command({ command: "remove_member", member: bo.principal })).ok, true);
      await soon(() => bos.store.getSnapshot().access === undefined, "the end");
    } finally {
      anas.close();
      bos.close();
    }
  }],

  ["10,000 people move in while others work, and get to know", async (host) => {
    const [{ ana, acme }, operates] = [await founder(host), await operator(host)];
    const large = fresh("large");
    const ids = Array.from({ length: 10_000 }, (_, place) => `${fresh("many")}-${place}@large.example`);
    const members = ids.map((id, place) => ({ member: `user/${id}`, roles: [place === 0 ? "organization_owner" : "organization_user"] }));
    const organization = { id: large, name: "Large", edition: "enterprise", members };
    const document = { format: 1, policy: "pinecone", people: ids.map((id) => ({ id })), organizations: [organization] };
    const statuses = new Map();
    let isMoving = true;
    const others = (async () => {
      for (let turn = 0; isMoving; turn += 1)
        for (const { status } of [await ana.does(acme, { command: "rename_organization", name: `N${turn}` }), await ana.asks("GET", "/me"), await ana.capsule(acme)])
          statuses.set(status, (statuses.get(status) ?? 0) + 1);
    })();
    const moved = await operates("PUT", `/organizations/${large}`, document);
    assert.deepEqual([moved.status, moved.body], [200, { ok: true, revision: 0 }]);
    const some = ids.filter((_, place) => place % 16 === 0);
    await each(some, 16, async (id) => {
      const { token } = (await ask(host, "POST", "/development/sign-in", {}, { person: id })).body;
      const me = () => ask(host, "GET", "/me", { authorization: `Bearer ${token}` });
      await soon(async () => (await me()).body.organizations.some((entry) => entry.id === large), `what ${id} is told`, 60_000);
    });
    isMoving = false;
    await others;
    assert.deepEqual([...statuses.keys()], [200], JSON.stringify([...statuses]));
    assert.ok(statuses.get(200) >= 30, `the others were answered ${statuses.get(200)} times`);
  }],

  ["who is removed hears no revision any more, and who listens more than 16 times the oldest no more", async (host) => {
    const world = await founder(host);
    const bo = await member(host, world);
    await bo.capsule(world.acme);
    const headers = { authorization: `Bearer ${bo.token}`, "bailiwick-capsule": bo.capsules.get(world.acme) };
    const listen = () => fetch(`${host.base}/organizations/${world.acme}/events`, { headers });
    const open = [];
    for (let place = 0; place < 17; place += 1) open.push(await listen());
    assert.deepEqual([...new Set(open.map(({ status }) => status))], [200]);
    await open.shift().text();
    const { revision } = (await world.ana.does(world.acme, { command: "remove_member", member: bo.principal })).body;
    for (const response of open) assert.doesNotMatch(await response.text(), new RegExp(`"revision":${revision}\\b`));
  }],

  ["what was kept is there after a start", async (host) => {
    const { ana, acme } = await founder(host);
    const bo = await member(host, { ana, acme });
    const id = fresh("c");
    const before = (await ana.does(acme, rename(id, acme, "Kept"))).body.revision;
    await soon(async () => (await bo.asks("GET", "/me")).body.organizations[0]?.name === "Kept", "the name");
    await host.restart();
    assert.equal((await ana.capsule(acme)).body.revision, before);
    assert.deepEqual((await ana.does(acme, rename(id, acme, "Kept"))).body, { ok: true, revision: before, repeated: true });
    const { organizations } = (await bo.asks("GET", "/me")).body;
    assert.deepEqual(organizations.map(({ id, name }) => [id, name]), [[acme, "Kept"]]);
    const second = await ana.asks("POST", "/organizations", { id: fresh("c"), command: "create_organization", organization: fresh("b") });
    assert.equal(second.status, 409);
    assert.equal((await ana.does(acme, rename(fresh("c"), acme, "On"))).body.revision, before + 1);
  }, "restart"],

  ["killed between two commands, it knows the first", async (host) => {
    const { ana, acme } = await founder(host);
    const [first, second] = [fresh("c"), fresh("c")];
    const { revision } = (await ana.does(acme, rename(first, acme, "One"))).body;
    await host.kill();
    assert.deepEqual((await ana.does(acme, rename(first, acme, "One"))).body, { ok: true, revision, repeated: true });
    assert.equal((await ana.does(acme, rename(second, acme, "Two"))).body.revision, revision + 1);
  }, "kill"],

  ["killed within commands, each is carried out once when it is repeated", async (host) => {
    const { ana, acme } = await founder(host);
    await ana.capsule(acme);
    const commands = Array.from({ length: 40 }, (_, place) => rename(fresh("c"), acme, `N${place}`));
    const sent = commands.map((command) => ana.does(acme, command).catch(() => undefined));
    await Promise.race(sent);
    await host.kill();
    const answered = (await Promise.all(sent)).filter((answer) => answer?.status === 200);
    assert.ok(answered.length >= 1);
    const again = [];
    for (const command of commands) again.push(await ana.does(acme, command));
    assert.deepEqual([...new Set(again.map(({ status }) => status))], [200]);
    assert.ok(again.filter(({ body }) => body.repeated === true).length >= answered.length, "what was answered was forgotten");
    await ana.capsule(acme);
    const { changes } = (await ana.within(acme, "GET", "history?limit=100")).body;
    const ids = changes.map(({ command }) => command.id).filter((id) => commands.some((command) => command.id === id));
    assert.deepEqual([ids.length, new Set(ids).size], [40, 40]);
    assert.deepEqual(changes.map(({ after }) => after), changes.map((_, place) => changes[0].after - place));
  }, "kill"],

  ["killed before people were told, it tells them after its start", async (host) => {
    const { ana, acme } = await founder(host);
    const people = [await person(host, "bo"), await person(host, "cy"), await person(host, "di")];
    for (const { id } of people)
      assert.equal((await ana.does(acme, { command: "invite_member", invite: fresh("i"), address: id, roles: ["organization_user"] })).status, 200);
    await host.kill();
    for (const one of people) await soon(async () => (await one.asks("GET", "/me")).body.invites.length === 1, "the invite");
  }, "kill"],
];
