// What stands the guard before a server; real servers are asked in tests/packaging/guard.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fromBearer } from "bailiwick/guard";
import { guardFetch, guardHono, guardNext, guardNode, passageOf } from "bailiwick/guard/adapters";
import { ana, bo } from "./company.mjs";
import { guardOf, requestOf, tokenOf } from "./door.mjs";

const [anas, bos] = await Promise.all([tokenOf(ana), tokenOf(bo)]);
const PATH = "/v1/orgs/acme/projects/search";
const never = () => assert.fail("it was let in");

/** A request of Node's, answered: the status, or what `next` was called for. */
async function answered(request, guard = guardOf()) {
  const given = { method: "GET", url: PATH, rawHeaders: ["Cookie", `capsule=${bos}`], ...request };
  const response = { writeHead: (status, headers) => ({ end: (body) => Object.assign(response, { status, headers, body }) }) };
  await guardNode(guard)(given, response, () => (response.passage = passageOf(given)));
  return response;
}

test("a handler of the Fetch API gets the passage, and what the server hands over; the first of it is the context", async () => {
  const contexts = [];
  const guard = guardOf({ capsule: (_, context) => (contexts.push(context), bos) });
  const handle = guardFetch(guard, (request, passage, env, more) => [request.url, passage.principal, env, more]);
  const request = requestOf("GET", PATH);
  assert.deepEqual(await handle(request, "env", "more"), [request.url, bo, "env", "more"]);
  assert.deepEqual(contexts, ["env"]);
  assert.equal((await guardFetch(guard, never)(requestOf("DELETE", PATH))).status, 403);
});

test("a token that is kept is answered for at once; a guard in somebody's wrapper, or a promise of another realm, is waited for", async () => {
  const guard = guardOf();
  const principalBy = (guard) => guardFetch(guard, (_, { principal }) => principal)(requestOf("GET", PATH, bos));
  assert.equal(await principalBy(guard), bo);
  assert.equal(principalBy(guard), bo);
  const thenable = (outcome) => ({ then: (next) => outcome.then(next) });
  for (const wrapped of [async (request) => guard(request), (request) => thenable(guard(request))]) {
    assert.equal(await principalBy(wrapped), bo);
    const refused = await guardFetch(wrapped, never)(requestOf("DELETE", PATH, bos));
    assert.equal(refused.status, 403);
  }
  const node = { decide: (asked) => thenable(guard.decide(asked)) };
  assert.equal((await answered({}, node)).passage.principal, bo);
  assert.equal((await answered({ method: "DELETE" }, node)).status, 403);
});

test("a passage is its request's: no copy of it has one, and the guard that stood last counts", async () => {
  const request = { method: "GET", url: PATH, rawHeaders: ["Cookie", `capsule=${bos}`] };
  const passages = [];
  for (const cookie of [bos, anas]) {
    request.rawHeaders[1] = `capsule=${cookie}`;
    await guardNode(guardOf())(request, {}, () => passages.push(passageOf(request).principal));
  }
  assert.deepEqual(passages, [bo, ana]);
  for (const other of [{ ...request }, Object.create(request), structuredClone(request), {}]) assert.equal(passageOf(other), undefined);
});

test("a middleware of Next.js answers what does not pass, and nothing else", async () => {
  const middleware = guardNext(guardOf());
  assert.equal(await middleware(requestOf("GET", PATH, bos)), undefined);
  assert.equal((await middleware(requestOf("DELETE", PATH, bos))).status, 403);
});

test("Hono's own path must be the URL's: a router that goes by another is refused", async () => {
  const contextOf = (path, raw = requestOf("GET", PATH, bos)) => ({ req: { method: raw.method, path, raw } });
  const passing = contextOf(PATH);
  let passage;
  assert.equal(await guardHono(guardOf())(passing, async () => void (passage = passageOf(passing))), undefined);
  assert.equal(passage.principal, bo);
  for (const path of ["/health", `/api${PATH}`, "", `${PATH}/`]) {
    assert.equal((await guardHono(guardOf())(contextOf(path), never)).status, 400, path);
  }
  const decoded = contextOf("/v1/orgs/acme", requestOf("GET", "/v1/org%73/acme", anas));
  assert.equal((await (await guardHono(guardOf())(decoded, never)).json()).reason, "encoded");
});

test("of Node's requests the whole target counts, from where Express mounted the router", async () => {
  assert.equal((await answered({})).passage.principal, bo);
  assert.equal((await answered({ baseUrl: "/v1", url: "/orgs/acme/projects/search?page=2" })).passage.route, "/v1/orgs/{org}/projects/{prj}");
  assert.equal((await answered({ baseUrl: "/api" })).status, 404);
  for (const lacking of [{ method: undefined }, { url: undefined }]) assert.ok((await answered(lacking)).status >= 400);
  const { status, headers, body } = await answered({ rawHeaders: [] });
  assert.deepEqual([status, headers["www-authenticate"], JSON.parse(body).reason], [401, "Bearer", "unknown_principal"]);
});

test("a field that comes twice is seen twice, as in the Fetch API, though Node itself keeps the first", async () => {
  const twice = (name, ...values) => ({ rawHeaders: values.flatMap((value) => [name, value]) });
  const bearer = guardOf({ capsule: fromBearer() });
  assert.equal((await answered(twice("AUTHORIZATION", `Bearer ${bos}`), bearer)).passage.principal, bo);
  assert.equal((await answered(twice("Authorization", `Bearer ${bos}`, `Bearer ${anas}`), bearer)).status, 401);
  assert.equal((await answered(twice("cookie", "theme=dark", `capsule=${bos}`))).passage.principal, bo);
  assert.equal((await answered(twice("cookie", `capsule=${bos}`, `capsule=${anas}`))).status, 401);
});

test("what no guard let in has no passage", () => {
  assert.equal(passageOf({}), undefined);
});
