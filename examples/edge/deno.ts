// A guarded API on Deno: deno run --allow-env --allow-net deno.ts, with the variables of worker.mjs, and PORT.
import { createVerifier } from "bailiwick/capsule";
import { createGuard, fromCookie, type Passage } from "bailiwick/guard";
import { guardFetch } from "bailiwick/guard/adapters";
import { routes } from "./routes.mjs";

const variable = (name: string) => Deno.env.get(name) ?? "";

const guard = createGuard({
  routes,
  vocabulary: Uint8Array.from(atob(variable("VOCABULARY")), (byte) => byte.charCodeAt(0)),
  capsule: fromCookie("capsule"),
  verify: createVerifier({ keys: JSON.parse(variable("KEYS")), audience: "api.acme.com" }),
});

const answer = ({ method, url }: Request, { route, principal, params }: Passage) =>
  Response.json({ method, path: new URL(url).pathname, route, principal, params });

Deno.serve({ hostname: "127.0.0.1", port: Number(variable("PORT")) }, guardFetch(guard, answer));
