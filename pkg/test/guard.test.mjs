// The guard at the door: what passes, what does not, and how it says so.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { Directory, Policy } from "bailiwick";
import { createVerifier } from "bailiwick/capsule";
import { Access } from "bailiwick/access";
import { BailiwickError, fromBearer } from "bailiwick/guard";
import pinecone from "bailiwick/presets/pinecone";
import pinecone2026 from "bailiwick/presets/pinecone-2026";
import pinkfish from "bailiwick/presets/pinkfish";
import { start } from "../dist/guard/instances.js";
import { ana, bo, document } from "./company.mjs";
import {
  MINUTE,
  NOW,
  askedFor,
  audience,
  capsuleOf,
  guardOf,
  policy,
  publicKey,
  requestOf,
  routes,
  signed,
  tokenOf,
} from "./door.mjs";

const [anas, bos] = await Promise.all([tokenOf(ana), tokenOf(bo)]);
const answer = async (guard, ...request) => {
  const { status, reason } = await guard(requestOf(...request));
  return [status, reason];
};

describe("what passes", () => {
  test("a public row needs nobody, and asks for nothing", async () => {
    const never = () => assert.fail("asked");
    const guard = guardOf({ capsule: never, principal: never, minRevision: never });
    const passage = await guard(requestOf("GET", "/health"));
    assert.deepEqual(
      [passage.allowed, passage.status, passage.route, passage.principal],
      [true, 200, "/health", undefined],
    );
    assert.deepEqual([passage.decision, passage.validUntil, passage.cacheControl], [undefined, undefined, undefined]);
    assert.equal(passage.can("delete", "project", "search"), false);
    assert.equal(passage.check("delete", "project", "search").reason, "unknown_principal");
  });

  test("who has what the row needs passes, and the handler asks on", async () => {
    const guard = guardOf();
    const passage = await guard(requestOf("DELETE", "/v1/orgs/acme/projects/search", anas));
    assert.equal(passage.allowed, true);
    assert.deepEqual({ ...passage.params }, { org: "acme", prj: "search" });
    assert.deepEqual([passage.principal, passage.organization, passage.revision], [ana, "acme", 7]);
    assert.equal(passage.route, "/v1/orgs/{org}/projects/{prj}");
    assert.deepEqual(passage.decision, { allowed: true, reason: "granted", validUntil: NOW + 5 * MINUTE });
    assert.equal(passage.can("rename", "project", "search"), true);
    assert.equal(passage.can("fly", "project", "search"), false);
    assert.equal(passage.check("rename", "organization", "labs").allowed, false);
    assert.throws(() => passage.can("rename", "project", 7), { code: "ERR_TYPE" });
  });

  test("what passes may be kept no longer than the grant or the capsule, and only what changes nothing", async () => {
    const guard = guardOf();
    const read = await guard(requestOf("GET", "/v1/orgs/acme/projects/search", bos));
    assert.deepEqual([read.validUntil, read.cacheControl], [NOW + 5 * MINUTE, "private, max-age=300"]);
    const write = await guard(requestOf("POST", "/v1/orgs/acme/projects/search", bos));
    assert.equal(write.cacheControl, "no-store");
    const members = [{ member: bo, roles: ["project_user"], until: NOW + MINUTE }];
    const projects = document.projects.map((project) => (project.id === "search" ? { ...project, members } : project));
    const from = Directory.load(Policy.compile(pinecone), { ...document, projects });
    const ends = await guardOf()(
      requestOf("GET", "/v1/orgs/acme/projects/search", await tokenOf(bo, "acme", { from })),
    );
    assert.deepEqual([ends.validUntil, ends.cacheControl], [NOW + MINUTE, "private, max-age=60"]);
  });

  test("the token comes from a cookie, from a header, or as bytes that are one's own", async () => {
    const path = "/v1/orgs/acme/projects/search";
    const bearer = guardOf({ capsule: fromBearer() });
    assert.equal((await bearer(requestOf("GET", path, undefined, { authorization: `Bearer ${bos}` }))).allowed, true);
    assert.equal((await bearer(requestOf("GET", path, bos))).reason, "unknown_principal");
    const own = guardOf({ verify: undefined, capsule: (_, context) => context.capsule });
    assert.equal((await own(requestOf("GET", path), { capsule: capsuleOf(bo) })).allowed, true);
    assert.equal((await own(requestOf("GET", path), { capsule: Promise.resolve(null) })).reason, "unknown_principal");
    assert.equal((await own(requestOf("GET", path), { capsule: bos })).reason, "unavailable");
  });

  test("an encoded percent sign is decoded once, where the row says so; a wildcard takes the rest", async () => {
    const unchecked = { action: "view_account", kind: "organization", organization: "org" };
    const table = [
      { method: "GET", path: "/v1/orgs/{org}/tags/{tag}", ...unchecked, unchecked: ["tag"], encoded: ["tag"] },
      { method: "GET", path: "/v1/orgs/{org}/files/{path*}", ...unchecked, unchecked: ["path"] },
    ];
    const guard = guardOf({ routes: table, trailingSlash: "ignore" });
    const paramsOf = async (path) => ({ ...(await guard.decide(askedFor("GET", path, anas))).params });
    assert.deepEqual(await paramsOf("/v1/orgs/acme/tags/50%25"), { org: "acme", tag: "50%" });
    assert.deepEqual(await paramsOf("/v1/orgs/acme/tags/%2525"), { org: "acme", tag: "%25" });
    assert.deepEqual(await paramsOf("/v1/orgs/acme/files/a/b/c/"), { org: "acme", path: "a/b/c" });
    assert.equal((await guard.decide(askedFor("GET", "/v1/orgs/ac%25me/tags/x", anas))).reason, "encoded");
    assert.deepEqual(guard.checkRaw("/v1/orgs/acme/tags/50%25?q=%20"), {
      path: "/v1/orgs/acme/tags/50%25",
      reason: undefined,
    });
  });
});

test("parents named by the path are what the resource lies in, or there is no such thing", async () => {
  const policy = Policy.compile(pinecone2026);
  const members = [{ member: ana, roles: ["organization_owner"] }];
  const index = (id, project) => ({ id, kind: "index", parent: `project/${project}` });
  const projects = ["search", "ads"].map((id) => ({ id, organization: "acme" }));
  const people = [{ id: "ana@acme.com" }];
  const organizations = [{ id: "acme", edition: "standard", members }];
  const from = Directory.load(policy, {
    format: 1,
    people,
    organizations,
    projects,
    resources: [index("i1", "search"), index("i2", "ads")],
  });
  const row = {
    method: "GET",
    path: "/{org}/{project}/{index}",
    action: "query",
    kind: "index",
    id: "index",
    organization: "org",
  };
  const guard = guardOf({ routes: [{ ...row, parents: { project: "project" } }], vocabulary: policy.vocabulary() });
  const token = await tokenOf(ana, "acme", { from });
  assert.deepEqual(await answer(guard, "GET", "/acme/search/i1", token), [200, "granted"]);
  assert.deepEqual(await answer(guard, "GET", "/acme/ads/i1", token), [404, "unknown_resource"]);
  assert.deepEqual(await answer(guard, "GET", "/acme/search/i2", token), [404, "unknown_resource"]);
});

describe("what does not pass", () => {
  test("who has no capsule is asked for one, as problem details", async () => {
    const { allowed, response, decision } = await guardOf()(requestOf("DELETE", "/v1/orgs/acme/projects/search"));
    assert.deepEqual([allowed, decision], [false, undefined]);
    assert.equal(response.status, 401);
    const {
      "www-authenticate": scheme,
      "content-type": type,
      "cache-control": kept,
    } = Object.fromEntries(response.headers);
    assert.deepEqual([scheme, type, kept], ["Bearer", "application/problem+json", "no-store"]);
    const problem = { type: "about:blank", title: "Unauthorized", status: 401, reason: "unknown_principal" };
    assert.deepEqual(await response.json(), problem);
  });

  test("who may not is told the reason; what would change it says an access opened from the same capsule", async () => {
    const refusal = await guardOf()(requestOf("DELETE", "/v1/orgs/acme/projects/search", bos));
    assert.deepEqual([refusal.status, refusal.reason, refusal.principal], [403, "no_role", bo]);
    assert.deepEqual(refusal.decision, { allowed: false, reason: "no_role" });
    const access = Access.openCapsule(capsuleOf(bo), policy.vocabulary(), { clock: () => NOW });
    assert.equal(access.check("delete", "project", "search").remedy[0].role, "project_owner");
    const problem = { type: "about:blank", title: "Forbidden", status: 403, reason: "no_role" };
    assert.deepEqual(await refusal.response.json(), problem);
    assert.deepEqual([JSON.parse(refusal.body), refusal.headers["cache-control"]], [problem, "no-store"]);
    assert.equal(refusal.response.headers.get("www-authenticate"), null);
  });

  test("another organization than the capsule's reads as if there were none", async () => {
    const guard = guardOf();
    const elsewhere = await guard(requestOf("DELETE", "/v1/orgs/labs/projects/other", anas));
    const nowhere = await guard(requestOf("DELETE", "/v1/orgs/nowhere/projects/none", anas));
    assert.deepEqual([elsewhere.status, elsewhere.reason, elsewhere.decision], [404, "unknown_resource", undefined]);
    assert.equal(elsewhere.body, nowhere.body);
    assert.deepEqual(elsewhere.headers, nowhere.headers);
  });

  test("a hidden row never says that there is something", async () => {
    const hidden = routes.map((route) => (route.public ? route : { ...route, hidden: true }));
    const guard = guardOf({ routes: hidden });
    const forbidden = await guard(requestOf("DELETE", "/v1/orgs/acme/projects/search", bos));
    const nothing = await guard(requestOf("DELETE", "/v1/orgs/labs/projects/search", bos));
    assert.deepEqual([forbidden.status, forbidden.body], [404, nothing.body]);
  });

  test("a path without a row is 404, a method without one is 405 and says which there are", async () => {
    const guard = guardOf();
    assert.deepEqual(await answer(guard, "GET", "/v2/orgs/acme", anas), [404, "not_found"]);
    const { response } = await guard(requestOf("PUT", "/v1/orgs/acme/projects/search", anas));
    assert.deepEqual([response.status, response.headers.get("allow")], [405, "GET, POST, DELETE"]);
    assert.equal((await guardOf({ headAsGet: true })(requestOf("PUT", "/health"))).headers.allow, "GET, HEAD");
  });

  test("the host's own words, but never another status", async () => {
    const problem = ({ status, reason }) => ({ type: `https://acme.com/problems/${reason}`, title: "No", status });
    const { response } = await guardOf({ problem })(requestOf("GET", "/nowhere"));
    assert.deepEqual(
      [response.status, await response.json()],
      [404, { type: "https://acme.com/problems/not_found", title: "No", status: 404 }],
    );
    const broken = guardOf({ problem: () => assert.fail("no words") });
    assert.equal((await broken(requestOf("GET", "/nowhere"))).problem.reason, "not_found");
  });

  test("what a callback throws lets nobody in", async () => {
    const fails = () => {
      throw new Error("down");
    };
    const request = () => requestOf("GET", "/v1/orgs/acme/projects/search", bos);
    for (const name of ["capsule", "verify", "principal", "minRevision", "clock"]) {
      for (const work of name === "clock" ? [fails] : [fails, async () => fails()]) {
        const refusal = await guardOf({ [name]: work })(request());
        assert.deepEqual([refusal.allowed, refusal.status, refusal.reason], [false, 503, "unavailable"], name);
      }
    }
    const wrong = {
      capsule: [7, {}, true],
      verify: ["x", undefined, new ArrayBuffer(8)],
      minRevision: [NaN, "9", -1, 1.5],
      clock: [NaN, "9", -1],
    };
    for (const [name, values] of Object.entries(wrong)) {
      for (const value of values) assert.equal((await guardOf({ [name]: () => value })(request())).status, 503, name);
    }
  });

  test("a verifier's own refusal is told with its code", async () => {
    const guard = guardOf({ verify: () => Promise.reject(new BailiwickError("ERR_TOKEN", "no")) });
    const { status, problem, headers } = await guard(requestOf("GET", "/v1/orgs/acme/projects/search", bos));
    assert.deepEqual(
      [status, problem.code, headers["www-authenticate"]],
      [401, "ERR_TOKEN", 'Bearer error="invalid_token"'],
    );
  });
});

describe("whom to believe", () => {
  const path = "/v1/orgs/acme/projects/search";

  test("A24: forged, foreign and stale tokens never pass", async () => {
    const guard = guardOf();
    const cases = {
      ERR_TOKEN: `${Buffer.from('{"alg":"none"}').toString("base64url")}.${bos.split(".")[1]}.`,
      ERR_AUDIENCE: await signed(capsuleOf(bo), { audience: "api.globex.com" }),
      ERR_KEY: await signed(capsuleOf(bo), { kid: "k0" }),
      ERR_SIGNATURE: bos.replace(/\.(.)([^.]*)$/, (_, first, rest) => `.${first === "A" ? "B" : "A"}${rest}`),
      ERR_CAPSULE: await signed(capsuleOf(bo).subarray(1)),
      ERR_POLICY_MISMATCH: await signed(
        Directory.load(Policy.compile(pinkfish), '{ "format": 1 }').capsule(bo, "acme", {
          issuedAt: NOW,
          notAfter: NOW + 1,
        }),
      ),
    };
    for (const [code, token] of Object.entries(cases)) {
      const refusal = await guard(requestOf("GET", path, token));
      assert.deepEqual([refusal.status, refusal.reason, refusal.problem.code], [401, "invalid_capsule", code]);
    }
  });

  test("A24: the capsule must belong to who is signed in", async () => {
    const who = (principal) => guardOf({ principal: async () => principal })(requestOf("GET", path, bos));
    assert.equal((await who(bo)).allowed, true);
    for (const other of [ana, "", "user/BO@acme.com", `${bo} `]) {
      const refusal = await who(other);
      assert.deepEqual([refusal.status, refusal.problem.code], [401, "ERR_PRINCIPAL"], other);
    }
    for (const nobody of [null, undefined, 7, {}]) assert.equal((await who(nobody)).reason, "unknown_principal");
  });

  test("A24: not yet, no longer", async () => {
    const issued = (issuedAt, notAfter) => tokenOf(bo, "acme", { issuedAt, notAfter });
    const when = async (token, more) => answer(guardOf(more), "GET", path, token);
    assert.deepEqual(await when(await issued(NOW - 2, NOW - 1)), [401, "stale"]);
    assert.deepEqual(await when(await issued(NOW - 2, NOW)), [401, "stale"]);
    assert.deepEqual(await when(await issued(NOW - 2, NOW + 1)), [200, "granted"]);
    assert.deepEqual(await when(await issued(NOW + 5_000, NOW + MINUTE)), [200, "granted"]);
    assert.deepEqual(await when(await issued(NOW + 5_001, NOW + MINUTE)), [401, "stale"]);
    assert.deepEqual(await when(await issued(NOW + 1, NOW + MINUTE), { leeway: 0 }), [401, "stale"]);
  });

  test("A24: a clock set back one day revives nothing", async () => {
    let now = NOW;
    const guard = guardOf({ clock: () => now });
    const old = await tokenOf(bo, "acme", { issuedAt: NOW - 2 * MINUTE, notAfter: NOW + MINUTE });
    assert.deepEqual(await answer(guard, "GET", path, old), [200, "granted"]);
    now = NOW + MINUTE;
    assert.deepEqual(await answer(guard, "GET", path, old), [401, "stale"]);
    // The moment goes up with what is believed.
    const fresh = await tokenOf(bo, "acme", { issuedAt: now });
    assert.deepEqual(await answer(guard, "GET", path, fresh), [200, "granted"]);
    now = NOW - 24 * 60 * MINUTE;
    assert.deepEqual(await answer(guard, "GET", path, old), [401, "stale"]);
  });

  test("A24: an older revision than one already seen, or than is demanded", async () => {
    const later = Directory.load(Policy.compile(pinecone), { ...document, revision: 8 });
    const newer = await tokenOf(bo, "acme", { from: later });
    const guard = guardOf();
    assert.deepEqual(await answer(guard, "GET", path, bos), [200, "granted"]);
    assert.deepEqual(await answer(guard, "GET", path, newer), [200, "granted"]);
    assert.deepEqual(await answer(guard, "GET", path, bos), [401, "stale"]);
    const labs = await tokenOf(ana, "labs");
    assert.deepEqual(await answer(guard, "GET", "/v1/orgs/labs", labs), [200, "granted"]); // the revision is acme's
    const demanding = guardOf({ minRevision: async (_, organization) => (organization === "acme" ? 8 : 0) });
    assert.deepEqual(await answer(demanding, "GET", path, bos), [401, "stale"]);
    assert.deepEqual(await answer(demanding, "GET", path, newer), [200, "granted"]);
  });

  test("A24: the same revision with other content", async () => {
    const projects = document.projects.map((project) =>
      project.id === "search" ? { ...project, members: [] } : project,
    );
    const from = Directory.load(Policy.compile(pinecone), { ...document, projects });
    const guard = guardOf();
    assert.deepEqual(await answer(guard, "GET", path, bos), [200, "granted"]);
    const { status, problem } = await guard(requestOf("GET", path, await tokenOf(bo, "acme", { from })));
    assert.deepEqual([status, problem.reason, problem.code], [401, "invalid_capsule", "ERR_REVISION"]);
    assert.deepEqual(await answer(guard, "GET", path, bos), [200, "granted"]);
    const anew = await tokenOf(bo, "acme", { issuedAt: NOW + 1 });
    assert.deepEqual(await answer(guard, "GET", path, anew), [200, "granted"]);
  });

  test("A24: a key that was rotated out", async () => {
    const keys = new Map([["k1", publicKey]]);
    const guard = guardOf({ verify: createVerifier({ keys, audience }) });
    assert.deepEqual(await answer(guard, "GET", path, bos), [200, "granted"]);
    keys.clear();
    assert.deepEqual(await answer(guard, "GET", path, bos), [401, "invalid_capsule"]);
  });

  test("a cookie that comes twice is none, and so is a header", async () => {
    const cookie = (value) => guardOf()(requestOf("GET", path, undefined, { cookie: value }));
    assert.equal((await cookie(`capsule=${bos}`)).allowed, true);
    assert.equal((await cookie(`a=b;capsule=${bos};c=d`)).allowed, true);
    for (const value of [`capsule=${anas}; capsule=${bos}`, `xcapsule=${bos}`, `Capsule=${bos}`, "capsule=", ""]) {
      assert.equal((await cookie(value)).reason, "unknown_principal", value);
    }
    const bearer = (value) =>
      guardOf({ capsule: fromBearer() })(requestOf("GET", path, undefined, { authorization: value }));
    assert.equal((await bearer(`bearer ${bos}`)).allowed, true);
    for (const value of [
      `Bearer ${anas}, Bearer ${bos}`,
      `Basic ${bos}`,
      `Bearer${bos}`,
      "Bearer ",
      `Bearer ${bos} x`,
    ]) {
      assert.equal((await bearer(value)).reason, "unknown_principal", value);
    }
  });

  test("a thousand organizations are remembered; the moment of those forgotten holds for all", async () => {
    const many = Array.from({ length: 1_026 }, (_, place) => `o${place}`);
    const member = { member: bo, roles: ["organization_owner"] };
    const organizations = many.map((id) => ({ id, edition: "starter", members: [member] }));
    const people = [{ id: "bo@acme.com" }];
    const load = (revision) => Directory.load(Policy.compile(pinecone), { format: 1, revision, people, organizations });
    const [before, after] = [load(7), load(8)];
    let now = NOW;
    const guard = guardOf({ clock: () => now, verify: undefined, capsule: (_, given) => given });
    const ask = async (id, from, issuedAt = NOW) => {
      const bytes = capsuleOf(bo, id, { from, issuedAt });
      return (await guard(requestOf("GET", `/v1/orgs/${id}`), bytes)).reason;
    };
    now = NOW + 6 * MINUTE;
    assert.equal(await ask("o0", after, now), "granted");
    now = NOW;
    for (const id of many.slice(1, 1_024)) assert.equal(await ask(id, after), "granted"); // o0's moment is its own
    assert.equal(await ask("o0", before, NOW + 6 * MINUTE), "stale");
    assert.equal(await ask("o1024", after), "granted"); // o0 is forgotten: a refusal does not count as use
    assert.equal(await ask("o1025", after), "stale"); // and its moment holds for all from here on
    assert.equal(await ask("o1", after), "stale");
    now = NOW + 6 * MINUTE;
    assert.equal(await ask("o0", before, now), "granted"); // its revision is forgotten: `minRevision` is for that
  });
});

describe("a broken module", () => {
  const module = new WebAssembly.Module(readFileSync(new URL("../dist/guard.wasm", import.meta.url)));
  const real = () => ({ ...new WebAssembly.Instance(module, {}).exports });
  /** What is made on instances of one's own. */
  const withInstances = (fresh, work) => {
    start(fresh);
    return work();
  };
  const path = "/v1/orgs/acme/projects/search";
  /** Instances whose export breaks once, and how many were made. */
  const trapping = (name) => {
    const made = { count: 0 };
    let left = 1;
    const broken = () => {
      throw new WebAssembly.RuntimeError("unreachable");
    };
    const fresh = () => {
      made.count += 1;
      return new Proxy(real(), { get: (target, key) => (key === name && left-- > 0 ? broken : target[key]) });
    };
    return { made, fresh };
  };

  test("after a trap this request is refused, and the next one is decided on a new instance", async () => {
    for (const name of ["route", "capsule", "whose", "decide"]) {
      const { fresh, made } = trapping(name);
      const guard = withInstances(fresh, () => guardOf());
      assert.deepEqual(await answer(guard, "GET", path, bos), [503, "unavailable"], name);
      assert.deepEqual(await answer(guard, "GET", path, bos), [200, "granted"], name);
      assert.deepEqual(await answer(guard, "DELETE", path, bos), [403, "no_role"], name);
      assert.equal(made.count, 2, name);
    }
  });

  test("a trap in a handler's question denies it, and the one after is right", async () => {
    const { fresh } = trapping("judge");
    const guard = withInstances(fresh, () => guardOf());
    const passage = await guard(requestOf("GET", path, bos));
    assert.equal(passage.check("query_vectors", "project", "search").reason, "unavailable");
    assert.equal(passage.can("query_vectors", "project", "search"), true);
  });

  test("an answer that is no number lets nobody in", async () => {
    for (const name of ["judge", "decide"])
      for (const odd of [undefined, NaN]) {
        const guard = withInstances(
          () => ({ ...real(), [name]: () => odd }),
          () => guardOf(),
        );
        const passage = await guard(requestOf("GET", path, bos));
        assert.equal(passage.allowed && passage.can("query_vectors", "project", "search"), false);
      }
  });

  test("a trap while another request waits: that one is decided on the new instance", async () => {
    const { fresh } = trapping("decide");
    let go;
    const wait = new Promise((resolve) => (go = resolve));
    let first = true;
    const minRevision = () => (first ? ((first = false), wait.then(() => 0)) : 0);
    const guard = withInstances(fresh, () => guardOf({ minRevision }));
    const waiting = guard(requestOf("GET", path, bos));
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal((await guard(requestOf("GET", path, bos))).reason, "unavailable");
    go();
    assert.equal((await waiting).reason, "granted");
    assert.equal((await guard(requestOf("DELETE", path, bos))).reason, "no_role");
  });

  test("capsules that stay open are bounded, and a trap where one is closed lets nobody in", async () => {
    let engine;
    const guard = withInstances(
      () => (engine = real()),
      () => guardOf({ verify: undefined, capsule: (_, given) => given }),
    );
    const before = engine.live();
    for (let round = 0; round < 3; round += 1) {
      for (let place = 0; place < 100; place += 1) {
        const passage = await guard(requestOf("GET", path), capsuleOf(bo, "acme", { issuedAt: NOW + place }));
        assert.equal(passage.can("query_vectors", "project", "search"), true);
      }
      assert.equal((await guard(requestOf("GET", path), new Uint8Array(100))).reason, "invalid_capsule");
      assert.equal(engine.live(), before + 64);
    }
    const { fresh, made } = trapping("release");
    const full = withInstances(fresh, () => guardOf({ verify: undefined, capsule: (_, given) => given }));
    const reasons = [];
    for (let place = 0; place < 66; place += 1) {
      reasons.push((await full(requestOf("GET", path), capsuleOf(bo, "acme", { issuedAt: NOW + place }))).reason);
    }
    assert.deepEqual([reasons.indexOf("unavailable"), reasons.lastIndexOf("unavailable"), made.count], [64, 64, 2]);
  });

  test("bytes that are changed after they were open are other bytes", async () => {
    const bytes = capsuleOf(bo);
    const guard = guardOf({ verify: undefined, capsule: () => bytes });
    assert.equal((await guard(requestOf("GET", path))).allowed, true);
    bytes[bytes.length - 1] ^= 1; // not where the checksum stands
    assert.equal((await guard(requestOf("GET", path))).reason, "invalid_capsule");
    bytes[bytes.length - 1] ^= 1;
    assert.equal((await guard(requestOf("GET", path))).allowed, true);
  });
});
