// The worker of this folder's parent, bundled as wrangler does it, in workerd on loopback.
import { spawn } from "node:child_process";
import { copyFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import workerd from "workerd";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Starts it with these variables; where it listens, and how it is ended. */
export async function serve(folder, variables) {
  await bundle(folder);
  const port = await freePort();
  writeFileSync(join(folder, "config.capnp"), config(port, variables));
  const program = spawn(workerd.default, ["serve", join(folder, "config.capnp")], { stdio: ["ignore", "inherit", "inherit"] });
  const origin = `http://127.0.0.1:${port}`;
  await answering(`${origin}/health`, program);
  return { origin, end: () => program.kill() };
}

async function bundle(folder) {
  await build({
    entryPoints: [at("../worker.mjs")],
    outfile: join(folder, "worker.mjs"),
    bundle: true,
    format: "esm",
    conditions: ["workerd", "worker", "browser"],
    nodePaths: [at("node_modules")],
    external: ["cloudflare:workers"],
    plugins: [{ name: "beside", setup: ({ onResolve }) => onResolve({ filter: /\.wasm$/ }, beside) }],
    logLevel: "error",
  });
  copyFileSync(at("node_modules/bailiwick/dist/guard.wasm"), join(folder, "guard.wasm"));
}

/** The module is a file beside the worker. */
const beside = ({ path }) => ({ path: basename(path), external: true });

const bindings = (variables) =>
  Object.entries(variables).map(([name, value]) => `(name = ${JSON.stringify(name)}, text = ${JSON.stringify(value)})`);

const config = (port, variables) => `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = (
    modules = [(name = "worker.mjs", esModule = embed "worker.mjs"), (name = "guard.wasm", wasm = embed "guard.wasm")],
    compatibilityDate = "2026-04-01",
    bindings = [${bindings(variables)}],
  ))],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);
`;

const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

async function answering(url, program) {
  for (let tries = 0; tries < 100; tries += 1) {
    if (program.exitCode !== null) throw new Error(`workerd ended with ${program.exitCode}`);
    if (await fetch(url).then(({ ok }) => ok, () => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("workerd does not answer within ten seconds");
}
