// An authority, and beside it a product's API behind a guard of its own that asks KV for the least revision; /api/linear says what its modules take.
import { linear } from "./lib/linear.mjs";
import { developmentIssuer } from "bailiwick/authority";
import { createVerifier } from "bailiwick/capsule";
import { defineAuthority, publishedRevision } from "bailiwick/cloudflare";
import { createGuard } from "bailiwick/guard";
import { Policy } from "bailiwick";
import pinecone from "bailiwick/presets/pinecone";

const AUDIENCE = "bailiwick-soak";

const authority = defineAuthority({
  policy: pinecone,
  audience: AUDIENCE,
  prefix: "/api",
  lifetime: 20_000,
  operator: ({ principal }) => principal === "user/operator@soak.example",
  development: ({ DEVELOPMENT_KEY }) => developmentIssuer({ key: JSON.parse(DEVELOPMENT_KEY) }),
});

const row = (method, path, action, kind, id) => ({
  method,
  path: `/api/product/{organization}${path}`,
  action,
  kind,
  organization: "organization",
  ...(id && { id }),
});

const routes = [
  row("GET", "/billing", "view_billing", "organization"),
  row("DELETE", "/projects/{project}", "delete", "project", "project"),
  row("POST", "/projects/{project}/query", "query_vectors", "project", "project"),
];

let guard;

function guardOf({ CAPSULE_KEYS, REVISIONS }) {
  const { keys } = JSON.parse(CAPSULE_KEYS);
  const publics = Object.entries(keys).map(([kid, { kty, crv, x }]) => [kid, { kty, crv, x }]);
  return createGuard({
    routes,
    vocabulary: Policy.compile(pinecone).vocabulary(),
    capsule: ({ headers }) => headers.get("bailiwick-capsule"),
    verify: createVerifier({ keys: Object.fromEntries(publics), audience: AUDIENCE }),
    minRevision: (_, organization) => publishedRevision(REVISIONS, organization),
  });
}

export const { Organization, Persons } = authority;

export default {
  async fetch(request, env) {
    const { pathname } = new URL(request.url);
    if (pathname === "/api/linear") return Response.json({ linear: linear() });
    if (!pathname.startsWith("/api/product/")) return authority.fetch(request, env);
    guard ??= guardOf(env);
    const outcome = await guard(request);
    return outcome.allowed ? Response.json({ principal: outcome.principal }) : outcome.response;
  },
};
