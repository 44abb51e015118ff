// What the guard keeps between two requests makes it quick and changes no answer; and what it reads by itself it reads as the platform does.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { Directory, Policy } from "bailiwick";
import { createVerifier } from "bailiwick/capsule";
import { createGuard, fromCookie } from "bailiwick/guard";
import pinecone from "bailiwick/presets/pinecone";
import { ana, bo, document } from "./company.mjs";
import { MINUTE, NOW, audience, capsuleOf, guardOf, keys, policy, publicKey, requestOf, tokenOf } from "./door.mjs";

const path = "/v1/orgs/acme/projects/search";
const [anas, bos] = await Promise.all([tokenOf(ana), tokenOf(bo)]);
const verifier = (more) => createVerifier({ keys, audience, ...more });
const answer = async (guard, token, method = "GET", to = path) => (await guard(requestOf(method, to, token))).reason;

/** The same token until it is kept. */
async function kept(guard, token) {
  for (let time = 0; time < 3; time += 1) assert.equal(await answer(guard, token), "granted");
}

describe("a token that is kept is looked at each time", () => {
  test("A24: its end, and a clock set back", async () => {
    let now = NOW;
    const guard = guardOf({ verify: verifier(), clock: () => now });
    await kept(guard, bos);
    now = NOW + 5 * MINUTE - 1;
    assert.equal(await answer(guard, bos), "granted");
    now += 1;
    assert.equal(await answer(guard, bos), "stale");
    await kept(guard, await tokenOf(ana, "acme", { issuedAt: now }));
    now = NOW;
    assert.equal(await answer(guard, bos), "stale");
  });

  test("A24: its revision, against what was seen and what is demanded", async () => {
    let least = 0;
    const later = Directory.load(Policy.compile(pinecone), { ...document, revision: 8 });
    for (const minRevision of [undefined, () => least, async () => least]) {
      least = 0;
      const guard = guardOf({ verify: verifier(), minRevision });
      await kept(guard, bos);
      least = 8;
      assert.equal(await answer(guard, bos), minRevision === undefined ? "granted" : "stale");
      await kept(guard, await tokenOf(ana, "acme", { from: later }));
      least = 0;
      assert.equal(await answer(guard, bos), "stale");
    }
  });

  test("A24: whose it is", async () => {
    let who = bo;
    for (const principal of [() => who, async () => who]) {
      who = bo;
      const guard = guardOf({ verify: verifier(), principal });
      await kept(guard, bos);
      who = ana;
      assert.equal(await answer(guard, bos), "invalid_capsule");
      who = null;
      assert.equal(await answer(guard, bos), "unknown_principal");
    }
  });

  test("A24: its key, wherever keys are found", async () => {
    const found = { k1: publicKey };
    const ways = [found, (kid) => found[kid], async (kid) => found[kid], new Map([["k1", publicKey]])];
    for (const way of ways) {
      found.k1 = publicKey;
      const guard = guardOf({ verify: verifier({ keys: way }) });
      await kept(guard, bos);
      if (way instanceof Map) way.clear();
      else delete found.k1;
      const { reason, problem } = await guard(requestOf("GET", path, bos));
      assert.deepEqual([reason, problem.code], ["invalid_capsule", "ERR_KEY"]);
    }
    let fails = false;
    const failing = (kid) => (fails ? assert.fail("down") : keys[kid]);
    for (const way of [failing, async (kid) => failing(kid)]) {
      fails = false;
      const guard = guardOf({ verify: verifier({ keys: way }) });
      await kept(guard, bos);
      fails = true;
      assert.equal(await answer(guard, bos), "unavailable");
    }
  });

  test("A24: all of it: one that ends as a kept one does is another", async () => {
    const guard = guardOf({ verify: verifier() });
    await kept(guard, bos);
    const [head, payload, signature] = bos.split(".");
    for (const forged of [`${head}.${anas.split(".")[1]}.${signature}`, `${head}.${payload}A.${signature}`, `.${payload}.${signature}`])
      assert.equal(await answer(guard, forged), "invalid_capsule");
    assert.equal(await answer(guard, bos), "granted");
  });

  test("A15: more of them than stay open, by two guards over one verifier, with what each may do", async () => {
    const verify = verifier({ remember: 150 });
    const guards = [guardOf({ verify }), guardOf({ verify })];
    const tokens = await Promise.all(
      Array.from({ length: 200 }, (_, place) => tokenOf(place % 2 === 0 ? ana : bo, "acme", { issuedAt: NOW + place })),
    );
    for (let round = 0; round < 3; round += 1)
      for (const [place, token] of tokens.entries())
        for (const guard of guards) {
          const passage = await guard(requestOf("GET", path, token));
          assert.deepEqual([passage.allowed, passage.principal], [true, place % 2 === 0 ? ana : bo]);
          assert.equal(passage.can("delete", "project", "search"), place % 2 === 0);
          assert.equal(await answer(guard, token, "DELETE"), place % 2 === 0 ? "granted" : "no_role");
        }
  });

  test("nobody can change what is kept", async () => {
    const verify = verifier();
    const guard = guardOf({ verify });
    await kept(guard, bos);
    (await verify(bos)).fill(0);
    await kept(guard, bos);
  });
});

test("who asks the guard while it asks changes no answer", async () => {
  const inner = [];
  let busy = false;
  const clock = () => {
    if (!busy) {
      busy = true;
      inner.push(guard(requestOf("DELETE", "/v1/orgs/acme/projects/ads", anas)), guard.checkRaw("/v1/orgs/labs"));
      busy = false;
    }
    return NOW;
  };
  const guard = guardOf({ verify: verifier(), clock });
  for (let time = 0; time < 3; time += 1) {
    const [mine, passage] = [await answer(guard, bos, "DELETE"), await guard(requestOf("GET", path, bos))];
    assert.deepEqual([mine, passage.allowed, passage.params.prj], ["no_role", true, "search"]);
    assert.equal(passage.can("delete", "project", "search"), false);
  }
  const reasons = (await Promise.all(inner)).map(({ reason }) => reason).filter((reason) => reason !== undefined);
  assert.deepEqual([...new Set(reasons)], ["granted"]);
});

test("ids are read from a capsule to the byte", async () => {
  const where = ["acme", "\ufeffacme", "acme\n", "\u00e9\u{10ffff}"];
  const member = { member: bo, roles: ["organization_owner"] };
  const organizations = where.map((id) => ({ id, edition: "starter", members: [member] }));
  const from = Directory.load(policy, { format: 1, people: [{ id: "bo@acme.com" }], organizations });
  const routes = [{ method: "GET", path: "/", action: "view_account", kind: "organization" }];
  const guard = guardOf({ routes, verify: undefined, capsule: (_, given) => given });
  for (const id of where) {
    const { allowed, organization, principal } = await guard(requestOf("GET", "/"), capsuleOf(bo, id, { from }));
    assert.deepEqual([allowed, organization, principal], [true, id, bo]);
  }
});

/** One of a fixed row of numbers after another, so that a failure comes back. */
function chooser(seed) {
  let state = seed;
  return (items) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return items[Math.floor((state / 2 ** 32) * items.length)];
  };
}

const textOf = (choose, parts) => Array.from({ length: choose([0, 1, 2, 3, 5, 8, 13]) }, () => choose(parts)).join("");

test("A5, A6: the path is cut out of a URL as the platform has it, or refused", async () => {
  const routes = [
    { method: "GET", path: "/", public: true },
    { method: "GET", path: "/a/{x}", public: true, encoded: ["x"], overrides: true },
    { method: "GET", path: "/{y*}", public: true },
  ];
  const guard = createGuard({ routes, vocabulary: policy.vocabulary(), capsule: () => null });
  const choose = chooser(7);
  const origins = ["http://h", "https://h", "https://api.acme.com:8443", "http://[::1]:80", "http://127.0.0.1", "HTTP://H", "https://u_v-w", "http://h:80"];
  const odd = ["http:/h", "http:h", "http:\\\\h", "http://h\\x", "http://h\t", "ht\ntp://h", "http://u:p@h", "http://h#", "http://h?", "file://", "http://h:x", "//h", "", " http://h"];
  const parts = ["/", "a", "b", "/a/", ".", "..", "%2e", "%25", "%2f", "?", "#", "\\", "\t", " ", "@", ":", ";", "\u00e9", "//", "~", "{", "http://x/"];
  const headers = { get: () => null };
  const same = ({ allowed, reason, route, params }) => [allowed, reason, route, { ...params }];
  let passed = 0;
  for (let time = 0; time < 20_000; time += 1) {
    const url = choose(origins) + choose(["/", "/a/", ""]) + textOf(choose, parts);
    if (!URL.canParse(url) || new URL(url).username !== "") continue; // no `Request` has such a URL
    const request = new Request(url);
    const outcome = await guard(request);
    assert.deepEqual(same(outcome), same(await guard.decide({ method: "GET", path: new URL(url).pathname, request })), url);
    passed += outcome.allowed;
    // What is no `Request` may have a URL that nobody has parsed: it is read alike, or does not pass.
    const raw = choose([...origins, ...odd]) + choose(["/", "/a/", ""]) + textOf(choose, parts);
    const unparsed = await guard({ method: "GET", url: raw, headers });
    if (!unparsed.allowed) continue;
    const parsed = await guard.decide({ method: "GET", path: new URL(raw).pathname, request });
    assert.deepEqual(same(unparsed), same(parsed), raw);
  }
  assert.ok(passed > 1_000, `${passed}`);
});

test("a cookie is found as if all of them were taken apart", () => {
  const plain = (name, all) => {
    const cookies = all.split(";").map((cookie) => cookie.trim());
    const [only, another] = cookies.filter((cookie) => cookie.startsWith(`${name}=`));
    return only === undefined || another !== undefined ? null : only.slice(name.length + 1);
  };
  const choose = chooser(11);
  let found = 0;
  for (let time = 0; time < 50_000; time += 1) {
    const all = textOf(choose, ["a", "capsule", "=", ";", " ", "\t", "\u00a0", "", "capsule=", "; ", "x="]);
    for (const name of ["capsule", "a", "", " a", "a;x", "x "]) {
      const token = fromCookie(name)({ headers: { get: () => all } });
      assert.equal(token, plain(name, all), JSON.stringify([name, all]));
      found += token !== null;
    }
  }
  assert.ok(found > 1_000, `${found}`);
});

describe("numbers mean in the module what they mean here", () => {
  const source = (name) => readFileSync(new URL(`../../src/${name}`, import.meta.url), "utf8");
  const here = readFileSync(new URL("../src/guard/reasons.ts", import.meta.url), "utf8");
  const listed = (name) => {
    const [, list] = new RegExp(`const ${name}\\b[^=]*= \\[([^\\]]*)\\]`).exec(here);
    return [...list.matchAll(/"(\w+)"/g)].map(([, word]) => word);
  };

  test("reasons of decisions", () => {
    const [, block] = source("decision/mod.rs").split("\nreasons! {\n");
    const reasons = [...block.split("\n}")[0].matchAll(/= "(\w+)"/g)].map(([, reason]) => reason);
    assert.equal(reasons[Number(/GRANTED = (\d+)/.exec(here)[1])], "granted");
    const denials = listed("DENIALS");
    assert.ok(denials.length > 10);
    assert.deepEqual(denials, reasons.slice(0, denials.length));
  });

  test("flaws of a path, and methods", () => {
    const find = source("guard/find.rs");
    const words = new Map([...find.matchAll(/Refused::(\w+)(?:\(_\))? => "(\w+)"/g)].map(([, name, word]) => [name, word]));
    const places = [...find.matchAll(/Refused::(\w+)(?:\(_\))? => (\d+),/g)].filter(([, , place]) => Number(place) < 100);
    const byPlace = places.sort(([, , one], [, , other]) => one - other).map(([, name]) => words.get(name));
    assert.deepEqual(byPlace, [...listed("FLAWS"), "not_found", "method_not_allowed"]);
    const [, methods] = /METHODS: \[&str; 7\] = \[(.*)\]/.exec(source("guard/method.rs"));
    assert.deepEqual(listed("METHODS"), JSON.parse(`[${methods}]`));
  });
});
