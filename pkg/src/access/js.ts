/** For pages whose Content-Security-Policy forbids WebAssembly: the same module, translated into JavaScript. Larger and slower. */
import fresh from "js:access";
import { start } from "../load.js";

start(fresh);

export { init } from "../ready.js";
export * from "./surface.js";
