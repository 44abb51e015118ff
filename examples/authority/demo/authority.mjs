// An authority, and beside it the API of a product behind a guard of its own. The worker of a product says which roles it has.
import { createGuard, fromBearer } from "bailiwick/guard";
import { createVerifier } from "bailiwick/capsule";
import { developmentIssuer } from "bailiwick/authority";
import { defineAuthority, publishedRevision } from "bailiwick/cloudflare";
import { Policy } from "bailiwick";

const PRODUCT = "/api/product/";

/** Long enough to try the lines that the demo shows. */
const HOUR = 3_600_000;

/** What a worker exports: `policy` is the role model, `routes` the product's own API. */
export function demoOf({ policy, routes }) {
  const audience = `demo of ${policy.name}`;
  const authority = defineAuthority({
    policy,
    audience,
    prefix: "/api",
    lifetime: HOUR,
    operator: ({ principal }) => principal === "user/operator@demo.example",
    development: ({ DEVELOPMENT_KEY, PEOPLE }) => developmentIssuer({ key: JSON.parse(DEVELOPMENT_KEY), people: JSON.parse(PEOPLE) }),
  });
  let guard;
  const guarded = async (request, env) => {
    guard ??= createGuard({
      routes: routes.map(({ path, ...row }) => ({ ...row, path: PRODUCT + path })),
      vocabulary: Policy.compile(policy).vocabulary(),
      capsule: fromBearer(),
      verify: createVerifier({ keys: publicKeys(env), audience }),
      minRevision: (_, organization) => publishedRevision(env.REVISIONS, organization),
    });
    const outcome = await guard(request);
    return outcome.allowed ? Response.json({ done: `${request.method} ${new URL(request.url).pathname.slice(PRODUCT.length)}` }) : outcome.response;
  };
  const fetch = (request, env) =>
    new URL(request.url).pathname.startsWith(PRODUCT) ? guarded(request, env) : authority.fetch(request, env);
  return { Organization: authority.Organization, Persons: authority.Persons, fetch };
}

/** Who only verifies needs no private half. */
function publicKeys({ CAPSULE_KEYS }) {
  const { keys } = JSON.parse(CAPSULE_KEYS);
  return Object.fromEntries(Object.entries(keys).map(([kid, { kty, crv, x }]) => [kid, { kty, crv, x }]));
}
