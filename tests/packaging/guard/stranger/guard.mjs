// The guard of the examples, for servers whose variables are the process's.
import { createVerifier } from "bailiwick/capsule";
import { createGuard, fromCookie } from "bailiwick/guard";
import { routes } from "./routes.mjs";

export { routes };
export const guardOf = ({ VOCABULARY, KEYS }, rows = routes) =>
  createGuard({
    routes: rows,
    vocabulary: Uint8Array.from(atob(VOCABULARY), (byte) => byte.charCodeAt(0)),
    capsule: fromCookie("capsule"),
    verify: createVerifier({ keys: JSON.parse(KEYS), audience: "api.acme.com" }),
  });

/** What a handler says that was reached: what it saw, and what let it pass. */
export const seen = (method, path, { route, principal, params }) => ({ method, path, route, principal, params });
