// Mutated requests against real routers with the guard's own rows: whenever a router reaches a handler, the guard has decided for that
// handler's row, with what the router bound, or has refused. Printed as JSON: the seed, what was counted, the first that went wrong.
import findMyWay from "find-my-way";
import { RegExpRouter } from "hono/router/reg-exp-router";
import { TrieRouter } from "hono/router/trie-router";
import { guardOf, routes } from "./guard.mjs";

const [, , text] = process.argv;
const { env, tokens } = JSON.parse(text);
const seed = Number(process.env.BAILIWICK_SEED ?? Date.now() % 2 ** 32) >>> 0;
const REQUESTS = 100_000;
const guard = guardOf(env);
const request = { headers: { get: (name) => (name === "cookie" ? `capsule=${tokens.ana}` : null) } };

/** Mulberry32. */
function randomOf(seed) {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) % below;
  };
}

const random = randomOf(seed);
const one = (list) => list[random(list.length)];
const PIECES = ["/", "//", ".", "..", "%", "%2f", "%2F", "%25", "%2e", "%73", "%00", ";", "?", "#", "\\", "*", ":", " ", "\t", "é", "\0", "A", "a", "json", "v1", "orgs", "acme", "labs", "billing", "projects", "search", "health", "{org}", ":org"];
const METHODS = ["GET", "GET", "GET", "PATCH", "POST", "DELETE", "HEAD", "OPTIONS", "PUT", "get", "TRACE"];
const VALUES = { org: ["acme", "acme", "acme", "labs", "Acme"], prj: ["search", "ads", "other", "none"] };

/** A row's own request, and up to three changes of it. */
function mutated() {
  const { method, path } = one(routes);
  let target = path.replaceAll(/\{(\w+)\}/g, (_, name) => one(VALUES[name]));
  for (let left = random(4); left > 0; left -= 1) {
    const [from, length] = [random(target.length + 1), random(3)];
    target = target.slice(0, from) + (random(4) === 0 ? "" : one(PIECES)) + target.slice(from + length);
  }
  return { method: random(3) === 0 ? one(METHODS) : method, path: target };
}

const coloned = (path) => path.replaceAll(/\{(\w+)\}/g, ":$1");

/** What a router of Hono reaches; it gives all rows that match, of which the first is called. */
function hono(router) {
  for (const row of routes) router.add(row.method, coloned(row.path), row);
  return (method, path) => {
    const [found, stash] = router.match(method, path);
    const [first] = found;
    if (first === undefined) return undefined;
    const [row, params] = first;
    return { row, params: Object.fromEntries(Object.entries(params).map(([name, value]) => [name, stash?.[value] ?? value])) };
  };
}

function wayfinder(options) {
  const router = findMyWay(options);
  for (const row of routes) router.on(row.method, coloned(row.path), () => undefined, row);
  return (method, path) => {
    const found = router.find(method, path);
    return found === null ? undefined : { row: found.store, params: found.params };
  };
}

const ROUTERS = {
  "hono RegExpRouter": hono(new RegExpRouter()),
  "hono TrieRouter": hono(new TrieRouter()),
  "find-my-way": wayfinder({}),
  "find-my-way, lenient": wayfinder({ ignoreTrailingSlash: true, ignoreDuplicateSlashes: true, caseSensitive: false }),
};

const same = (a, b) => JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());
const counted = Object.fromEntries(Object.keys(ROUTERS).map((name) => [name, { reached: 0, allowed: 0, refused: 0 }]));
const wrong = [];
let passed = 0;

for (let number = 0; number < REQUESTS; number += 1) {
  const { method, path } = mutated();
  const outcome = await guard.decide({ method, path, request });
  if (outcome.allowed) passed += 1;
  for (const [name, router] of Object.entries(ROUTERS)) {
    const found = router(method, path);
    // What the guard lets through, every router knows.
    if (found === undefined) {
      if (outcome.allowed) wrong.push({ name, method, path, guard: outcome.route, router: null });
      continue;
    }
    const count = counted[name];
    count.reached += 1;
    count[outcome.allowed ? "allowed" : "refused"] += 1;
    const agreed = outcome.route === found.row.path && same(outcome.params, found.params);
    if (outcome.allowed && !agreed) wrong.push({ name, method, path, guard: outcome.route, router: found.row.path });
  }
}
console.log(JSON.stringify({ seed, requests: REQUESTS, passed, counted, wrong: wrong.length, first: wrong.slice(0, 5) }));
