/**
 * The same without the module, for who wants to stream or to cache it: hand it to `init` before anything else.
 *
 * @example
 * import { createGuard, init } from "bailiwick/guard/slim";
 *
 * await init(fetch("/assets/guard.wasm")); // the file is `bailiwick/guard.wasm`
 *
 * @module
 */
import fresh from "glue:guard";
import { bringer } from "../stream.js";
import { start, isThere } from "./instances.js";

export type { ModuleInput } from "../stream.js";

/**
 * Brings the module in. Call it once before anything else: until then `createGuard` throws `ERR_NOT_INITIALIZED`. Where a module is already
 * there it does nothing; after a failure the next call tries again. Throws `ERR_MODULE` for what is not this module.
 *
 * @param input the module, its bytes, a response with it, where to fetch it, or a promise of one of these
 * @example
 * await init(new URL("bailiwick/guard.wasm", import.meta.url));
 */
export const init = bringer(isThere, (instantiate) => {
  if (typeof fresh(instantiate).routes !== "function") throw new Error("another module");
  start(() => fresh(instantiate));
});

export * from "./surface.js";
