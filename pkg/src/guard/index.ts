/**
 * Stands at the door: a request comes in, a decision goes out. A table of routes says what each request needs; what has no row, or a path
 * that could be read in two ways, does not pass.
 *
 * @example
 * import { createVerifier } from "bailiwick/capsule";
 * import { createGuard, fromCookie } from "bailiwick/guard";
 *
 * const guard = createGuard({ routes, vocabulary, capsule: fromCookie("capsule"), verify: createVerifier({ keys, audience }) });
 * const passage = await guard(request);
 * if (!passage.allowed) return passage.response;
 *
 * @module
 */
import fresh from "glue:guard";
import letters from "letters:guard";
import { instancesOf } from "../instance.js";
import { bytesOf } from "../letters.js";
import { start } from "./instances.js";

const instantiate = instancesOf(new WebAssembly.Module(bytesOf(letters)));
start(() => fresh(instantiate));

export { init } from "../ready.js";
export * from "./surface.js";
