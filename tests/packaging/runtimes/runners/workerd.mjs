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

async function bundle({ root, write }, name, code) {
  const folder = join(root, name);
  mkdirSync(folder);
  write(`${name}.mjs`, code);
  await build({
    entryPoints: [join(root, `${name}.mjs`)],
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

/** Runs a worker, with what it is bound to, as long as it is used. */
export async function withWorker(project, name, code, bindings, use) {
  const folder = await bundle(project, name, code);
  const worker = new Miniflare({
    modules: true,
    modulesRoot: folder,
    scriptPath: join(folder, "worker.mjs"),
    modulesRules: [{ type: "CompiledWasm", include: ["**/*.wasm"] }],
    compatibilityDate: "2026-04-01",
    host: "127.0.0.1",
    port: 0,
    cf: false,
    ...bindings,
  });
  try {
    return await use(worker);
  } finally {
    await worker.dispose();
  }
}

function answer(project) {
  project.write("worker-program.mjs", program(project, "bailiwick", "bailiwick/access"));
  return withWorker(project, "worker", WORKER, {}, async (worker) =>
    (await worker.dispatchFetch("http://localhost/")).json(),
  );
}

export const checks = [["workerd, through miniflare", answer]];
