// What an asker may see (rule 2): held to `check` over random worlds; and the history.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Directory } from "bailiwick";
import { Rules } from "bailiwick/authority";
import pinecone from "bailiwick/presets/pinecone";
import pinkfish from "bailiwick/presets/pinkfish";
import { NOW, accepted, acme, reason, world } from "./authority.mjs";
import { presets } from "./data.mjs";

const ana = "ana@acme.com";

/** Numbers that are the same in each run, by mulberry32. */
function dice(seed) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (most) => Math.floor(next() * most);
  return { below, one: (list) => list[below(list.length)], some: (list, odds) => list.filter(() => next() < odds), chance: (odds) => next() < odds };
}

const holders = (policy, holder, kind) => policy.holders[holder]?.roles?.[kind] ?? [];

/** A random organization under a policy: members of every standing, groups, accounts, keys, projects, resources, shares. */
function randomWorld(policy, seed) {
  const { below, one, some, chance } = dice(seed);
  const kinds = policy.kinds;
  const top = kinds.organization.top;
  const people = Array.from({ length: 7 }, (_, number) => `m${number}@acme.com`);
  const roles = (holder, kind) => {
    const all = holders(policy, holder, kind);
    return all.length === 0 ? [] : [one(all)];
  };
  const document = {
    format: 1,
    policy: policy.name,
    people: [...people, "out@else.com"].map((id) => ({ id })),
    organizations: [
      {
        id: "acme",
        edition: Object.keys(policy.editions).at(-1 - below(Object.keys(policy.editions).length)),
        creator: `user/${one(people)}`,
        members: people.map((id, number) => ({
          member: `user/${id}`,
          roles: number === 0 ? [top] : roles("user", "organization"),
          ...(number === 6 ? { suspended: true } : {}),
        })),
      },
    ],
    groups: ["g0", "g1"].map((id) => ({ id, organization: "acme", members: some(people, 0.4).map((person) => `user/${person}`) })),
    serviceAccounts: [{ id: "ci", organization: "acme", roles: roles("service_account", "organization") }],
    projects: [],
    apiKeys: [],
    resources: [],
  };
  if (kinds.project !== undefined)
    for (let number = 0; number < 4; number += 1) {
      const owner = { member: `user/${people[0]}`, roles: [kinds.project.top] };
      const members = some(people.slice(1, 6), 0.4).map((person) => ({ member: `user/${person}`, roles: roles("user", "project") }));
      document.projects.push({ id: `p${number}`, organization: "acme", creator: `user/${one(people)}`, members: [owner, ...members.filter((row) => row.roles.length > 0)] });
      if (chance(0.7)) document.apiKeys.push({ id: `k${number}`, project: `p${number}`, roles: roles("api_key", "project") });
    }
  const plain = Object.keys(kinds).filter((kind) => !["platform", "organization", "project"].includes(kind));
  for (let number = 0; number < 12 && plain.length > 0; number += 1) {
    const kind = one(plain);
    const above = kinds[kind].parent;
    const parents = above === "organization" ? ["organization/acme"] : above === "project" ? document.projects.map(({ id }) => `project/${id}`)
      : document.resources.filter((row) => row.kind === above).map(({ id }) => `${above}/${id}`);
    if (parents.length === 0) continue;
    const [highest] = kinds[kind].sharing ?? [];
    const keeper = `user/${one(people)}`;
    const shares = highest === undefined ? [] : [{ with: keeper, role: highest }];
    for (const [holder, who] of [["user", `user/${one(people.filter((id) => `user/${id}` !== keeper))}`], ["group", "group/g0"], ["service_account", "service_account/ci"], ["members", "members"]]) {
      const [role] = roles(holder, kind);
      if (role !== undefined && chance(holder === "members" ? 0.1 : 0.5)) shares.push({ with: who, role, ...(chance(0.2) ? { until: NOW + (chance(0.5) ? 5 : -5) } : {}) });
    }
    document.resources.push({ id: `hidden-${number}-${kind}`, kind, parent: one(parents), creator: `user/${one(people)}`, shares });
  }
  return document;
}

/** All askers of a world: members, the suspended one, a stranger, an account, keys. */
const askers = (document) => [
  ...document.people.map(({ id }) => `user/${id}`),
  "user/nobody@else.com",
  "service_account/ci",
  ...document.apiKeys.map(({ id }) => `api_key/${id}`),
];

/** Loads it, or leaves it where the dice put together what the policy does not allow. */
function loaded(rules, document) {
  try {
    return Directory.load(rules.policy, document);
  } catch {
    return undefined;
  }
}

const strings = (value, found = []) => {
  if (typeof value === "string") found.push(value);
  else if (typeof value === "object" && value !== null) for (const part of Object.values(value)) strings(part, found);
  return found;
};

describe("the view of an organization", () => {
  for (const [name, { $schema, ...policy }] of Object.entries(presets))
    test(`is what check lets know, under ${name}`, async (t) => {
      const rules = new Rules(policy);
      const seen = { worlds: 0, views: 0, things: 0, hidden: 0, refused: 0 };
      for (let seed = 1; seed <= 30; seed += 1) {
        const document = randomWorld(policy, seed);
        const directory = loaded(rules, document);
        if (directory === undefined) continue;
        seen.worlds += 1;
        const made = world({ policy: rules });
        accepted(await made.places.organization("acme").adopt(JSON.stringify(document)));
        for (const as of askers(document)) await mustBeRight(made, directory, rules.document, as, seen);
        await made.places.close();
        directory.free();
      }
      t.diagnostic(JSON.stringify(seen));
      assert.ok(seen.worlds >= 10 && seen.views > 50 && seen.refused > 10, JSON.stringify(seen));
      const isPrivate = Object.values(policy.kinds).some((kind) => kind.private);
      assert.ok(!isPrivate || (seen.hidden > 50 && seen.things > 10), JSON.stringify(seen));
    });

  /** A limit is reached, as `check` says of what it guards, exactly where that much of it is used. */
  function mustCount({ used }, whole, policy, check, seen) {
    assert.deepEqual(Object.keys(used), Object.keys(policy.limits ?? {}));
    const { limits = {} } = policy.editions[whole.organizations[0].edition];
    for (const [action, { limit }] of Object.entries(policy.kinds.organization.actions)) {
      const { reason } = limit === undefined ? {} : check(action, "organization", "acme");
      if (!["granted", "limit_reached"].includes(reason)) continue;
      assert.equal(reason === "limit_reached", used[limit] >= (limits[limit] ?? Infinity), `${limit} of ${used[limit]}`);
      seen[reason] = (seen[reason] ?? 0) + 1;
    }
  }

  async function mustBeRight(made, directory, policy, as, seen) {
    const view = await made.ask("acme", as, "view");
    const whole = directory.document();
    const check = (action, kind, id) => directory.check(as, "acme", action, kind, id, { now: NOW });
    const some = (kind) => Object.keys(policy.kinds[kind].actions)[0];
    if (!view.ok) {
      assert.ok(["unknown_principal", "not_a_member", "suspended"].includes(check(some("organization"), "organization", "acme").reason));
      seen.refused += 1;
      return;
    }
    seen.views += 1;
    const { document } = view;
    mustCount(view, whole, policy, check, seen);
    const asks = (kind, id) => directory.who("acme", some(kind), kind, id, { as, now: NOW, limit: 1 }).ok;
    const members = asks("organization", "acme");
    assert.equal(view.sees.members, members);
    const rows = members ? whole.organizations[0].members : whole.organizations[0].members.filter(({ member }) => member === as);
    assert.deepEqual(document.organizations[0].members, rows);
    assert.deepEqual(document.invites, members ? (whole.invites ?? []) : []);
    assert.deepEqual(document.groups, members ? (whole.groups ?? []) : groupsMet(document, whole, as), `the groups of ${as}`);
    assert.deepEqual(document.serviceAccounts, members ? (whole.serviceAccounts ?? []) : accountsMet(document, whole, as));
    for (const { id, members: inside, creator } of document.projects) {
      assert.equal(inside !== undefined, asks("project", id), `${as} on ${id}`);
      assert.ok(creator === undefined || inside !== undefined);
    }
    assert.deepEqual(document.projects.map(({ id }) => id), (whole.projects ?? []).map(({ id }) => id));
    assert.deepEqual(
      document.apiKeys.map(({ id }) => id),
      (whole.apiKeys ?? []).filter(({ id, project }) => as === `api_key/${id}` || asks("project", project)).map(({ id }) => id),
    );
    const shown = new Map(document.resources.map((row) => [row.id, row]));
    const said = new Set(strings(document).map((text) => text.slice(text.indexOf("/") + 1)));
    for (const { kind, id } of whole.resources ?? []) {
      const { private: hides, actions } = policy.kinds[kind];
      const action = Object.keys(actions).find((name) => actions[name].available !== false && policy.kinds[kind].available !== false);
      const decision = action === undefined ? undefined : check(action, kind, id);
      const isKnown = hides !== true || directory.matrix("acme", kind, id, { as, now: NOW, limit: 1 }).decision?.reason !== "unknown_resource";
      if (hides && decision !== undefined && decision.reason !== "feature_unavailable")
        assert.equal(isKnown, decision.reason !== "unknown_resource", `${as}: ${kind}/${id} is ${decision.reason}`);
      assert.equal(shown.has(id), isKnown, `${as} and ${kind}/${id}`);
      if (!isKnown) assert.ok(!said.has(id), `${as} reads ${id} somewhere`);
      if (isKnown) assert.equal("shares" in shown.get(id), asks(kind, id) && "shares" in (whole.resources.find((row) => row.id === id) ?? {}));
      seen[isKnown ? "things" : "hidden"] += 1;
    }
    const may = members || document.projects.some((row) => row.members) || document.resources.some((row) => row.shares);
    if (!may) assert.deepEqual(strings(document).filter((text) => text.startsWith("user/") && text !== as), [], `${as} reads people`);
  }
});

/** Whom the rows of projects and shares name, beside the asker: the oracle of what is met. */
function metIn({ projects, resources }) {
  const inside = projects.flatMap(({ members = [] }) => members.map(({ member }) => member));
  return new Set([...inside, ...resources.flatMap(({ shares = [] }) => shares.map((share) => share.with))]);
}

function groupsMet(document, { groups = [] }, as) {
  const met = metIn(document);
  const mine = ({ members }) => members?.includes(as);
  return groups
    .filter((group) => mine(group) || met.has(`group/${group.id}`))
    .map(({ members, ...rest }) => ({ ...rest, ...(members?.includes(as) && { members: [as] }) }));
}

function accountsMet(document, { serviceAccounts = [] }, as) {
  const met = new Set([...metIn(document), ...document.projects.map(({ creator }) => creator), ...document.resources.map(({ creator }) => creator)]);
  return serviceAccounts
    .filter(({ id }) => as === `service_account/${id}` || met.has(`service_account/${id}`))
    .map((row) => (as === `service_account/${row.id}` ? row : { id: row.id, organization: row.organization, ...(row.name && { name: row.name }) }));
}

describe("who has what", () => {
  test("is told with the names of those whom it tells, and of nobody else", async () => {
    const made = world({ policy: new Rules(pinkfish) });
    const people = ["ana", "bo", "chi", "dan"].map((name) => ({ id: `${name}@acme.com`, name: `${name} of Acme` }));
    const document = {
      format: 1,
      people,
      organizations: [
        { id: "acme", edition: "enterprise", members: people.map(({ id }, place) => ({ member: `user/${id}`, roles: [place === 0 ? "organization_admin" : "organization_member"] })) },
      ],
      groups: [
        { id: "g", organization: "acme", name: "Readers", members: ["user/chi@acme.com"] },
        { id: "h", organization: "acme", name: "Others", members: ["user/dan@acme.com"] },
      ],
      resources: [
        { kind: "automation", id: "a", parent: "organization/acme", creator: "user/bo@acme.com", shares: [{ with: "user/bo@acme.com", role: "edit" }, { with: "group/g", role: "view" }] },
      ],
    };
    accepted(await made.places.organization("acme").adopt(JSON.stringify(document)));
    const who = (as) => made.ask("acme", `user/${as}@acme.com`, "who", { action: "view", kind: "automation", id: "a" });
    const told = await who("bo");
    assert.deepEqual(told.items.map(({ principal }) => principal), ["user/bo@acme.com", "user/chi@acme.com"]);
    assert.deepEqual(told.names, { "user/bo@acme.com": "bo of Acme", "user/chi@acme.com": "chi of Acme", "group/g": "Readers" });
    assert.deepEqual(reason(await who("dan")), "unknown_resource");
    const matrix = await made.ask("acme", "user/chi@acme.com", "matrix", { kind: "automation", id: "a" });
    assert.deepEqual(Object.keys(matrix.names), ["user/bo@acme.com", "user/chi@acme.com"]);
    const view = (as) => made.ask("acme", `user/${as}@acme.com`, "view");
    assert.deepEqual((await view("bo")).document.groups, [{ id: "g", organization: "acme", name: "Readers" }]);
    assert.deepEqual((await view("dan")).document.groups, [{ id: "h", organization: "acme", name: "Others", members: ["user/dan@acme.com"] }]);
    assert.deepEqual((await view("dan")).document.people.map(({ id }) => id), ["dan@acme.com"]);
    await made.places.close();
  });
});

describe("the history", () => {
  test("is told in pages that a machine can hold, however large its changes are", async () => {
    const made = world();
    accepted(await made.create(ana, "acme"));
    const edition = { id: "e", command: "change_edition", organization: "acme", edition: "enterprise" };
    accepted(await made.places.organization("acme").applyAsHost(JSON.stringify(edition)));
    const mapOf = (number) => Array.from({ length: 60 }, (_, place) => [`${number}-${place}-`.padEnd(900, "x"), [{ role: "organization_user" }]]);
    for (let number = 0; number < 30; number += 1) await made.done("acme", ana, "configure_sso", { map: Object.fromEntries(mapOf(number)) });
    const found = [];
    for (let before; ; ) {
      const page = await made.ask("acme", ana, "history", { limit: 1_000, ...(before === undefined ? {} : { before }) });
      assert.ok(JSON.stringify(page).length < 2 ** 21);
      found.push(...page.changes.map(({ after }) => after));
      if (page.next === undefined) break;
      before = page.next;
    }
    const revision = await made.places.revision("acme");
    assert.deepEqual(found, Array.from({ length: revision }, (_, place) => revision - place));
  });

  test("is told to who may ask who belongs here, the newest first, page by page", async () => {
    const made = await acme();
    const { changes } = await made.ask("acme", ana, "history");
    const revision = await made.places.revision("acme");
    assert.deepEqual(changes.map(({ after }) => after), Array.from({ length: revision }, (_, place) => revision - place));
    const paged = [];
    for (let before; ; ) {
      const page = await made.ask("acme", ana, "history", { limit: 2, ...(before === undefined ? {} : { before }) });
      assert.ok(page.changes.length <= 2);
      paged.push(...page.changes);
      if (page.next === undefined) break;
      before = page.next;
    }
    assert.deepEqual(paged, changes);
    assert.equal(reason(await made.ask("acme", "bo@acme.com", "history")), "no_role");
    assert.equal(reason(await made.ask("acme", "out@else.com", "history")), "unknown_principal");
  });

  test("leaves out and counts what the asker may not see", async () => {
    const made = world({ policy: pinkfish });
    accepted(await made.create(ana, "acme"));
    const operate = '{"id":"o","command":"change_edition","organization":"acme","edition":"team"}';
    accepted(await made.places.organization("acme").applyAsHost(operate));
    for (const person of ["bo@acme.com", "cy@acme.com"]) {
      await made.signIn({ id: person });
      await made.done("acme", ana, "invite_member", { invite: `i-${person}`, address: person, roles: ["organization_member"] });
      await made.done("acme", person, "accept_invite", { invite: `i-${person}` });
    }
    const first = await made.places.revision("acme");
    const [secret, open] = ["automation/secret-plan", "automation/open"];
    await made.done("acme", "bo@acme.com", "create_resource", { resource: secret });
    await made.done("acme", "bo@acme.com", "create_resource", { resource: open });
    await made.done("acme", "bo@acme.com", "share", { resource: open, with: `user/${ana}`, role: "view" });
    await made.done("acme", "bo@acme.com", "share", { resource: secret, with: "user/cy@acme.com", role: "view" });
    await made.done("acme", "bo@acme.com", "create_resource", { resource: "connection/gone" });
    await made.done("acme", "bo@acme.com", "delete_resource", { resource: "connection/gone" });
    const { changes } = await made.ask("acme", ana, "history");
    const by = (after) => changes.find((change) => change.after === after);
    const facts = ({ removed, added }) => removed.length + added.length;
    assert.equal(changes.length, first + 6, "that something happened is no secret");
    for (const hidden of [1, 4, 5, 6]) {
      const change = by(first + hidden);
      assert.deepEqual([facts(change), Object.keys(change.command).sort()], [0, ["command", "id", "organization"]], `change ${hidden}`);
      assert.ok(change.withheld > 0);
    }
    assert.deepEqual([by(first + 2).withheld, by(first + 3).withheld], [undefined, undefined]);
    assert.equal(by(first + 3).command.with, `user/${ana}`);
    assert.ok(!JSON.stringify(changes).includes("secret-plan"));
    assert.ok(!JSON.stringify(changes).includes("gone"));
    const view = await made.ask("acme", ana, "view");
    assert.deepEqual(view.document.resources.map(({ id }) => id), ["open"]);
  });

  test("tells nobody else the names in a command that moved nothing", async () => {
    const policy = structuredClone(pinecone);
    policy.kinds.organization.roles.organization_user.allow.push("view_members");
    const made = await acme({ policy });
    await made.done("acme", ana, "create_project", { project: "search" });
    await made.done("acme", ana, "create_api_key", { project: "search", key: "key-7", roles: ["project_key"] });
    await made.done("acme", ana, "change_api_key", { key: "key-7", roles: ["project_key"] });
    const newest = async (who) => (await made.ask("acme", who, "history")).changes[0];
    assert.deepEqual((await newest(ana)).removed, []);
    assert.equal((await newest(ana)).command.key, "key-7");
    assert.equal((await newest("cy@acme.com")).command.command, "change_api_key");
    assert.ok(!JSON.stringify(await newest("cy@acme.com")).includes("key-7"));
  });

  test("tells who gave a command all of it, and everyone which project is gone, not who was in it", async () => {
    const policy = structuredClone(pinecone);
    policy.kinds.organization.roles.organization_user.allow.push("view_members");
    const made = await acme({ policy });
    await made.done("acme", ana, "create_project", { project: "search" });
    await made.done("acme", ana, "create_api_key", { project: "search", key: "key-7", roles: ["project_key"] });
    await made.done("acme", ana, "rotate_api_key", { key: "key-7" });
    await made.done("acme", ana, "delete_project", { project: "search" });
    const newest = async (who, place) => (await made.ask("acme", who, "history")).changes[place];
    for (const who of [ana, "cy@acme.com"]) {
      const deleted = await newest(who, 0);
      assert.deepEqual([deleted.command.command, deleted.command.project], ["delete_project", "search"], who);
      assert.ok(deleted.withheld > 0 && !JSON.stringify(deleted).includes("key-7"), who);
    }
    assert.equal((await newest(ana, 1)).command.key, "key-7");
    assert.ok(!JSON.stringify(await newest("cy@acme.com", 1)).includes("key-7"));
  });

  test("names no key of a project, and none of its members, to who may not ask there", async () => {
    const policy = structuredClone(pinecone);
    const { organization, project } = policy.kinds;
    organization.roles.organization_user.allow.push("view_members");
    for (const role of Object.values(project.roles)) role.allow = role.allow?.filter((action) => action !== "view_members" || role === project.roles.project_owner);
    const made = await acme({ policy });
    await made.done("acme", ana, "create_project", { project: "search" });
    await made.done("acme", ana, "create_api_key", { project: "search", key: "key-7", roles: ["project_key"] });
    await made.done("acme", ana, "add_project_member", { project: "search", member: "user/bo@acme.com", roles: ["project_user"] });
    await made.done("acme", ana, "delete_api_key", { key: "key-7" });
    const { changes } = await made.ask("acme", "cy@acme.com", "history");
    assert.ok(!JSON.stringify(changes).includes("key-7"), "no key");
    assert.equal(changes[1].withheld, 1);
    assert.ok(JSON.stringify(await made.ask("acme", ana, "history")).includes("key-7"));
  });
});
