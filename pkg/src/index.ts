/**
 * Bailiwick decides who may do what in a product built from organizations, projects, roles and shared resources, and says why.
 *
 * @example
 * import { Directory, Policy, init } from "bailiwick";
 * import pinecone from "bailiwick/presets/pinecone";
 *
 * await init();
 * const policy = Policy.compile(pinecone);
 * const directory = Directory.load(policy, document);
 * const access = directory.access("user/bo@acme.com", "acme");
 * access.can("query_vectors", "project", "search"); // true
 * access.can("delete", "project", "search"); // false
 *
 * @module
 */
export { Access, type AccessOptions } from "./api/access.js";
export type * from "./api/commands.js";
export type { Clock } from "./api/clock.js";
export type * from "./api/decision.js";
export { Directory } from "./api/directory.js";
export type * from "./api/documents.js";
export { BailiwickError, BailiwickTypeError } from "./api/errors.js";
export type { ActionName, KindName, RoleName } from "./api/names.js";
export { Policy } from "./api/policy.js";
export type * from "./api/questions.js";
export { init, reset } from "./load.js";
