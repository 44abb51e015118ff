// Vercel's edge runtime: as its builds do, a marked module is compiled beforehand, outside, and handed in.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { EdgeRuntime } from "edge-runtime";
import { build } from "esbuild";

const HANDLER = `import { ask } from "./ask.mjs";
import * as api from "bailiwick";
addEventListener("fetch", (event) => event.respondWith(Response.json(ask(api))));
`;

/** `x.wasm?module` is a name in the sandbox. */
const marked = {
  name: "marked",
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /\.wasm\?module$/ }, ({ path }) => ({ path, namespace: "marked" }));
    onLoad({ filter: /./, namespace: "marked" }, () => ({ contents: "export default MODULE;" }));
  },
};

async function answer({ root, write }) {
  write("edge-main.mjs", HANDLER);
  const { outputFiles } = await build({
    entryPoints: [join(root, "edge-main.mjs")],
    bundle: true,
    write: false,
    format: "iife",
    conditions: ["edge-light", "worker", "browser"],
    plugins: [marked],
    logLevel: "error",
  });
  const bytes = readFileSync(join(root, "node_modules/bailiwick/dist/bailiwick.wasm"));
  const MODULE = new WebAssembly.Module(bytes);
  const runtime = new EdgeRuntime({
    initialCode: outputFiles[0].text,
    extend: (context) => Object.assign(context, { MODULE }),
  });
  const response = await runtime.dispatchFetch("http://localhost/");
  return response.json();
}

export const checks = [["Vercel's edge-runtime", answer]];
