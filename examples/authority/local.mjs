// The worker of this folder in Cloudflare's runtime on this machine, with what it keeps in a folder:
//   node local.mjs [folder] [port] [assets]     assets: a folder of static files, served for every path outside of /api/
//                                               OPERATOR in the environment: the principal who may give the host's own commands
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { Miniflare } from "miniflare";
import { newSigningKeys } from "bailiwick/authority";
import { staticFiles } from "./assets.mjs";

/** API paths go to the authority, all others to the files. */
const FRONT = `import worker from "./worker.mjs";
export * from "./worker.mjs";
export default {
  fetch: (request, env) => new URL(request.url).pathname.startsWith("/api/") ? worker.fetch(request, env) : env.FILES.fetch(request),
};`;

/** A module lies beside the worker under its own name. */
const beside = {
  name: "beside",
  setup: ({ onResolve }) => onResolve({ filter: /\.wasm$/ }, ({ path }) => ({ path: `./${basename(path)}`, external: true })),
};

/**
 * Starts it; what was kept in `folder` before is there again. Gives its address, the process id of workerd, which may be killed like any other
 * program, and how it is stopped. `worker` is the file with the worker, `variables` come to those of the worker itself, `inspectorPort` is where a debugger may look into it.
 */
export async function start({ folder, port = 0, assets, worker = fileURLToPath(new URL("worker.mjs", import.meta.url)), variables = {}, inspectorPort }) {
  mkdirSync(folder, { recursive: true });
  const keys = await kept(join(folder, "keys.json"), () => newSigningKeys("k1"));
  const development = await kept(join(folder, "development.json"), () => newSigningKeys("k1"));
  const contents = await bundle(worker);
  const before = children();
  const runtime = new Miniflare({
    modules: [{ type: "ESModule", path: "worker.js", contents }, ...modules()],
    compatibilityDate: "2026-04-01",
    host: "127.0.0.1",
    port: Number(port),
    inspectorPort,
    cf: false,
    telemetry: { enabled: false },
    durableObjects: {
      ORGANIZATIONS: { className: "Organization", useSQLite: true },
      PERSONS: { className: "Persons", useSQLite: true },
    },
    kvNamespaces: ["REVISIONS"],
    durableObjectsPersist: join(folder, "objects"),
    kvPersist: join(folder, "kv"),
    bindings: { CAPSULE_KEYS: JSON.stringify(keys), DEVELOPMENT_KEY: JSON.stringify(development.keys.k1), ...variables },
    serviceBindings: { FILES: staticFiles(assets) },
  });
  const { origin } = await runtime.ready;
  const pid = children().find((child) => !before.includes(child) && isWorkerd(child));
  return { origin, pid, stop: () => runtime.dispose() };
}

/** The worker as wrangler bundles it. */
async function bundle(worker) {
  const { outputFiles } = await build({
    stdin: { contents: FRONT.replaceAll("./worker.mjs", worker), resolveDir: dirname(worker) },
    bundle: true,
    write: false,
    format: "esm",
    conditions: ["workerd", "worker", "browser"],
    external: ["cloudflare:workers"],
    plugins: [beside],
    logLevel: "error",
  });
  return outputFiles[0].text;
}

function modules() {
  const dist = fileURLToPath(new URL("..", import.meta.resolve("bailiwick/authority")));
  const files = readdirSync(dist).filter((file) => file.endsWith(".wasm"));
  return files.map((path) => ({ type: "CompiledWasm", path, contents: readFileSync(join(dist, path)) }));
}

async function kept(file, make) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
  }
  const made = await make();
  writeFileSync(file, JSON.stringify(made), { mode: 0o600 });
  return made;
}

/** The programs that this one has started: Linux alone says it in a file. */
function children() {
  try {
    return readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, "utf8").trim().split(" ").map(Number);
  } catch {
    return [];
  }
}

function isWorkerd(pid) {
  return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0")[0].endsWith("workerd");
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const [, , folder = "data", port = "8787", assets] = process.argv;
  const { OPERATOR } = process.env;
  const variables = OPERATOR === undefined ? {} : { OPERATOR };
  const { origin, pid, stop } = await start({ folder: resolve(folder), port, assets, variables });
  console.log(`${origin}/api/policy; workerd is process ${pid}`);
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => stop().then(() => process.exit(0)));
}
