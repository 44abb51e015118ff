// Handles that were freed, instances that broke, and memory that comes back.
import assert from "node:assert/strict";
import { setImmediate as turn } from "node:timers/promises";
import { describe, test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Access, Directory, Policy, reset } from "bailiwick";
import { adopt, runtime } from "../dist/shared/access.js";
import { bo, company, document } from "./company.mjs";
import { thrownBy } from "./thrown.mjs";
import { presets } from "./data.mjs";

const live = () => runtime().engine.live();
const collect = (setFlagsFromString("--expose-gc"), runInNewContext("gc"));

/** Every question on an access, by name. */
const questions = {
  can: (access) => access.can("view_indexes", "project", "search"),
  check: (access) => access.check("view_indexes", "project", "search"),
  button: (access) => access.button("view_indexes", "project", "search"),
  canMany: (access) => access.canMany(["view_indexes", "delete"], "project", ["search"]),
  list: (access) => access.list("view_indexes", "project"),
};

/** The export of the module that each question ends at. */
const exports = { can: "look", check: "check", button: "button", canMany: "look", list: "list" };

const unavailable = { allowed: false, reason: "unavailable", via: [], remedy: [], ask: [] };

/** What each answers once the instance is dead. */
const denials = {
  can: false,
  check: unavailable,
  button: { state: "hidden", reason: "unavailable", text: "" },
  canMany: new Uint8Array(2),
  list: { items: [] },
};

/** The engine in force, with one function replaced: a module whose export throws. */
function sabotaged(name, error) {
  const { engine } = runtime();
  return new Proxy(engine, {
    get(target, key) {
      if (key === name)
        return () => {
          throw error;
        };
      const value = target[key];
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

describe("freeing", () => {
  test("every call on a freed value throws ERR_FREED, a second free does nothing", () => {
    const { policy, directory } = company();
    const access = directory.access(bo, "acme");
    for (const value of [access, directory, policy]) {
      value.free();
      value.free();
    }
    const calls = [
      ...Object.values(questions).map((ask) => () => ask(access)),
      () => access.nextExpiry,
      () => access.principal,
      () => access.bytes(),
      () => directory.access(bo, "acme"),
      () => directory.organizations(bo),
      () => directory.check(bo, "acme", "delete", "project", "search"),
      () => Directory.load(policy, document),
      () => policy.matrix("project"),
      () => policy.name,
      () => policy.kinds,
    ];
    for (const call of calls) assert.equal(thrownBy(call)?.code, "ERR_FREED", String(call));
  });

  test("Symbol.dispose frees, where the platform has it", { skip: typeof Symbol.dispose !== "symbol" }, () => {
    const { policy, directory } = company();
    const before = live();
    const access = directory.access(bo, "acme");
    for (const value of [access, directory, policy]) value[Symbol.dispose]();
    assert.equal(thrownBy(() => questions.can(access))?.code, "ERR_FREED");
    assert.equal(live(), before - 2);
  });

  test("10,000 accesses made and freed leave nothing behind", () => {
    const { policy, directory } = company();
    const baseline = live();
    for (let round = 0; round < 10_000; round += 1) {
      const access = directory.access(bo, "acme");
      if (!access.can("view_indexes", "project", "search")) assert.fail("denied");
      access.free();
    }
    assert.equal(live(), baseline);
    directory.free();
    policy.free();
    assert.equal(live(), baseline - 2);
  });

  test("a refused document leaves nothing behind", () => {
    const { policy } = company();
    const baseline = live();
    for (let round = 0; round < 100; round += 1) {
      thrownBy(() => Policy.compile({ ...presets.pinecone, colour: "red" }));
      thrownBy(() => Directory.load(policy, { ...document, colour: "red" }));
      thrownBy(() => Access.open(new Uint8Array(9)));
    }
    assert.equal(live(), baseline);
  });

  test("what is dropped without free is collected", async () => {
    const { directory } = company();
    const baseline = live();
    for (let round = 0; round < 1_000; round += 1) directory.access(bo, "acme");
    for (let round = 0; round < 50 && live() > baseline; round += 1) {
      collect();
      await turn();
    }
    assert.ok(live() <= baseline, `${live()} live, ${baseline} before`);
  });
});

describe("a broken instance", () => {
  const traps = [
    new WebAssembly.RuntimeError("unreachable"),
    new RangeError("Maximum call stack size exceeded"),
    new Error("recursive use of an object"),
    "thrown",
  ];

  for (const [name, ask] of Object.entries(questions)) {
    test(`${name} denies when it breaks the instance, and everything denies after that`, () => {
      for (const trap of traps) {
        adopt(sabotaged(exports[name], trap));
        const { policy, directory } = company();
        const access = directory.access(bo, "acme");
        const bytes = access.bytes();
        assert.deepEqual(ask(access), denials[name]);
        for (const [other, question] of Object.entries(questions))
          assert.deepEqual(question(access), denials[other], other);
        assert.deepEqual(directory.check(bo, "acme", "view_indexes", "project", "search"), unavailable);
        assert.deepEqual(directory.organizations(bo), []);
        assert.equal(access.nextExpiry, 0);
        const makers = [
          () => Policy.compile(presets.pinecone),
          () => Directory.load(policy, document),
          () => directory.access(bo, "acme"),
          () => Access.open(bytes),
          () => access.bytes(),
          () => policy.matrix("project"),
        ];
        for (const make of makers) assert.equal(thrownBy(make)?.code, "ERR_ENGINE_LOST", String(make));
        for (const value of [access, directory, policy]) value.free();
        reset();
      }
    });
  }

  test("A25: a trap while compiling is ERR_ENGINE_LOST with its cause", () => {
    const trap = new WebAssembly.RuntimeError("unreachable");
    adopt(sabotaged("compile", trap));
    const error = thrownBy(() => Policy.compile(presets.pinecone));
    assert.deepEqual([error?.code, error?.cause], ["ERR_ENGINE_LOST", trap]);
    reset();
  });

  test("wrong types and freed values are still told apart", () => {
    adopt(sabotaged("can", traps[0]));
    const access = company().directory.access(bo, "acme");
    questions.can(access);
    assert.equal(thrownBy(() => access.can(7, "project", "search"))?.code, "ERR_TYPE");
    access.free();
    assert.equal(thrownBy(() => questions.can(access))?.code, "ERR_FREED");
    reset();
  });

  test("A25: reset brings a fresh instance; what was made before stays denied", () => {
    const before = company().directory.access(bo, "acme");
    assert.equal(questions.can(before), true);
    reset();
    assert.deepEqual(questions.check(before), unavailable);
    assert.equal(live(), 0);
    const after = company().directory.access(bo, "acme");
    assert.equal(questions.can(after), true);
    assert.equal(questions.can(before), false);
    before.free();
    assert.equal(questions.can(after), true);
  });

  test("A25: a finalizer of an older instance frees nothing in the newer one", async () => {
    company();
    for (let round = 0; round < 200; round += 1) company().directory.access(bo, "acme");
    reset();
    const { directory } = company();
    const access = directory.access(bo, "acme");
    const expected = live();
    for (let round = 0; round < 10; round += 1) {
      collect();
      await turn();
    }
    assert.ok(live() <= expected);
    assert.equal(questions.can(access), true);
    assert.equal(directory.organizations(bo).length, 1);
  });
});
