// What is asked of every server. Each check gives nothing, or what went wrong.
import { REFUSED, SAME } from "./attacks.mjs";
import { ask } from "./wire.mjs";

const PROJECT = "/v1/orgs/acme/projects/search";
const row = (status, said) => `${status} ${said?.reason ?? said?.route ?? "nothing"}`;
const brief = (value) => JSON.stringify(value).slice(0, 200);

/** Who may do what, as plain requests. */
const PLAIN = [
  ["GET", "/health", undefined, "200 /health"],
  ["GET", "/v1/orgs/acme", "ana", "200 /v1/orgs/{org}"],
  ["GET", "/v1/orgs/acme/billing?page=2&a=%2F..", "ana", "200 /v1/orgs/{org}/billing"],
  ["GET", PROJECT, "bo", "200 /v1/orgs/{org}/projects/{prj}"],
  ["POST", PROJECT, "bo", "200 /v1/orgs/{org}/projects/{prj}"],
  ["DELETE", PROJECT, "ana", "200 /v1/orgs/{org}/projects/{prj}"],
  ["DELETE", PROJECT, "bo", "403 no_role"],
  ["GET", "/v1/orgs/labs", "labs", "200 /v1/orgs/{org}"],
  ["GET", PROJECT, undefined, "401 unknown_principal"],
  ["GET", "/nowhere", "ana", "404 not_found"],
  ["PUT", PROJECT, "ana", "405 method_not_allowed"],
];

/** All checks of a server, by name. */
export function* checksOf({ raw }, { tokens, forged }) {
  for (const [method, target, who, expected] of PLAIN)
    yield [`${method} ${target} by ${who ?? "nobody"}`, (port) => plain(port, { method, target, token: tokens[who] }, expected)];
  for (const { name, asks, reasons } of REFUSED)
    for (const asked of asks)
      yield [`${name}: ${brief(asked)}`, (port) => refused(port, { ...asked, token: tokens.ana }, reasons, raw)];
  for (const [name, first, more] of SAME)
    yield [`${name}: ${brief({ ...first, ...more })}`, (port) => same(port, { ...first, token: tokens.bo }, more)];
  yield ["A12 header smuggling: two capsules in two fields", (port) => twice(port, tokens)];
  yield ["A14 parent and child: hidden and absent read alike", (port) => alike(port, tokens.ana)];
  for (const [name, token] of Object.entries(forged))
    yield [`A24 signatures and freshness: ${name}`, (port) => forgery(port, token, name)];
  yield ["after all that, who may is let in", (port) => plain(port, { target: PROJECT, token: tokens.bo }, "200 /v1/orgs/{org}/projects/{prj}")];
}

async function plain(port, asked, expected) {
  const { status, json, head } = await ask(port, asked);
  const found = row(status, json);
  if (found !== expected) return `${found}, and not ${expected}`;
  const isProblem = head.includes("content-type: application/problem+json");
  return isProblem === status >= 400 ? undefined : `a problem with the wrong type: ${head}`;
}

/** Refused; or, where the platform repaired the target before anybody saw it, decided on the path that the handler sees. */
async function refused(port, asked, reasons, raw) {
  const { status, json, head } = await ask(port, asked);
  // Hung up, or refused by the server itself, in words of its own.
  if (status === 0 || (status >= 400 && json?.reason === undefined)) return undefined;
  if (status < 300 && !raw && isFolded(asked, json)) return undefined;
  if (status < 400) return `it passed: ${status} ${brief(json ?? head)}`;
  return !raw || reasons.includes(json.reason) ? undefined : `refused for ${json.reason}`;
}

function isFolded({ target, method = "GET" }, said) {
  if (said === undefined || !URL.canParse(target, "http://api.acme.com")) return false;
  const { pathname } = new URL(target, "http://api.acme.com");
  const matches = new RegExp(`^${said.route?.replaceAll(/\{\w+\}/g, "[\\w-]+")}$`).test(said.path);
  return said.path === pathname && pathname !== target && matches && said.method === method.trim();
}

async function same(port, asked, more) {
  const [first, second] = [await ask(port, asked), await ask(port, { ...asked, ...more })];
  if (first.status === 0 || first.status >= 500) return `no answer to compare with: ${first.status}`;
  const both = [first, second].map(({ status, body }) => `${status} ${body}`);
  return both[0] === both[1] ? undefined : both.join(" but ");
}

async function twice(port, { ana, bo }) {
  const headers = [ana, bo].map((token) => ["Cookie", `capsule=${token}`]);
  const { status } = await ask(port, { target: PROJECT, headers });
  return status === 401 || status === 400 ? undefined : `${status}`;
}

async function alike(port, token) {
  const pairs = [["acme/projects/other", "acme/projects/none"], ["labs/projects/other", "nowhere/projects/none"]];
  for (const pair of pairs) {
    const [hidden, absent] = await Promise.all(pair.map((path) => ask(port, { method: "DELETE", target: `/v1/orgs/${path}`, token })));
    if (hidden.status < 403 || hidden.status !== absent.status || hidden.body !== absent.body) return brief([hidden, absent]);
  }
  return undefined;
}

async function forgery(port, token, name) {
  const { status, json } = await ask(port, { target: PROJECT, token });
  const expected = name === "another organization" ? 404 : 401;
  return status === expected && json?.reason !== undefined ? undefined : `${status} ${brief(json ?? null)}`;
}
