// The same answer behind different doors. What is cached is cached by token: by the guard's own verifier, else in a map.
import { createMongoAbility, subject } from "@casl/ability";
import { compactVerify, importJWK } from "jose";
import { createVerifier } from "bailiwick/capsule";
import { createGuard, fromCookie } from "bailiwick/guard";
import { guardFetch, guardNode } from "bailiwick/guard/adapters";
import { floors } from "./floors.mjs";

const organization = { kind: "organization", organization: "org" };
const project = { kind: "project", id: "prj", organization: "org" };
const routes = [
  { method: "GET", path: "/health", public: true },
  { method: "GET", path: "/v1/orgs/{org}", action: "view_account", ...organization },
  { method: "PATCH", path: "/v1/orgs/{org}", action: "rename", ...organization },
  { method: "GET", path: "/v1/orgs/{org}/billing", action: "view_billing", ...organization },
  { method: "GET", path: "/v1/orgs/{org}/projects/{prj}", action: "query_vectors", ...project },
  { method: "POST", path: "/v1/orgs/{org}/projects/{prj}", action: "query_vectors", ...project },
  { method: "DELETE", path: "/v1/orgs/{org}/projects/{prj}", action: "delete", ...project },
];

/** What was worked out for a token before; a rejection is not kept. */
function cached(work) {
  const known = new Map();
  return async (token) => {
    const before = known.get(token);
    if (before !== undefined) return before;
    const found = await work(token);
    if (known.size >= 1_024) known.clear();
    known.set(token, found);
    return found;
  };
}

/** The guard, as it is meant to be used. */
export function guardOf({ VOCABULARY, KEYS }, isCached) {
  return createGuard({
    routes,
    vocabulary: Uint8Array.from(atob(VOCABULARY), (byte) => byte.charCodeAt(0)),
    capsule: fromCookie("capsule"),
    verify: createVerifier({ keys: JSON.parse(KEYS), audience: "api.acme.com", ...(isCached ? {} : { remember: 0 }) }),
  });
}

const PROJECT = /^\/v1\/orgs\/([\w-]+)\/projects\/([\w-]+)$/;
const ACTIONS = { GET: "query_vectors", POST: "query_vectors", DELETE: "delete" };
const tokenIn = (cookie) => /(?:^|; )session=([^;]+)/.exec(cookie ?? "")?.[1];

/** A check as it is written by hand, over signed claims. */
function handWritten({ KEYS }, isCached, abilityOf, may) {
  const key = importJWK(JSON.parse(KEYS).k1, "EdDSA");
  const read = async (token) => {
    const { payload } = await compactVerify(token, await key, { algorithms: ["EdDSA"] });
    const claims = JSON.parse(new TextDecoder().decode(payload));
    return { claims, ability: abilityOf(claims) };
  };
  const session = isCached ? cached(read) : read;
  return async (method, path, cookie) => {
    const [, org, id] = PROJECT.exec(path) ?? [];
    const [action, token] = [ACTIONS[method], tokenIn(cookie)];
    if (id === undefined || action === undefined || token === undefined) return false;
    const { claims, ability } = await session(token);
    return claims.org === org && Date.now() < claims.exp && may(ability, action, id);
  };
}

const sets = ({ projects }) => new Map(Object.entries(projects).map(([id, actions]) => [id, new Set(actions)]));
const rules = ({ projects }) =>
  createMongoAbility(Object.entries(projects).flatMap(([id, actions]) => actions.map((action) => ({ action, subject: "Project", conditions: { id } }))));

const checks = {
  hand: (env) => handWritten(env, true, sets, (ability, action, id) => ability.get(id)?.has(action) === true),
  "hand, verified": (env) => handWritten(env, false, sets, (ability, action, id) => ability.get(id)?.has(action) === true),
  casl: (env) => handWritten(env, true, rules, (ability, action, id) => ability.can(action, subject("Project", { id }))),
};

export const VARIANTS = ["bare", ...Object.keys(floors), "guard", "guard, verified", "hand", "hand, verified", "casl"];

/** A door for servers of the Fetch API. */
export function fetchDoor(name, env, handler) {
  if (name === "bare") return handler;
  if (name.startsWith("guard")) return guardFetch(guardOf(env, name === "guard"), handler);
  if (name in floors) return floorOf(floors[name](env), handler);
  const may = checks[name](env);
  return async (request) => {
    const allowed = await may(request.method, new URL(request.url).pathname, request.headers.get("cookie"));
    return allowed ? handler(request) : new Response("no", { status: 403 });
  };
}

function floorOf(may, handler) {
  const answer = (allowed, request) => (allowed ? handler(request) : new Response("no", { status: 403 }));
  return (request) => {
    const allowed = may(request.url, request.headers.get("cookie"));
    return allowed instanceof Promise ? allowed.then((allowed) => answer(allowed, request)) : answer(allowed, request);
  };
}

/** A door for Node's own server. */
export function nodeDoor(name, env) {
  if (name === "bare") return (request, response, next) => next();
  if (name.startsWith("guard")) return guardNode(guardOf(env, name === "guard"));
  if (name in floors) return nodeFloorOf(floors[name](env));
  const may = checks[name](env);
  return async (request, response, next) => {
    const allowed = await may(request.method, request.url.split("?")[0], request.headers.cookie);
    return allowed ? next() : response.writeHead(403).end("no");
  };
}

/** The same in Node, of what says at once or later whether a request may pass. */
export function nodeFloorOf(may) {
  return (request, response, next) => {
    const answer = (allowed) => (allowed ? next() : response.writeHead(403).end("no"));
    const allowed = may(request.url, request.headers.cookie);
    return allowed instanceof Promise ? allowed.then(answer) : answer(allowed);
  };
}
