// A guarded app of Hono, here as a worker of Cloudflare's; the variables are those of worker.mjs. One table is the guard's and the router's.
import { env } from "cloudflare:workers";
import { Hono } from "hono";
import { createVerifier } from "bailiwick/capsule";
import { createGuard, fromCookie } from "bailiwick/guard";
import { guardHono, passageOf } from "bailiwick/guard/adapters";
import { routes } from "./routes.mjs";

const guard = createGuard({
  routes,
  vocabulary: Uint8Array.from(atob(env.VOCABULARY), (byte) => byte.charCodeAt(0)),
  capsule: fromCookie("capsule"),
  verify: createVerifier({ keys: JSON.parse(env.KEYS), audience: "api.acme.com" }),
});

const answer = (c) => {
  const { route, principal } = passageOf(c);
  return c.json({ method: c.req.method, path: c.req.path, route, principal, params: c.req.param() });
};

const app = new Hono();
app.use(guardHono(guard));
for (const { method, path } of routes) app.on(method, path.replaceAll(/\{(\w+)\}/g, ":$1"), answer);
export default app;
