// Cloudflare's runtime, through miniflare: a worker bundled as wrangler does it, the module a file beside it.
import { copyFileSync, mkdirSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { build } from "esbuild";
import { Miniflare } from "miniflare";
import { program } from "../lib/project.mjs";

const WORKER = `import answer from "./worker-program.mjs";
export default { fetch: () => Response.json(answer) };
`;

/** A module lies beside the worker under its own name. */
const beside = {
  name: "beside",
  setup({ onResolve }) {
    onResolve({ filter: /\.wasm$/ }, ({ path }) => ({ path: `./${basename(path)}`, external: true }));
  },
};

async function bundle(project) {
  const { root, write } = project;
  const folder = join(root, "worker");
  mkdirSync(folder);
  write("worker-program.mjs", program(project, "bailiwick", "bailiwick/access"));
  write("worker-main.mjs", WORKER);
  await build({
    entryPoints: [join(root, "worker-main.mjs")],
    outfile: join(folder, "worker.mjs"),
    bundle: true,
    format: "esm",
    conditions: ["workerd", "worker", "browser"],
    plugins: [beside],
    logLevel: "error",
  });
  const dist = join(root, "node_modules/bailiwick/dist");
  const modules = readdirSync(dist).filter((file) => file.endsWith(".wasm"));
  for (const file of modules) copyFileSync(join(dist, file), join(folder, file));
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
