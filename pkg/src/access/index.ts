/**
 * Answers from a prepared access, and nothing else: what most pages and all guards need, over a small module of its own.
 *
 * @example
 * import { Access } from "bailiwick/access";
 *
 * const access = Access.open(bytes); // made elsewhere by `directory.access(…).bytes()`
 * access.can("query_vectors", "project", "search"); // true
 * access.can("delete", "project", "search"); // false
 *
 * @module
 */
import fresh from "glue:access";
import letters from "letters:access";
import { instancesOf } from "../instance.js";
import { bytesOf } from "../letters.js";
import { start } from "../load.js";

const instantiate = instancesOf(new WebAssembly.Module(bytesOf(letters)));
start(() => fresh(instantiate));

export { init } from "../ready.js";
export * from "./surface.js";
