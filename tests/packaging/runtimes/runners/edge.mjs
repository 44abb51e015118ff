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

async function answer({ root, small, write }) {
  write("edge-main.mjs", handler(small));
  const { outputFiles } = await build({
    entryPoints: [join(root, "edge-main.mjs")],
    bundle: true,
    write: false,
    format: "iife",
    conditions: ["edge-light", "worker", "browser"],
    plugins: [marked],
    logLevel: "error",
  });
  const compiled = (name) => new WebAssembly.Module(readFileSync(join(root, `node_modules/bailiwick/dist/${name}.wasm`)));
  const names = ["bailiwick", ...(small ? ["access"] : [])];
  const MODULES = Object.fromEntries(names.map((name) => [name, compiled(name)]));
  const runtime = new EdgeRuntime({
    initialCode: outputFiles[0].text,
    extend: (context) => Object.assign(context, { MODULES }),
  });
  const response = await runtime.dispatchFetch("http://localhost/");
  return response.json();
}

export const checks = [["Vercel's edge-runtime", answer]];
