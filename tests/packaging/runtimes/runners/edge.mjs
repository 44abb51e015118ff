// Vercel's edge runtime: as its builds do, a marked module is compiled beforehand, outside, and handed in.
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { EdgeRuntime } from "edge-runtime";
import { build } from "esbuild";

const handler = (small) => `import { ask, askSmall } from "./ask.mjs";
import * as full from "bailiwick";
async function answer() {
  const answer = ask(full);
  return Response.json(${small ? `askSmall(answer, full, await import("bailiwick/access"))` : "answer"});
}
addEventListener("fetch", (event) => event.respondWith(answer()));
`;

/** `x.wasm?module` is a module of the sandbox. */
const marked = {
  name: "marked",
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /\.wasm\?module$/ }, ({ path }) => ({ path: basename(path, ".wasm?module"), namespace: "marked" }));
    onLoad({ filter: /./, namespace: "marked" }, ({ path }) => ({ contents: `export default MODULES.${path};` }));
  },
};

/** The runtime with a handler in it, and these modules of the package. */
export async function edge({ root, write }, name, code, modules, define = {}) {
  write(`${name}.mjs`, code);
  const { outputFiles } = await build({
    entryPoints: [join(root, `${name}.mjs`)],
    bundle: true,
    write: false,
    format: "iife",
    conditions: ["edge-light", "worker", "browser"],
    define,
    plugins: [marked],
    logLevel: "error",
  });
  const compiled = (name) => new WebAssembly.Module(readFileSync(join(root, `node_modules/bailiwick/dist/${name}.wasm`)));
  const MODULES = Object.fromEntries(modules.map((name) => [name, compiled(name)]));
  const initialCode = outputFiles[0].text;
  return new EdgeRuntime({ initialCode, extend: (context) => Object.assign(context, { MODULES }) });
}

async function answer(project) {
  const modules = ["bailiwick", ...(project.small ? ["access"] : [])];
  const runtime = await edge(project, "edge-main", handler(project.small), modules);
  const response = await runtime.dispatchFetch("http://localhost/");
  return response.json();
}

export const checks = [["Vercel's edge-runtime", answer]];
