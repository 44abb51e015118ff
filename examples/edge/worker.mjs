// A guarded API on Cloudflare's workers. The variables: VOCABULARY, `policy.vocabulary()` in base64; KEYS, the public keys by their ids.
import { env } from "cloudflare:workers";
import { createVerifier } from "bailiwick/capsule";
import { createGuard, fromCookie } from "bailiwick/guard";
import { guardFetch } from "bailiwick/guard/adapters";
import { routes } from "./routes.mjs";

const guard = createGuard({
  routes,
  vocabulary: Uint8Array.from(atob(env.VOCABULARY), (byte) => byte.charCodeAt(0)),
  capsule: fromCookie("capsule"),
  verify: createVerifier({ keys: JSON.parse(env.KEYS), audience: "api.acme.com" }),
});

const answer = ({ method, url }, { route, principal, params }) =>
  Response.json({ method, path: new URL(url).pathname, route, principal, params });

export default { fetch: guardFetch(guard, answer) };
