/** For Vercel's edge runtime, which marks a module that it is to compile. */
import fresh from "glue:access";
import module from "../access.wasm?module";
import { instancesOf } from "../instance.js";
import { start } from "../load.js";

const instantiate = instancesOf(module);
start(() => fresh(instantiate));

export { init } from "../ready.js";
export * from "./surface.js";
