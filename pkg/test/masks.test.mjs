// What an access remembers of what it was asked, and when it must forget.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Access, Directory, Policy } from "bailiwick";
import pinecone from "bailiwick/presets/pinecone";
import { adopt, answering } from "../dist/shared/access.js";
import { bo, company } from "./company.mjs";
import { thrownBy } from "./thrown.mjs";

const ana = "user/ana@acme.com";
const projects = Array.from({ length: 500 }, (_, place) => `p${String(place).padStart(4, "0")}`);

/** The preset with a hundred more actions on a project, of which a project user has every third. */
function wide() {
  const extra = Array.from({ length: 100 }, (_, place) => `extra_${place}`);
  const { project } = pinecone.kinds;
  const { project_user, project_owner } = project.roles;
  const third = extra.filter((_, place) => place % 3 === 0);
  const roles = {
    ...project.roles,
    project_owner: { ...project_owner, allow: [...project_owner.allow, ...extra] },
    project_user: { ...project_user, allow: [...project_user.allow, ...third] },
  };
  const actions = { ...project.actions, ...Object.fromEntries(extra.map((name) => [name, {}])) };
  const kinds = { ...pinecone.kinds, project: { ...project, actions, roles } };
  return { extra, policy: Policy.compile({ ...pinecone, kinds }) };
}

/** Bo as a project user of every second project, of the first until `until`. */
function access(policy, until, settings) {
  const roles = { member: bo, roles: ["project_user"] };
  const member = (place) => (place === 0 && until !== undefined ? { ...roles, until } : roles);
  const directory = Directory.load(policy, {
    format: 1,
    people: [{ id: "ana@acme.com" }, { id: "bo@acme.com" }],
    organizations: [
      {
        id: "acme",
        edition: "enterprise",
        members: [
          { member: ana, roles: ["organization_owner"] },
          { member: bo, roles: ["organization_user"] },
        ],
      },
    ],
    projects: projects.map((id, place) => ({
      id,
      organization: "acme",
      members: place % 2 === 0 ? [member(place)] : [],
    })),
  });
  return directory.access(bo, "acme", settings);
}

/** The engine in force, with its crossings counted. */
function counted() {
  const { engine } = answering();
  const calls = { look: 0, action: 0, kind: 0 };
  const proxy = new Proxy(engine, {
    get(target, key) {
      if (Object.hasOwn(calls, key)) calls[key] += 1;
      const value = target[key];
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  adopt(proxy);
  return calls;
}

test("all that is remembered agrees with the decisions, in kinds of more than a hundred actions", () => {
  const { policy, extra } = wide();
  const bo = access(policy);
  const ids = [...projects.slice(0, 20), "ghost", "x".repeat(200), "x".repeat(5_000), "größe", ""];
  const actions = [...extra, "delete", "query_vectors", "fly", "grant project_user"];
  const expected = ids.map((id) => actions.map((action) => bo.check(action, "project", id).allowed));
  for (let round = 0; round < 3; round += 1) {
    assert.deepEqual(ids.map((id) => actions.map((action) => bo.can(action, "project", id))), expected);
    assert.deepEqual([...bo.canMany(actions, "project", ids)], expected.flat().map(Number));
    const view = bo.view("project");
    assert.deepEqual(ids.map((id) => actions.map((action) => view.can(action, id))), expected);
    assert.deepEqual(view.canMany(actions, ids), bo.canMany(actions, "project", ids));
  }
  assert.ok(expected.flat().includes(true));
  assert.equal(bo.can("extra_0", "organisation", projects[0]), false);
});

test("a question is looked up once", () => {
  const calls = counted();
  const asked = access(company().policy);
  for (let round = 0; round < 10; round += 1)
    for (const id of [...projects, "ghost"]) asked.can("query_vectors", "project", id);
  assert.deepEqual(calls, { look: projects.length + 1, action: 1, kind: 1 });
  asked.canMany(["query_vectors"], "project", projects);
  assert.equal(calls.look, projects.length + 1);
});

test("nothing that is remembered outlives the end of what it rests on", () => {
  const clock = { now: 1_000 };
  const [first, , third] = projects;
  const asked = access(company().policy, 2_000, { clock: () => clock.now });
  const both = () => [
    asked.can("query_vectors", "project", first),
    asked.can("query_vectors", "project", third),
    ...asked.canMany(["query_vectors"], "project", [first, third]),
  ];
  assert.deepEqual([both(), both()], [[true, true, 1, 1], [true, true, 1, 1]]);
  clock.now = 1_999;
  assert.deepEqual(both(), [true, true, 1, 1]);
  clock.now = 2_000;
  assert.deepEqual(both(), [false, true, 0, 1]);
  clock.now = 1_000; // a clock set back revives nothing
  assert.deepEqual(both(), [false, true, 0, 1]);
  assert.equal(asked.nextExpiry, Infinity);
});

test("a freed access remembers nothing, and a broken module neither", () => {
  const { policy } = company();
  const freed = access(policy);
  assert.equal(freed.can("query_vectors", "project", projects[0]), true);
  freed.free();
  assert.equal(thrownBy(() => freed.can("query_vectors", "project", projects[0]))?.code, "ERR_FREED");
  assert.equal(thrownBy(() => freed.canMany(["delete"], "project", []))?.code, "ERR_FREED");

  const broken = access(policy);
  assert.equal(broken.can("query_vectors", "project", projects[0]), true);
  answering().dead = true;
  assert.equal(broken.can("query_vectors", "project", projects[0]), false);
  assert.deepEqual([...broken.canMany(["query_vectors"], "project", [projects[0]])], [0]);
});

test("more ids than are remembered are answered as well", async () => {
  const { reset } = await import("bailiwick");
  reset();
  const asked = access(company().policy);
  const ids = Array.from({ length: 40_000 }, (_, place) => projects[place % 1_000] ?? `ghost-${place}`);
  const table = asked.canMany(["delete", "query_vectors"], "project", ids);
  assert.equal(table.reduce((sum, cell) => sum + cell, 0), 40 * 250);
  for (const [place, id] of ids.entries())
    if (asked.can("query_vectors", "project", id) !== (table[place * 2 + 1] === 1)) assert.fail(id);
  assert.equal(Access.open(asked.bytes()).can("query_vectors", "project", projects[0]), true);
});

test("a cursor that is none, however long, is refused", () => {
  const asked = access(company().policy);
  for (const after of ["", " ", "1.2.3.4", "x".repeat(3_000), "1".repeat(100_000)])
    assert.equal(thrownBy(() => asked.list("delete", "project", { after }))?.code, "ERR_CURSOR", after.slice(0, 9));
  const { next } = asked.list("query_vectors", "project", { limit: 5 });
  assert.equal(asked.list("query_vectors", "project", { limit: 5, after: next }).items[0], projects[10]);
});
