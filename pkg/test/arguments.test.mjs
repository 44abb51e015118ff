// Wrong types for every argument: a TypeError here, before anything crosses.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Access, BailiwickTypeError, Directory, Policy } from "bailiwick";
import { bo, company, document } from "./company.mjs";
import { thrownBy } from "./thrown.mjs";

const { policy, directory } = company();
const access = directory.access(bo, "acme");

const leave = { id: "c1", command: "leave_organization", organization: "acme" };

const notStrings = [
  7,
  0,
  -1,
  1.9,
  2 ** 32 + 5,
  NaN,
  true,
  false,
  null,
  undefined,
  7n,
  Symbol("x"),
  [],
  ["delete"],
  {},
  { toString: () => "delete" },
  () => "delete",
  new String("delete"),
];
const notCounts = ["7", "", NaN, -1, 1.9, 2 ** 53, Infinity, null, true, 7n, Symbol("x"), [], {}, { valueOf: () => 7 }];
const notObjects = [7, "x", true, null, 7n, Symbol("x")];

/** Every call with one argument left open. */
const wanted = {
  string: {
    "directory.access principal": (value) => directory.access(value, "acme"),
    "directory.access organization": (value) => directory.access(bo, value),
    "directory.organizations principal": (value) => directory.organizations(value),
    "directory.check principal": (value) => directory.check(value, "acme", "delete", "project", "search"),
    "directory.check organization": (value) => directory.check(bo, value, "delete", "project", "search"),
    "directory.check action": (value) => directory.check(bo, "acme", value, "project", "search"),
    "directory.check kind": (value) => directory.check(bo, "acme", "delete", value, "search"),
    "directory.check id": (value) => directory.check(bo, "acme", "delete", "project", value),
    "policy.matrix kind": (value) => policy.matrix(value),
    "access.canMany kind": (value) => access.canMany(["delete"], value, ["search"]),
    "access.canMany action": (value) => access.canMany(["delete", value], "project", ["search"]),
    "access.canMany id": (value) => access.canMany(["delete"], "project", ["search", value]),
    "directory.apply actor": (value) => directory.apply(leave, value),
    "directory.who organization": (value) => directory.who(value, "delete", "project", "search"),
    "directory.who action": (value) => directory.who("acme", value, "project", "search"),
    "directory.who kind": (value) => directory.who("acme", "delete", value, "search"),
    "directory.who id": (value) => directory.who("acme", "delete", "project", value),
    "directory.matrix organization": (value) => directory.matrix(value, "project", "search"),
    "directory.matrix kind": (value) => directory.matrix("acme", value, "search"),
    "directory.matrix id": (value) => directory.matrix("acme", "project", value),
    "directory.list organization": (value) => directory.list(value, bo, "delete", "project"),
    "directory.list principal": (value) => directory.list("acme", value, "delete", "project"),
    "directory.list action": (value) => directory.list("acme", bo, value, "project"),
    "directory.list kind": (value) => directory.list("acme", bo, "delete", value),
    "directory.grantable organization": (value) => directory.grantable(value, bo, "project", "search"),
    "directory.grantable target": (value) => directory.grantable("acme", value, "project", "search"),
    "directory.grantable kind": (value) => directory.grantable("acme", bo, value, "search"),
    "directory.grantable id": (value) => directory.grantable("acme", bo, "project", value),
    "directory.compare organization": (value) => directory.compare(value, policy, {}),
    "access.list action": (value) => access.list(value, "project"),
    "access.list kind": (value) => access.list("delete", value),
  },
  count: {
    "access.list limit": (limit) => access.list("delete", "project", { limit }),
    "directory.apply now": (now) => directory.apply(leave, bo, { now }),
    "directory.applyAsHost now": (now) => directory.applyAsHost(leave, { now }),
    "directory.preview now": (now) => directory.preview(leave, { now }),
    "directory.who limit": (limit) => directory.who("acme", "delete", "project", "search", { limit }),
    "directory.check now": (now) => directory.check(bo, "acme", "delete", "project", "search", { now }),
    "access clock": (value) =>
      directory.access("user/cy@acme.com", "acme", { clock: () => value }).can("view_indexes", "project", "ads"),
  },
  object: {
    "directory.apply settings": (value) => directory.apply(leave, bo, value),
    "directory.preview settings": (value) => directory.preview(leave, value),
    "directory.who settings": (value) => directory.who("acme", "delete", "project", "search", value),
    "directory.access settings": (value) => directory.access(bo, "acme", value),
    "access.list settings": (value) => access.list("delete", "project", value),
    "directory.check settings": (value) => directory.check(bo, "acme", "delete", "project", "search", value),
    "Access.open settings": (value) => Access.open(access.bytes(), value),
    messages: (messages) => directory.access(bo, "acme", { messages }),
  },
};
for (const question of ["can", "check", "button"]) {
  wanted.string[`access.${question} action`] = (value) => access[question](value, "project", "search");
  wanted.string[`access.${question} kind`] = (value) => access[question]("delete", value, "search");
  wanted.string[`access.${question} id`] = (value) => access[question]("delete", "project", value);
}

const wrong = { string: notStrings, count: notCounts, object: notObjects };

function isRefused(work) {
  const error = thrownBy(work);
  assert.ok(error instanceof BailiwickTypeError && error instanceof TypeError, String(error));
  assert.equal(error.code, "ERR_TYPE");
  assert.equal(typeof error.path, "string");
}

for (const [type, calls] of Object.entries(wanted)) {
  describe(`an argument that must be a ${type}`, () => {
    for (const [name, call] of Object.entries(calls)) {
      test(name, () => {
        for (const value of wrong[type]) isRefused(() => call(value));
      });
    }
  });
}

test("limits outside 1 to 1,000 are refused", () => {
  for (const limit of [0, 1_001]) isRefused(() => access.list("delete", "project", { limit }));
});

test("half of a surrogate pair is refused in every argument", () => {
  for (const half of ["\ud800", "o\udc00", "\udc00\ud800", "a\ud801b"]) {
    for (const [name, call] of Object.entries(wanted.string)) {
      assert.equal(thrownBy(() => call(half))?.code, "ERR_ILL_FORMED", name);
    }
    assert.equal(thrownBy(() => access.list("delete", "project", { after: half }))?.code, "ERR_ILL_FORMED");
  }
  assert.equal(access.can("delete", "project", "💥"), false);
});

test("arrays must be arrays, and are read once", () => {
  for (const value of ["delete", { length: 1, 0: "delete" }, new Set(["delete"]), 7, null, undefined]) {
    isRefused(() => access.canMany(value, "project", ["search"]));
    isRefused(() => access.canMany(["delete"], "project", value));
  }
  let reads = 0;
  const ids = new Proxy(["search"], {
    get: (target, key) => (key === "0" ? ((reads += 1), "search") : Reflect.get(target, key)),
  });
  assert.deepEqual([...access.canMany(["view_indexes"], "project", ids)], [1]);
  assert.equal(reads, 1);
});

test("functions must be functions", () => {
  for (const value of [7, "x", {}, null, true]) {
    isRefused(() => directory.access(bo, "acme", { clock: value }));
    isRefused(() => directory.access(bo, "acme", { messages: { no_role: value } }));
  }
});

test("handles cannot be forged", () => {
  for (const forged of [{}, null, 1, access, directory, Object.create(Policy.prototype), new Proxy(policy, {})]) {
    isRefused(() => Directory.load(forged, document));
  }
  for (const constructor of [Policy, Directory, Access]) isRefused(() => new constructor(1));
  assert.throws(() => Access.prototype.can.call({}, "delete", "project", "search"), TypeError);
  assert.throws(() => Access.prototype.can.call(directory, "delete", "project", "search"), TypeError);
});

test("bytes must be a Uint8Array, measured by the platform", () => {
  const text = JSON.stringify(document);
  for (const value of [
    text,
    [1, 2],
    new ArrayBuffer(4),
    new Uint16Array(4),
    new DataView(new ArrayBuffer(4)),
    null,
    { length: 4 },
  ]) {
    isRefused(() => Access.open(value));
  }
  class Liar extends Uint8Array {
    get length() {
      return 2 ** 30;
    }
    get byteLength() {
      return 1;
    }
  }
  const lies = new Liar(access.bytes().length);
  lies.set(access.bytes());
  assert.equal(Access.open(lies).can("view_indexes", "project", "search"), true);
});

test("more than 64 MiB is refused before it is copied", () => {
  const large = 64 * 1024 * 1024 + 1;
  const calls = [
    () => Policy.compile(new Uint8Array(large)),
    () => Policy.compile(" ".repeat(large)),
    () => Policy.compile({ name: "x".repeat(large) }),
    () => Directory.load(policy, "é".repeat(large / 2 + 1)),
    () => Access.open(new Uint8Array(large)),
    () => access.canMany(new Array(9_000).fill("delete"), "project", new Array(9_000).fill("search")),
  ];
  for (const call of calls) assert.equal(thrownBy(call)?.code, "ERR_TOO_LARGE", String(call));
});
