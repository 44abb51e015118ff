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
import digits from "hex:access";
import { bytesOf } from "../hex.js";
import { instancesOf } from "../instance.js";
import { start } from "../load.js";

const instantiate = instancesOf(new WebAssembly.Module(bytesOf(digits)));
start(() => fresh(instantiate));

export { init } from "../ready.js";
export * from "./surface.js";
