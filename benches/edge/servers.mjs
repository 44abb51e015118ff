// Servers, each in a process of its own.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

process.setMaxListeners(0);
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const workerd = here("node_modules/workerd/bin/workerd");
const folder = mkdtempSync(join(tmpdir(), "bailiwick-edge-"));
export const remove = () => rmSync(folder, { recursive: true, force: true });

const MODULES = {
  "guard.wasm": here("node_modules/bailiwick/dist/guard.wasm"),
  "cedar_wasm_bg.wasm": here("node_modules/@cedar-policy/cedar-wasm/web/cedar_wasm_bg.wasm"),
};

const beside = {
  name: "beside",
  setup({ onResolve }) {
    onResolve({ filter: /\.wasm$/ }, ({ path }) => ({ path: basename(path), external: true }));
  },
};

/** Bundles a worker; the folder in which it lies. */
export async function bundled(name, modules) {
  const into = join(folder, name);
  mkdirSync(into, { recursive: true });
  await build({
    entryPoints: [here(`${name}.mjs`)],
    outfile: join(into, "worker.mjs"),
    bundle: true,
    minify: true,
    format: "esm",
    conditions: ["workerd", "worker", "browser"],
    external: ["cloudflare:workers"],
    plugins: [beside],
    logLevel: "error",
  });
  for (const module of modules) copyFileSync(MODULES[module], join(into, module));
  return { into, modules };
}

/** Starts workerd with a bundled worker; gives the port, and the milliseconds until it listens. */
export async function startWorkerd({ into, modules }, env) {
  const port = await freePort();
  const config = join(into, `${port}.capnp`);
  const text = JSON.stringify;
  const files = modules.map((file) => `, (name = ${text(file)}, wasm = embed ${text(file)})`).join("");
  const bindings = Object.entries(env).map(([name, value]) => `(name = ${text(name)}, text = ${text(value)})`);
  writeFileSync(
    config,
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = (
    modules = [(name = "worker.mjs", esModule = embed "worker.mjs")${files}],
    compatibilityDate = "2026-04-01", bindings = [${bindings}]))],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")]);
`,
  );
  return started(workerd, ["serve", config], port, {});
}

export async function startNode(env) {
  const port = await freePort();
  return started(process.execPath, [here("node.mjs")], port, env);
}

async function started(file, options, port, env) {
  const start = performance.now();
  const child = spawn(file, options, { env: { ...process.env, ...env, PORT: String(port) }, stdio: ["ignore", "ignore", "inherit"] });
  const ended = once(child, "exit");
  process.once("exit", () => child.kill("SIGKILL"));
  while (!(await listens(port))) {
    if (child.exitCode !== null) throw new Error("it ended");
    await setTimeout(1);
  }
  return { port, start, spent: () => spentBy(child.pid), stop: () => (child.kill("SIGKILL"), ended) };
}

/** The milliseconds that all threads of a process were on a processor; nothing where the system does not tell. */
function spentBy(pid) {
  const tasks = `/proc/${pid}/task`;
  if (!existsSync(tasks)) return NaN;
  const spent = (task) => Number(readFileSync(`${tasks}/${task}/schedstat`, "utf8").split(" ")[0]) / 1e6;
  return readdirSync(tasks).reduce((sum, task) => sum + spent(task), 0);
}

function listens(port) {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => (socket.destroy(), resolve(true)));
    socket.on("error", () => resolve(false));
  });
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  return port;
}
