/**
 * The same API without the module, for who wants to stream or to cache it: hand it to `init` before anything else.
 *
 * @example
 * import { Policy, init } from "bailiwick/slim";
 *
 * await init(fetch("/assets/bailiwick.wasm")); // the file is `bailiwick/bailiwick.wasm`
 *
 * @module
 */
import fresh from "glue:bailiwick";
import { initializer } from "./stream.js";

export type { ModuleInput } from "./stream.js";

/**
 * Brings the module in. Call it once before anything else: until then every call throws `ERR_NOT_INITIALIZED`. Where a module is already
 * there it does nothing; after a failure the next call tries again. Throws `ERR_MODULE` for what is not this module.
 *
 * @param input the module, its bytes, a response with it, where to fetch it, or a promise of one of these
 * @example
 * await init(new URL("bailiwick/bailiwick.wasm", import.meta.url));
 */
export const init = initializer("bailiwick", fresh);

export * from "./surface.js";
