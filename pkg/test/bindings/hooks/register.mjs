// `node --import` this: the browser's builds of the frameworks, one copy of each, and their sources compiled on the way in.
import { register } from "node:module";

register("./hooks.mjs", import.meta.url);
