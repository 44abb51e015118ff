// A guarded API over the small company, and requests to it.
import { webcrypto } from "node:crypto";
import { createVerifier, signCapsule } from "bailiwick/capsule";
import { createGuard, fromCookie } from "bailiwick/guard";
import { company } from "./company.mjs";

export const NOW = 1_790_000_000_000;
export const MINUTE = 60_000;
export const audience = "api.acme.com";

export const { policy, directory } = company();
export const vocabulary = policy.vocabulary();
export const { privateKey, publicKey } = await webcrypto.subtle.generateKey("Ed25519", true, ["sign", "verify"]);

export const routes = [
  { method: "GET", path: "/health", public: true },
  { method: "GET", path: "/v1/orgs/{org}", action: "view_account", kind: "organization", organization: "org" },
  { method: "PATCH", path: "/v1/orgs/{org}", action: "rename", kind: "organization", organization: "org" },
  { method: "GET", path: "/v1/orgs/{org}/billing", action: "view_billing", kind: "organization", organization: "org" },
  {
    method: "GET",
    path: "/v1/orgs/{org}/projects/{prj}",
    action: "query_vectors",
    kind: "project",
    id: "prj",
    organization: "org",
  },
  {
    method: "POST",
    path: "/v1/orgs/{org}/projects/{prj}",
    action: "query_vectors",
    kind: "project",
    id: "prj",
    organization: "org",
  },
  {
    method: "DELETE",
    path: "/v1/orgs/{org}/projects/{prj}",
    action: "delete",
    kind: "project",
    id: "prj",
    organization: "org",
  },
];

export const keys = { k1: publicKey };
export const verify = createVerifier({ keys, audience });

/** The bytes of a capsule, issued now for five minutes unless said otherwise. */
export const capsuleOf = (
  who,
  where = "acme",
  { from = directory, issuedAt = NOW, notAfter = issuedAt + 5 * MINUTE } = {},
) => from.capsule(who, where, { issuedAt, notAfter });

/** The same, signed. */
export const tokenOf = (who, where, life) => signed(capsuleOf(who, where, life));
export const signed = (bytes, more) => signCapsule(bytes, { key: privateKey, kid: "k1", audience, ...more });

export const guardOf = (more) =>
  createGuard({ routes, vocabulary, capsule: fromCookie("capsule"), verify, clock: () => NOW, ...more });

/** A request with a token in its cookie. */
export const requestOf = (method, path, token, headers = {}) =>
  new Request(`http://api.acme.com${path}`, {
    method,
    headers: { ...(token === undefined ? {} : { cookie: `theme=dark; capsule=${token}` }), ...headers },
  });

/** A request as a server has it that does not parse: method and path as they are. */
export const askedFor = (method, path, token) => ({ method, path, request: { headers: headersOf(token) } });
export const targeted = (method, target, token) => ({ method, target, request: { headers: headersOf(token) } });

const headersOf = (token) => new Headers(token === undefined ? {} : { cookie: `capsule=${token}` });
