// Attacks on the guard, by their numbers: as requests of the Fetch API, and as targets that no URL parser has repaired.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { capsuleOf, askedFor, guardOf, requestOf, routes, targeted, tokenOf, NOW } from "./door.mjs";
import { ana, bo } from "./company.mjs";
import { thrownBy } from "./thrown.mjs";

const anas = await tokenOf(ana);
const guard = guardOf();
const repeat = (text, count) => Array.from({ length: count }, () => text).join("");

/** The reason for a raw path, as path and as target: both ways it is refused, and says the same. */
async function rawly(path, method = "GET", by = guard) {
  const { allowed, reason, status, params, route } = await by.decide(askedFor(method, path, anas));
  const other = await by.decide(targeted(method, path, anas));
  assert.deepEqual([allowed, other.allowed], [false, false], path);
  if (route === undefined) assert.deepEqual({ ...params }, {}, path);
  return status === other.status ? reason : `${reason} or ${other.reason}`;
}

/** Every one of these paths is refused, with one of these reasons. */
async function refuses(paths, ...reasons) {
  for (const path of paths) {
    const reason = await rawly(path);
    assert.ok(reasons.includes(reason), `${JSON.stringify(path)}: ${reason}`);
  }
}

test("the table itself lets its own paths pass", async () => {
  const passing = ["/health", "/v1/orgs/acme", "/v1/orgs/acme/billing", "/v1/orgs/acme/projects/search"];
  for (const path of passing) {
    assert.equal((await guard.decide(askedFor("GET", path, anas))).allowed, true, path);
    assert.equal((await guard(requestOf("GET", path, anas))).allowed, true, path);
    assert.equal((await guard.decide(targeted("GET", `${path}?page=2&a=%2F..`, anas))).allowed, true, path);
  }
});

test("A1: empty segments", async () => {
  const paths = [
    "//v1/orgs/acme",
    "/v1//orgs/acme",
    "/v1/orgs//billing",
    "///",
    "//",
    "/v1/orgs//projects//",
    "//health",
  ];
  await refuses(paths, "empty_segment");
  for (const path of paths) assert.equal((await guard(requestOf("GET", path, anas))).reason, "empty_segment", path);
});

test("A2: ordinary letters, encoded", async () => {
  const paths = ["/v1/org%73/acme", "/%76%31/orgs/acme", "/v1/orgs/acme/%62illing", "/%68ealth", "/v1/orgs/%61cme"];
  await refuses(paths, "encoded");
  for (const path of paths) assert.equal((await guard(requestOf("GET", path, anas))).reason, "encoded", path);
});

test("A3: encoded more than once, and half", async () => {
  const depths = Array.from({ length: 19 }, (_, depth) => `/v1/orgs/acme/%${repeat("25", depth + 2)}62illing`);
  await refuses([...depths, "/v1/orgs/%25acme", "/%", "/health%", "/health%2", "/%zz", "/v1/orgs/acme%"], "encoded");
  for (const path of depths) assert.equal((await guard(requestOf("GET", path, anas))).reason, "encoded", path);
});

test("A4: separators, encoded or of another system", async () => {
  await refuses(
    ["/v1/orgs/acme%2Fbilling", "/v1/orgs/acme%2fbilling", "/v1/orgs/acme%5Cbilling", "/v1/orgs/acme%5cx"],
    "encoded",
  );
  await refuses(["/v1/orgs/acme\\billing", "\\health", "/v1\\orgs/acme"], "byte", "no_path");
});

test("A5: dot segments; what a URL folded away is the router's path", async () => {
  const raw = [
    "/health/../v1/orgs/acme",
    "/./health",
    "/health/.",
    "/health/..",
    "/v1/orgs/../orgs/acme",
    "/../health",
    "/v1/orgs/acme.",
  ];
  await refuses(raw, "dot_segment");
  await refuses(
    ["/v1/orgs/acme/%2e%2e/labs", "/.%2e/health", "/%2e/health", "/health/%2e%2e"],
    "encoded",
    "dot_segment",
  );
  for (const target of [
    ...raw,
    "/v1/orgs/acme/%2e%2e/labs",
    "/health?a",
    "/v1/orgs/acme",
    "//health",
    "/..%2fhealth",
  ]) {
    const folded = new URL(`http://h${target}`).pathname;
    const checked = guard.checkRaw(target);
    // Same path or refused: never one thing here and another there.
    if (checked.path !== undefined) assert.equal(checked.path, folded, target);
  }
});

test("A6: targets of other forms", async () => {
  await refuses(["v1/orgs/acme", "", "*", "http://h/v1/orgs/acme", "h:443", "?", "health"], "no_path");
  for (const given of [undefined, null, 7, {}, ["/health"], { toString: () => "/health" }]) {
    assert.equal((await guard.decide(askedFor("GET", given, anas))).reason, "no_path");
    assert.equal(
      (await guard.decide({ ...targeted("GET", "/health", anas), target: given ?? null })).reason,
      "no_path",
    );
    assert.equal(guard.checkRaw(given).reason, "no_path");
  }
});

test("A7: letters of another case", async () => {
  await refuses(["/V1/Orgs/acme", "/HEALTH", "/v1/orgs/acme/Billing"], "not_found");
  await refuses(["/v1/orgs/Acme", "/v1/orgs/ACME"], "unknown_resource");
});

test("A8: what hangs on at the end", async () => {
  await refuses(["/v1/orgs/acme/", "/health/"], "trailing_slash");
  await refuses(["/v1/orgs/acme;x=1/billing", "/health;a", "/v1/orgs/acme/billing#f"], "byte");
  for (const query of ["a#b", "#", " ", "a\tb", "é", "\0"])
    assert.equal(guard.checkRaw(`/health?${query}`).reason, "byte", query);
  await refuses(["/v1/orgs/acme/billing%3Fa=b", "/health%23", "/health%3f"], "encoded");
  assert.equal((await guard.decide(askedFor("GET", "/health?a", anas))).reason, "byte"); // a query is no part of a path
  const lenient = guardOf({ trailingSlash: "ignore" });
  assert.deepEqual({ ...(await lenient(requestOf("GET", "/v1/orgs/acme/", anas))).params }, { org: "acme" });
  for (const path of ["/v1/orgs/acme//", "//health/"]) assert.equal(await rawly(path, "GET", lenient), "empty_segment");
});

test("A9: bytes that no path has", async () => {
  await refuses(
    ["%00", "%0a", "%0d", "%09", "%7f", "%c0%af", "%ff", "%E2%82%AC"].map((byte) => `/v1/orgs/acme${byte}`),
    "encoded",
  );
  const raw = [
    "\t",
    "\r",
    "\n",
    " ",
    "\0",
    "\x7f",
    "é",
    "\u212a",
    "\ud800",
    "\udfff",
    "\u200b",
    "\u202e",
    "{org}",
    "<",
    '"',
    "`",
    "|",
    "^",
  ];
  await refuses(
    raw.map((byte) => `/v1/orgs/ac${byte}me`),
    "byte",
  );
  await refuses(
    raw.map((byte) => `${byte}/health`),
    "no_path",
  );
  await refuses(
    [`/${"a".repeat(2_048)}`, `/health${" ".repeat(5_000)}`, `/${"é".repeat(2_000)}`, repeat("/a", 65)],
    "too_long",
  );
  assert.equal((await guard.decide(askedFor("GET", `/health/${"a".repeat(1 << 20)}`))).status, 414);
});

test("A10: verbs", async () => {
  const verbs = [
    "get",
    "PaTcH",
    "GET ",
    " GET",
    "",
    "FOO",
    "TRACE",
    "CONNECT",
    "PROPFIND",
    "HEAD",
    "OPTIONS",
    "GET\0",
    "GET\n",
    "ＧＥＴ",
    "x".repeat(9_999),
    "x".repeat(99_999),
  ];
  for (const method of verbs) assert.equal(await rawly("/v1/orgs/acme", method), "method_not_allowed", method);
  for (const method of [undefined, null, 7, {}, ["GET"], { toString: () => "GET" }]) {
    assert.equal((await guard.decide({ ...askedFor("GET", "/health"), method })).reason, "method_not_allowed");
  }
  // `new Request` leaves this one as it is.
  assert.equal((await guard(requestOf("patch", "/v1/orgs/acme", anas))).reason, "method_not_allowed");
  const heads = guardOf({ headAsGet: true });
  assert.equal((await heads(requestOf("HEAD", "/v1/orgs/acme", anas))).allowed, true);
  assert.equal((await heads(requestOf("HEAD", "/v1/orgs/acme"))).reason, "unknown_principal");
});

test("A11: headers and fields that would change the verb", async () => {
  const path = "/v1/orgs/acme/projects/search";
  const bos = await tokenOf(bo); // may POST, may not DELETE
  const strict = guardOf({ strict: true });
  for (const name of ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"]) {
    const asked = () => requestOf("POST", path, bos, { [name]: "DELETE" });
    assert.equal((await guard(asked())).allowed, true, "decided as POST, which is what the handler must do");
    const { status, reason } = await strict(asked());
    assert.deepEqual([status, reason], [400, "method_override"]);
    assert.equal((await guard(requestOf("DELETE", path, bos, { [name]: "POST" }))).status, 403);
  }
  assert.equal((await guard(requestOf("POST", `${path}?_method=DELETE`, bos))).route, "/v1/orgs/{org}/projects/{prj}");
  assert.equal((await strict(requestOf("POST", path, bos))).allowed, true);
});

test("A12: headers that would change the path, the host or the asker", async () => {
  const subrequest = Array.from({ length: 5 }, () => "middleware").join(":");
  const smuggled = {
    "x-middleware-subrequest": subrequest,
    "x-original-url": "/health",
    "x-rewrite-url": "/health",
    "x-forwarded-prefix": "/health",
    "x-forwarded-host": "admin",
    "x-forwarded-uri": "/health",
    "x-org": "acme, labs",
    "x-user": ana,
    "x-forwarded-user": ana,
  };
  const bos = await tokenOf(bo);
  for (const [method, path, token] of [
    ["DELETE", "/v1/orgs/acme/projects/search", bos],
    ["GET", "/v1/orgs/acme", undefined],
    ["GET", "/nowhere", anas],
  ]) {
    const plain = await guard(requestOf(method, path, token));
    for (const [name, value] of Object.entries(smuggled)) {
      const { status, body } = await guard(requestOf(method, path, token, { [name]: value }));
      assert.deepEqual([status, body], [plain.status, plain.body], name);
    }
  }
});

describe("A13: the table", () => {
  const [health, view] = routes;
  const faultOf = (...rows) => {
    const { code, path } = thrownBy(() => guardOf({ routes: rows })) ?? {};
    return `${code} ${path}`;
  };

  test("rows that are wrong are told with their place", () => {
    const cases = [
      [[health, { ...view, action: "fly" }], "ERR_UNKNOWN_ACTION routes[1].action"],
      [[{ ...view, kind: "planet" }], "ERR_UNKNOWN_KIND routes[0].kind"],
      [[view, { ...view, path: "/v1/orgs/me", organization: undefined }], "ERR_AMBIGUOUS routes[1].path"],
      [[view, view], "ERR_DUPLICATE routes[1].path"],
      [[{ ...view, path: "/v1/{org}/{org}" }], "ERR_DUPLICATE routes[0].path"],
      [[{ ...view, path: "/v1/orgs/{id}" }], "ERR_PARAMETER routes[0].organization"],
      [[{ ...view, path: "/v1/orgs/{org}/{more}" }], "ERR_PARAMETER routes[0].path"],
      [[{ ...health, method: "get" }], "ERR_VALUE routes[0].method"],
      [[], "ERR_MISSING_FIELD routes"],
    ];
    for (const [rows, fault] of cases) assert.equal(faultOf(...rows), fault);
    for (const path of [
      "/v1%2f{org}",
      "/v1/../{org}",
      "//{org}",
      "v1",
      "/v1/{org}/",
      "/{org*}/x",
      "/v1/o{org}",
      "/{}",
    ]) {
      assert.equal(faultOf({ ...view, path }), "ERR_PATTERN routes[0].path", path);
    }
  });

  test("what could break the lines in which rows cross, or drop a field, is refused first", () => {
    for (const name of ["method", "path", "action", "kind", "organization"]) {
      for (const value of ["a\tb", "a\nb", "\t", ""]) {
        assert.equal(faultOf(health, { ...view, [name]: value }), `ERR_VALUE routes[1].${name}`);
      }
      assert.equal(faultOf({ ...view, [name]: "\ud800" }), `ERR_ILL_FORMED routes[0].${name}`);
      for (const value of [null, 7, {}, ["x"]])
        assert.equal(faultOf({ ...view, [name]: value }), `ERR_TYPE routes[0].${name}`);
    }
    assert.equal(faultOf({ ...view, unchecked: ["a\nGET\t/admin\tp"] }), "ERR_VALUE routes[0].unchecked[0]");
    assert.equal(faultOf({ ...view, parents: { "a\t": "org" } }), "ERR_VALUE routes[0].parents");
    for (const parents of [null, [], 7, "project"]) {
      assert.equal(faultOf({ ...view, parents }), "ERR_TYPE routes[0].parents");
    }
    assert.equal(faultOf({ ...view, organisation: "org" }), "ERR_UNKNOWN_FIELD routes[0].organisation");
    assert.equal(faultOf({ ...view, public: true }), "ERR_UNKNOWN_FIELD routes[0].action");
    for (const value of ["true", "false", 1, 0, null, {}])
      assert.equal(faultOf({ ...health, public: value }), "ERR_TYPE routes[0].public");
    for (const name of ["method", "path", "action", "kind"]) {
      const { [name]: _, ...rest } = view;
      assert.equal(faultOf(rest), `ERR_MISSING_FIELD routes[0].${name}`);
    }
    const { 1: _, ...sparse } = [health, view, view];
    assert.equal(faultOf(...Array.from({ ...sparse, length: 3 })), "ERR_TYPE routes[1]");
    const holed = Object.assign([], sparse);
    assert.equal(thrownBy(() => guardOf({ routes: holed })).path, "routes[1]");
    for (const rows of [undefined, null, {}, "GET /", 7])
      assert.equal(thrownBy(() => guardOf({ routes: rows })).path, "routes");
  });

  test("nothing near a row is a row", async () => {
    const near = ["/v1/orgs/acme.json", "/v1/orgs/acme.rsc"];
    await refuses(near, "unknown_resource"); // another organization
    await refuses(
      [
        "/_next/data/b/v1/orgs/acme.json",
        "/",
        "/health.json",
        "/v1",
        "/v1/orgs",
        "/healthz",
        "/v1/orgs/acme/billing/x",
      ],
      "not_found",
    );
  });

  test("of two rows the narrower one decides, where it says so", async () => {
    const wide = { ...view, path: "/v1/orgs/{org}/{part*}", unchecked: ["part"] };
    const narrow = { ...view, path: "/v1/orgs/{org}/billing", action: "view_billing", overrides: true };
    for (const rows of [
      [wide, narrow],
      [narrow, wide],
    ]) {
      const both = guardOf({ routes: rows });
      assert.equal((await both(requestOf("GET", "/v1/orgs/acme/billing", anas))).route, narrow.path);
      assert.equal((await both(requestOf("GET", "/v1/orgs/acme/a/b", anas))).route, wide.path);
    }
  });
});

test("A14: a child of another parent", async () => {
  const ask = (path, token) => guard(requestOf("DELETE", path, token));
  const labs = await tokenOf(ana, "labs");
  // `other` lies in labs, `search` in acme; ana owns both.
  const inOther = await ask("/v1/orgs/acme/projects/other", anas);
  const ofOther = await ask("/v1/orgs/acme/projects/search", labs);
  const nothing = await ask("/v1/orgs/acme/projects/none", anas);
  const hidden = await ask("/v1/orgs/labs/projects/search", anas);
  for (const { allowed, status } of [inOther, ofOther, nothing, hidden]) {
    assert.equal(allowed, false);
    assert.ok(status === 403 || status === 404);
  }
  assert.deepEqual([inOther.status, inOther.body], [nothing.status, nothing.body]);
  assert.deepEqual([ofOther.status, ofOther.body], [hidden.status, hidden.body]);
  assert.equal((await ask("/v1/orgs/acme/projects/search", anas)).allowed, true);
});

test("A15: a hundred tenants interleaved never mix", async () => {
  const asks = Array.from({ length: 200 }, async (_, place) => {
    const [own, other] = place % 2 === 0 ? ["acme", "labs"] : ["labs", "acme"];
    const token = await tokenOf(ana, own, { issuedAt: NOW + place });
    const [inside, outside] = await Promise.all(
      [own, other].map((id) => guard(requestOf("GET", `/v1/orgs/${id}`, token))),
    );
    return [inside.allowed, inside.organization === own, outside.status];
  });
  for (const answer of await Promise.all(asks)) assert.deepEqual(answer, [true, true, 404]);
});

test("A16: magic names as parameters, ids and questions", async () => {
  const names = [
    "__proto__",
    "constructor",
    "prototype",
    "toString",
    "hasOwnProperty",
    "*",
    "public",
    "null",
    "undefined",
  ];
  for (const name of names) {
    assert.equal(
      (await guard(requestOf("DELETE", `/v1/orgs/acme/projects/${name}`, await tokenOf(bo)))).allowed,
      false,
      name,
    );
    assert.equal((await guard(requestOf("GET", `/v1/orgs/${name}`, anas))).reason, "unknown_resource", name);
    const passage = await guard(requestOf("GET", "/v1/orgs/acme", anas));
    for (const question of [
      [name, "project", "search"],
      ["delete", name, "search"],
      ["delete", "project", name],
    ]) {
      assert.equal(passage.can(...question) && question[2] !== name, false, question.join());
    }
  }
  const table = [{ method: "GET", path: "/v1/{constructor}/{toString}", public: true }];
  const { params } = await guardOf({ routes: table })(requestOf("GET", "/v1/__proto__/x"));
  assert.deepEqual([Object.getPrototypeOf(params), params.constructor, params.toString], [null, "__proto__", "x"]);
});

test("A17: polluted prototypes decide nothing", async () => {
  const tokens = [anas, await tokenOf(bo), undefined];
  const ask = async () => {
    const answers = [];
    for (const token of tokens) {
      for (const [method, path] of [
        ["DELETE", "/v1/orgs/acme/projects/search"],
        ["GET", "/v1/orgs/labs"],
        ["GET", "/nowhere"],
      ]) {
        const { status, reason, body } = await guardOf()(requestOf(method, path, token));
        const raw = await guardOf().decide(targeted(method, path, token));
        const plain = await guardOf().decide(askedFor(method, path, token));
        const flawed = await guardOf().decide(targeted(method, `${path}#`, token));
        answers.push([status, reason, body, raw.status, plain.status, flawed.status].join());
      }
    }
    return answers;
  };
  const before = await ask();
  const pollution = {
    allowed: true,
    reason: "granted",
    public: true,
    principal: ana,
    organization: "labs",
    status: 200,
    notAfter: Infinity,
    need: undefined,
    path: "/health",
    target: "/health",
    method: "GET",
    code: "x",
    methods: "x",
    decision: {},
    validUntil: 1,
    strict: false,
    minRevision: () => 0,
    hidden: false,
    overrides: true,
    unchecked: ["org"],
  };
  Object.assign(Object.prototype, pollution);
  try {
    assert.deepEqual(await ask(), before);
  } finally {
    for (const name of Object.keys(pollution)) delete Object.prototype[name];
  }
});

test("A18: accessors are read once, and what they throw is a refusal", async () => {
  const counted = (fields) => {
    const reads = {};
    const object = {};
    for (const [name, values] of Object.entries(fields)) {
      Object.defineProperty(object, name, {
        enumerable: true,
        get: () => values[Math.min((reads[name] = (reads[name] ?? 0) + 1), values.length) - 1],
      });
    }
    return { object, reads };
  };
  const { request } = askedFor("GET", "/health");
  const { object, reads } = counted({
    method: ["GET", "DELETE"],
    path: ["/health", "/v1/orgs/acme"],
    request: [request],
  });
  assert.equal((await guard.decide(object)).allowed, true);
  assert.deepEqual([reads.method, reads.path], [1, 1]);
  for (const name of ["method", "path", "request", "target", "context"]) {
    const throwing = Object.defineProperty({ ...askedFor("GET", "/v1/orgs/acme", anas) }, name, {
      get() {
        throw new Error("no");
      },
    });
    const { status } = await guard.decide(throwing);
    assert.equal(status, 503, name);
  }
  const row = counted({ method: ["GET", "DELETE"], path: ["/health", "/{x*}"], public: [true, true] });
  const own = guardOf({ routes: [row.object] });
  assert.deepEqual(row.reads, { method: 1, path: 1, public: 1 });
  assert.equal((await own(requestOf("DELETE", "/x"))).allowed, false);
  const bytes = capsuleOf(bo);
  const giver = guardOf({ verify: undefined, capsule: () => bytes, minRevision: () => (bytes.fill(0), 0) });
  assert.equal((await giver(requestOf("GET", "/v1/orgs/acme/projects/search"))).allowed, true); // the bytes were copied
  for (const given of [undefined, null, 7, "GET", []]) assert.equal((await guard.decide(given)).allowed, false);
  for (const given of [undefined, null, 7, {}, { method: "GET", url: "/health" }])
    assert.equal((await guard(given)).status, 503);
});

test("A19: settings of wrong types", () => {
  const wrong = {
    vocabulary: [undefined, null, "x", {}, new ArrayBuffer(8)],
    capsule: [undefined, null, "cookie", {}],
    verify: [null, {}, "x"],
    principal: [null, "user/ana@acme.com"],
    minRevision: [null, 7],
    clock: [null, 7],
    leeway: [null, "5", -1, 1.5, NaN, Infinity],
    trailingSlash: [null, "", "Ignore", true],
    headAsGet: [null, "true", 1, 0],
    strict: [null, "false", 1],
    log: [null, {}],
    mask: [null, "x"],
    sample: [null, "1", -1, 1.1, NaN],
    problem: [null, {}],
  };
  for (const [name, values] of Object.entries(wrong)) {
    for (const value of values)
      assert.equal(thrownBy(() => guardOf({ [name]: value }))?.code, "ERR_TYPE", `${name}: ${String(value)}`);
  }
  assert.equal(thrownBy(() => guardOf({ vocabulary: new Uint8Array(64) }))?.code, "ERR_ACCESS");
});

describe("records", () => {
  const logged = async (more, ...request) => {
    const records = [];
    await guardOf({ log: (record) => records.push(record), ...more })(requestOf(...request));
    return records;
  };

  test("one for each decision, and neither path nor token in it", async () => {
    const path = "/v1/orgs/acme/projects/search";
    const [granted, ...none] = await logged({}, "DELETE", path, anas);
    assert.deepEqual(
      [granted, none],
      [
        {
          "http.request.method": "DELETE",
          "http.route": "/v1/orgs/{org}/projects/{prj}",
          "http.response.status_code": 200,
          "bailiwick.allowed": true,
          "bailiwick.reason": "granted",
          "enduser.id": ana,
          "bailiwick.organization": "acme",
          "bailiwick.revision": 7,
          "bailiwick.action": "delete",
          "bailiwick.kind": "project",
          "bailiwick.id": "search",
        },
        [],
      ],
    );
    const [forged] = await logged({}, "DELETE", path, `${anas}x`);
    assert.deepEqual(
      [forged["bailiwick.reason"], forged["error.type"], forged["enduser.id"]],
      ["invalid_capsule", "ERR_TOKEN", undefined],
    );
    const [odd] = await logged({}, "FOO", "/x/<script>");
    assert.deepEqual(Object.entries(odd), [
      ["http.request.method", "_OTHER"],
      ["http.response.status_code", 400],
      ["bailiwick.allowed", false],
      ["bailiwick.reason", "encoded"],
    ]);
  });

  test("sampled, masked, and of no weight when it fails", async () => {
    const path = "/v1/orgs/acme";
    assert.deepEqual(await logged({ sample: 0 }, "GET", path, anas), []);
    const mask = ({ "enduser.id": _, ...rest }) => rest;
    const [record] = await logged({ mask }, "GET", path, anas);
    assert.equal("enduser.id" in record, false);
    const fails = () => assert.fail("no log");
    assert.equal((await guardOf({ log: fails })(requestOf("GET", path, anas))).allowed, true);
    assert.equal((await guardOf({ log: fails })(requestOf("GET", path))).allowed, false);
    assert.deepEqual(await logged({ mask: fails }, "GET", path, anas), []);
  });
});
