/** For Cloudflare's workers: the runtime compiles the module when it is deployed, and no other way is allowed. */
import fresh from "glue:guard";
import module from "../guard.wasm";
import { instancesOf } from "../instance.js";
import { start } from "./instances.js";

const instantiate = instancesOf(module);
start(() => fresh(instantiate));

export { init } from "../ready.js";
export * from "./surface.js";
