// Cloudflare's runtime, through miniflare: a worker bundled as wrangler does it, the module a file beside it.
import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { Miniflare } from "miniflare";

const WORKER = `import { ask } from "./ask.mjs";
import * as api from "bailiwick";
export default { fetch: () => Response.json(ask(api)) };
`;

async function bundle({ root, write }) {
  const folder = join(root, "worker");
  mkdirSync(folder);
  write("worker-main.mjs", WORKER);
  await build({
    entryPoints: [join(root, "worker-main.mjs")],
    outfile: join(folder, "worker.mjs"),
    bundle: true,
    format: "esm",
    conditions: ["workerd", "worker", "browser"],
    external: ["*.wasm"],
    logLevel: "error",
  });
  copyFileSync(join(root, "node_modules/bailiwick/dist/bailiwick.wasm"), join(folder, "bailiwick.wasm"));
  return folder;
}

async function answer(project) {
  const folder = await bundle(project);
  const worker = new Miniflare({
    modules: true,
    modulesRoot: folder,
    scriptPath: join(folder, "worker.mjs"),
    modulesRules: [{ type: "CompiledWasm", include: ["**/*.wasm"] }],
    compatibilityDate: "2026-04-01",
    host: "127.0.0.1",
    port: 0,
    cf: false,
  });
  try {
    const response = await worker.dispatchFetch("http://localhost/");
    return await response.json();
  } finally {
    await worker.dispose();
  }
}

export const checks = [["workerd, through miniflare", answer]];
