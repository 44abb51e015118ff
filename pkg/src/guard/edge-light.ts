/** For Vercel's edge runtime, which marks a module that it is to compile. */
import fresh from "glue:guard";
import module from "../guard.wasm?module";
import { instancesOf } from "../instance.js";
import { start } from "./instances.js";

const instantiate = instancesOf(module);
start(() => fresh(instantiate));

export { init } from "../ready.js";
export * from "./surface.js";
