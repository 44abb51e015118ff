// Objects are written by the package: own plain data, read once; nothing of an object's own doing decides anything.
import assert from "node:assert/strict";
import { afterEach, describe, test } from "node:test";
import { Directory, Policy, reset } from "bailiwick";
import { write } from "../dist/api/write.js";
import { presets } from "./data.mjs";
import { bo, company, document } from "./company.mjs";
import { thrownBy } from "./thrown.mjs";

const policy = Policy.compile(presets.pinecone);

function refused(value, code, path) {
  const error = thrownBy(() => write(value));
  assert.deepEqual([error?.code, error?.path], [code, path]);
}

describe("writing", () => {
  test("what JSON can say is written as JSON says it", () => {
    for (const value of [
      {},
      [],
      { a: [] },
      [[], {}],
      { b: 'ü\n"\\', a: [1, -2, 0, true, false, null, { c: "" }] },
      document,
      presets.pinkfish,
    ]) {
      assert.equal(write(value), JSON.stringify(value));
    }
  });

  test("keys stay keys", () => {
    const value = JSON.parse('{"__proto__": {"admin": true}, "constructor": 1, "toJSON": 2}');
    assert.equal(write(value), '{"__proto__":{"admin":true},"constructor":1,"toJSON":2}');
    assert.equal(write(Object.assign(Object.create(null), { a: 1 })), '{"a":1}');
  });

  test("what is no plain data is refused with its place", () => {
    const hidden = Object.defineProperty({}, "b", { value: 1, enumerable: false });
    const cases = [
      [{ a: [1, { b: undefined }] }, "a[1].b"],
      [{ a: 1n }, "a"],
      [[Symbol("x")], "[0]"],
      [{ a: () => 1 }, "a"],
      [{ a: 1.5 }, "a"],
      [{ a: NaN }, "a"],
      [{ a: 2 ** 53 }, "a"],
      [{ a: new Date(0) }, "a"],
      [{ a: new Map() }, "a"],
      [{ a: new Uint8Array(1) }, "a"],
      [{ a: new (class Box {})() }, "a"],
      [{ a: Object.create({ b: 1 }) }, "a"],
      [{ a: new String("x") }, "a"],
      [{ a: [, 1] }, "a"],
      [{ a: Object.assign([1], { more: 2 }) }, "a"],
      [{ a: { [Symbol("x")]: 1 } }, "a"],
      [{ a: hidden }, "a.b"],
    ];
    for (const [value, path] of cases) refused(value, "ERR_TYPE", path);
  });

  test("half of a surrogate pair is refused as a value and as a name", () => {
    refused({ a: ["\ud800"] }, "ERR_ILL_FORMED", "a[0]");
    refused({ "\udc00": 1 }, "ERR_ILL_FORMED", "\udc00");
  });

  test("32 levels, not 33, and no cycle", () => {
    const nest = (levels) => JSON.parse("[".repeat(levels) + "]".repeat(levels));
    assert.equal(write(nest(32)), JSON.stringify(nest(32)));
    assert.equal(thrownBy(() => write(nest(33)))?.code, "ERR_DEPTH");
    assert.equal(thrownBy(() => write(nest(5_000)))?.code, "ERR_DEPTH");
    const cycle = { a: [] };
    cycle.a.push(cycle);
    assert.equal(thrownBy(() => write(cycle))?.code, "ERR_DEPTH");
  });

  test("a small object that unfolds without end is stopped by size", () => {
    let doubled = "x".repeat(1024);
    for (let level = 0; level < 30; level += 1) doubled = [doubled, doubled];
    assert.equal(thrownBy(() => write(doubled))?.code, "ERR_TOO_LARGE");
    assert.equal(thrownBy(() => write(new Array(2 ** 32 - 1)))?.code, "ERR_TOO_LARGE");
  });
});

describe("getters and proxies", () => {
  test("a getter is refused and not run", () => {
    const sly = {
      ...document,
      get policy() {
        return assert.fail("run");
      },
    };
    assert.equal(thrownBy(() => Directory.load(policy, sly))?.code, "ERR_TYPE");
  });

  test("toJSON is a field like any other", () => {
    const sly = { ...document, toJSON: undefined };
    assert.equal(thrownBy(() => Directory.load(policy, sly))?.path, "toJSON");
    assert.equal(thrownBy(() => Directory.load(policy, { ...document, toJSON: "x" }))?.code, "ERR_UNKNOWN_FIELD");
  });

  test("a proxy is read once, field by field", () => {
    const reads = new Map();
    const spied = new Proxy(structuredClone(document), {
      get: () => assert.fail("read past the descriptor"),
      getOwnPropertyDescriptor(target, key) {
        reads.set(key, (reads.get(key) ?? 0) + 1);
        return Reflect.getOwnPropertyDescriptor(target, key);
      },
    });
    assert.equal(Directory.load(policy, spied).organizations(bo).length, 1);
    assert.deepEqual([...new Set(reads.values())], [1]);
  });

  test("a trap that throws leaves everything as it was", () => {
    const angry = new Proxy(
      {},
      {
        ownKeys: () => {
          throw new RangeError("mine");
        },
      },
    );
    assert.throws(() => Directory.load(policy, angry), { name: "RangeError", message: "mine" });
    assert.equal(company().directory.access(bo, "acme").can("view_indexes", "project", "search"), true);
  });

  test("code that runs during a call can ask and free, and the call notices", () => {
    const { directory } = company();
    const access = directory.access("user/cy@acme.com", "acme", {
      clock() {
        assert.equal(company().directory.access(bo, "acme").can("view_indexes", "project", "search"), true);
        access.free();
        return 0;
      },
    });
    assert.throws(() => access.can("view_indexes", "project", "ads"), { code: "ERR_FREED" });
    const settings = {
      get clock() {
        directory.free();
        return Date.now;
      },
    };
    assert.throws(() => directory.access(bo, "acme", settings), { code: "ERR_FREED" });
  });
});

describe("polluted prototypes", () => {
  const names = [
    "admin",
    "roles",
    "owner",
    "creator",
    "toJSON",
    "clock",
    "messages",
    "now",
    "after",
    "limit",
    "suspended",
    "until",
    "allowed",
    "reason",
    "policy",
    "value",
    "get",
  ];

  afterEach(() => {
    for (const name of names) delete Object.prototype[name];
    delete Object.prototype.granted;
    delete Array.prototype.toJSON;
  });

  /** Everything that the small company answers, as text. */
  function answers() {
    const { directory } = company();
    const lines = [];
    for (const principal of ["user/ana@acme.com", bo, "user/cy@acme.com", "user/out@else.com"]) {
      const access = directory.access(principal, "acme");
      for (const action of ["delete", "view_indexes", "rename"]) {
        const { allowed, reason, via, remedy, ask } = access.check(action, "project", "search");
        lines.push([
          allowed,
          reason,
          via.length,
          remedy.length,
          ask.length,
          access.button(action, "project", "search").state,
        ]);
        lines.push([...access.list(action, "project").items], access.can(action, "project", "ads"));
      }
    }
    return lines;
  }

  test("the answers are those of a clean page", () => {
    const clean = answers();
    for (const value of [true, "organization_owner", ["organization_owner"], () => 0]) {
      for (const name of names) Object.prototype[name] = value;
      Object.prototype.granted = () => "x";
      assert.deepEqual(answers(), clean);
    }
  });

  test("a document whose prototype was set is refused", () => {
    const sly = Object.setPrototypeOf(structuredClone(document), { revision: 9 });
    assert.equal(thrownBy(() => Directory.load(policy, sly))?.code, "ERR_TYPE");
  });

  test("a setter on the prototype turns no denial into a grant", () => {
    for (const name of ["allowed", "reason"]) {
      Object.defineProperty(Object.prototype, name, { get: () => true, set() {}, configurable: true });
      const decision = company().directory.access(bo, "acme").check("delete", "project", "search");
      delete Object.prototype[name];
      assert.deepEqual([decision.allowed, decision.reason], [false, "no_role"]);
    }
  });
});

describe("a document larger than all memory so far", () => {
  const retired = Array.from({ length: 150_000 }, (_, place) => `group/${String(place).padStart(20, "0")}`);
  for (const [of, name] of [
    ["ASCII", "Acme"],
    ["other letters", "Ä".repeat(100)],
  ]) {
    const large = { ...document, organizations: [{ ...document.organizations[0], name }], projects: [], retired };
    const text = JSON.stringify(large);
    for (const [as, form] of Object.entries({ text, bytes: new TextEncoder().encode(text), object: large }))
      test(`${as} of ${of}`, () => {
        reset();
        const directory = Directory.load(Policy.compile(presets.pinecone), form);
        assert.deepEqual([directory.organizations(bo).length, directory.document().organizations[0].name], [1, name]);
        assert.equal(directory.document().retired?.length, retired.length);
        directory.free();
      });
  }
});
