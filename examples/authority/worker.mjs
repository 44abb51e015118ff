// An authority on Cloudflare. The secrets: CAPSULE_KEYS (`newSigningKeys`), DEVELOPMENT_KEY on your own machine alone. The variables: ISSUER,
// AUDIENCE and JWKS_URL of your sign-in, OPERATOR, who may give the host's own commands. The configuration binds ORGANIZATIONS and PERSONS (classes with SQLite) and REVISIONS (KV).
import { developmentIssuer, jwtIdentity } from "bailiwick/authority";
import { defineAuthority } from "bailiwick/cloudflare";
import pinecone from "bailiwick/presets/pinecone";

const people = [
  { id: "ana@acme.example", name: "Ana Moreau" },
  { id: "bo@acme.example", name: "Bo Lindqvist" },
  { id: "chiara@acme.example", name: "Chiara Rossi" },
];

const authority = defineAuthority({
  policy: pinecone,
  audience: "bailiwick-example",
  prefix: "/api",
  identity: ({ ISSUER, AUDIENCE, JWKS_URL }) =>
    ISSUER === undefined ? undefined : jwtIdentity({ issuer: ISSUER, audience: AUDIENCE, jwksUrl: JWKS_URL }),
  operator: ({ principal }, { OPERATOR }) => principal === OPERATOR,
  development: ({ DEVELOPMENT_KEY }) =>
    DEVELOPMENT_KEY === undefined ? undefined : developmentIssuer({ key: JSON.parse(DEVELOPMENT_KEY), people }),
});

export const { Organization, Persons } = authority;
export default { fetch: authority.fetch };
