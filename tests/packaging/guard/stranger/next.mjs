import { guardNext } from "bailiwick/guard/adapters";
import { guardOf, seen } from "./guard.mjs";

const guard = guardOf(VARIABLES);
export const middleware = guardNext(guard);

/** As Next.js calls it: what the middleware does not answer goes on, to a handler that knows nothing of the guard. */
async function handle(request) {
  const { pathname } = new URL(request.url);
  return (await middleware(request)) ?? Response.json(seen(request.method, pathname, await guard(request)));
}
addEventListener("fetch", (event) => event.respondWith(handle(event.request)));
