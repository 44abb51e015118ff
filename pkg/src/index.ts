/**
 * Bailiwick decides who may do what in a product built from organizations, projects, roles and shared resources, and says why.
 *
 * @example
 * import { Directory, Policy } from "bailiwick";
 * import pinecone from "bailiwick/presets/pinecone";
 *
 * const policy = Policy.compile(pinecone);
 * const directory = Directory.load(policy, document);
 * const access = directory.access("user/bo@acme.com", "acme");
 * access.can("query_vectors", "project", "search"); // true
 * access.can("delete", "project", "search"); // false
 *
 * @module
 */
import fresh from "glue:bailiwick";
import letters from "letters:bailiwick";
import { instancesOf } from "./instance.js";
import { bytesOf } from "./letters.js";
import { start } from "./load.js";

const instantiate = instancesOf(new WebAssembly.Module(bytesOf(letters)));
start(() => fresh(instantiate));

export { init } from "./ready.js";
export * from "./surface.js";
