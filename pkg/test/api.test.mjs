// The questions, with a preset and a small company.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Access, BailiwickError, Directory, Policy, init } from "bailiwick";
import { presets } from "./data.mjs";
import { END, ana, bo, company, cy, document } from "./company.mjs";

describe("questions", () => {
  const { policy, directory } = company();
  const access = directory.access(bo, "acme");

  test("can answers yes and no", () => {
    assert.equal(access.can("query_vectors", "project", "search"), true);
    assert.equal(access.can("delete", "project", "search"), false);
  });

  test("check says why, what would help, and whom to ask", () => {
    const decision = access.check("delete", "project", "search");
    assert.equal(decision.allowed, false);
    assert.equal(decision.reason, "no_role");
    assert.deepEqual(decision.remedy[0], { change: "role", role: "project_owner", on: "project/search" });
    assert.ok(decision.ask.length > 0);
    assert.ok(
      decision.ask.every((one) => one.people === undefined),
      "an access carries no people",
    );
    assert.ok(!("validUntil" in decision));
  });

  test("a grant names the binding that carries it", () => {
    const { via } = access.check("query_vectors", "project", "search");
    assert.deepEqual(via, [{ role: "project_user", on: "project/search", how: "direct", implied: false }]);
  });

  test("decisions are plain objects", () => {
    const decision = access.check("query_vectors", "project", "search");
    assert.equal(Object.getPrototypeOf(decision), Object.prototype);
    assert.equal(Object.getPrototypeOf(decision.via[0]), Object.prototype);
    assert.deepEqual(JSON.parse(JSON.stringify(decision)), decision);
  });

  test("a button is enabled, disabled with a sentence, or hidden", () => {
    assert.equal(access.button("query_vectors", "project", "search").state, "enabled");
    const disabled = access.button("rename", "project", "search");
    assert.equal(disabled.state, "disabled");
    assert.notEqual(disabled.text, "");
    assert.equal(access.button("delete", "project", "search").state, "hidden");
  });

  test("canMany is row-major, ids by actions, and a copy", () => {
    const cells = access.canMany(["view_indexes", "delete"], "project", ["search", "ads", "search"]);
    assert.ok(cells instanceof Uint8Array);
    assert.deepEqual([...cells], [1, 0, 0, 0, 1, 0]);
    assert.equal(cells.buffer.byteLength, cells.length);
  });

  test("canMany of nothing is empty", () => {
    assert.equal(access.canMany([], "project", ["search"]).length, 0);
    assert.equal(access.canMany(["delete"], "project", []).length, 0);
  });

  test("list is exact and paged", () => {
    const owner = directory.access(ana, "acme");
    const first = owner.list("delete", "project", { limit: 1 });
    assert.deepEqual(first.items, ["ads"]);
    const second = owner.list("delete", "project", { limit: 1, after: first.next });
    assert.deepEqual([second.items, "next" in second], [["search"], false]);
    assert.deepEqual(access.list("delete", "project"), { items: [] });
  });

  test("a cursor of something else is ERR_CURSOR", () => {
    assert.throws(() => access.list("delete", "project", { after: "nonsense" }), {
      name: "BailiwickError",
      code: "ERR_CURSOR",
    });
  });

  test("an access knows whose it is", () => {
    assert.deepEqual([access.principal, access.organization, access.revision], [bo, "acme", 7]);
  });

  test("an access survives its directory and its policy", () => {
    const other = company();
    const held = other.directory.access(bo, "acme");
    other.directory.free();
    other.policy.free();
    assert.equal(held.can("query_vectors", "project", "search"), true);
  });

  test("an access travels as bytes", () => {
    const copy = Access.open(access.bytes());
    assert.deepEqual(copy.check("delete", "project", "search"), access.check("delete", "project", "search"));
    assert.throws(() => Access.open(new Uint8Array([1, 2, 3])), { code: /^ERR_(ACCESS|FORMAT_VERSION)$/ });
  });

  test("the switcher is for who is active in more than one", () => {
    assert.deepEqual(
      directory.organizations(ana).map(({ id }) => id),
      ["acme", "labs"],
    );
    assert.equal(directory.organizations(bo).length, 1);
    assert.deepEqual(directory.organizations("user/out@else.com"), []);
    assert.deepEqual(directory.organizations("user/nobody@else.com"), []);
  });

  test("a directory names people to who may view them", () => {
    const decision = directory.check(ana, "acme", "configure_sso", "organization", "acme");
    assert.equal(decision.reason, "feature_unavailable");
    assert.deepEqual(
      decision.ask.map(({ people }) => people),
      [[cy], [ana]],
    );
    const blind = directory.check(bo, "acme", "delete", "project", "search");
    assert.ok(blind.ask.every((one) => one.people === undefined));
  });

  test("unknown and magic names are denied with a reason", () => {
    for (const name of [
      "",
      "__proto__",
      "constructor",
      "prototype",
      "toString",
      "hasOwnProperty",
      "*",
      "public",
      "null",
      "undefined",
    ]) {
      const reasons = [
        [access.check(name, "project", "search"), "unknown_action"],
        [access.check("delete", name, "search"), "unknown_kind"],
        [access.check("delete", "project", name), "no_role"],
        [directory.access(name, "acme").check("delete", "project", "search"), "unknown_principal"],
        [directory.access(bo, name).check("delete", "project", "search"), "not_a_member"],
      ];
      for (const [decision, reason] of reasons)
        assert.deepEqual([decision.allowed, decision.reason], [false, reason], name);
    }
  });

  test("lookalike ids are other ids", () => {
    for (const id of ["search\0", "Search", "search ", "s\u0435arch", "search\u200b", "\u202esearch", "ｓearch"]) {
      assert.equal(access.can("query_vectors", "project", id), false, JSON.stringify(id));
    }
  });

  test("a name far too long is unknown, and does not stay in memory", () => {
    const long = "x".repeat(5_000_000);
    assert.equal(access.check("delete", "project", long).reason, "no_role");
    assert.equal(access.check("delete", long, "search").reason, "unknown_kind");
    assert.equal(access.can("delete", "project", "💥".repeat(1_000_000)), false);
  });

  test("a policy tells its kinds and its matrix", () => {
    assert.deepEqual([policy.name, policy.label], ["pinecone", "Pinecone"]);
    const project = policy.kinds.find(({ kind }) => kind === "project");
    assert.ok(project.actions.includes("delete"));
    assert.ok(project.roles.includes("project_owner"));
    const matrix = policy.matrix("project");
    const owner = matrix.roles.findIndex(({ role }) => role === "project_owner");
    assert.equal(matrix.actions.find(({ action }) => action === "delete").cells[owner], "yes");
    assert.equal(policy.matrix("nonsense"), undefined);
  });
});

describe("time", () => {
  const { directory } = company();

  test("a grant ends at its millisecond, also on an access held since before", () => {
    let now = END - 1;
    const access = directory.access(cy, "acme", { clock: () => now });
    assert.equal(access.nextExpiry, END);
    assert.equal(access.check("view_indexes", "project", "ads").validUntil, END);
    now = END;
    assert.equal(access.can("view_indexes", "project", "ads"), false);
    assert.equal(access.check("view_indexes", "project", "ads").reason, "expired");
  });

  test("a clock set back revives nothing", () => {
    let now = END;
    const access = directory.access(cy, "acme", { clock: () => now });
    assert.equal(access.can("view_indexes", "project", "ads"), false);
    now = 0;
    assert.equal(access.can("view_indexes", "project", "ads"), false);
    assert.deepEqual([...access.canMany(["view_indexes"], "project", ["ads"])], [0]);
    assert.deepEqual(access.list("view_indexes", "project").items, []);
  });

  test("no clock is asked while nothing ends", () => {
    const access = directory.access(bo, "acme", { clock: () => assert.fail("asked") });
    assert.equal(access.nextExpiry, Infinity);
    assert.equal(access.can("query_vectors", "project", "search"), true);
  });

  test("a directory is asked at a moment", () => {
    const at = (now) => directory.check(cy, "acme", "view_indexes", "project", "ads", { now }).reason;
    assert.deepEqual([at(END - 1), at(END)], ["granted", "expired"]);
  });
});

describe("messages", () => {
  const { directory } = company();

  test("the host's sentences take the place of ours, by reason", () => {
    const messages = { no_role: (decision, { action, id }) => `${action} ${id}: ${decision.remedy[0].role}` };
    const access = directory.access(bo, "acme", { messages });
    assert.equal(access.button("rename", "project", "search").text, "rename search: project_owner");
    assert.equal(access.button("view_indexes", "project", "search").reason, "granted");
  });

  test("a sentence must be a string", () => {
    const access = directory.access(bo, "acme", { messages: { no_role: () => 7 } });
    assert.throws(() => access.button("rename", "project", "search"), { code: "ERR_TYPE" });
  });
});

describe("documents", () => {
  test("an object, its text and its bytes are one document", () => {
    const text = JSON.stringify(presets.pinecone);
    for (const form of [presets.pinecone, text, new TextEncoder().encode(text), Buffer.from(text)]) {
      assert.equal(Policy.compile(form).name, "pinecone");
    }
  });

  test("a mistake has a code and a place", () => {
    const wrong = structuredClone(presets.pinecone);
    wrong.kinds.project.roles.project_owner.allow[3] = "fly";
    assert.throws(
      () => Policy.compile(wrong),
      (error) => {
        assert.ok(error instanceof BailiwickError);
        assert.deepEqual(
          [error.name, error.code, error.path],
          ["BailiwickError", "ERR_UNKNOWN_ACTION", "kinds.project.roles.project_owner.allow[3]"],
        );
        return true;
      },
    );
  });

  test("a value of the wrong type in a document is a TypeError", () => {
    const error = { name: "BailiwickTypeError", code: "ERR_TYPE", path: "name" };
    assert.throws(() => Policy.compile({ ...presets.pinecone, name: 7 }), error);
    assert.throws(() => Policy.compile(JSON.stringify({ ...presets.pinecone, name: 7 })), error);
  });

  test("a directory of another policy is refused", () => {
    const pinkfish = Policy.compile(presets.pinkfish);
    assert.throws(() => Directory.load(pinkfish, document), { code: "ERR_POLICY_MISMATCH" });
  });

  test("init does nothing where the module is already there", async () => {
    await init();
    await init();
  });
});
