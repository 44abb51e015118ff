// Cloudflare's runtime itself: a worker bundled as wrangler does it, the module a file beside it, served by workerd.
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { build } from "esbuild";

/** A module lies beside the worker under its own name. */
const beside = {
  name: "beside",
  setup({ onResolve }) {
    onResolve({ filter: /\.wasm$/ }, ({ path }) => ({ path: basename(path), external: true }));
  },
};

const textOf = (value) => JSON.stringify(value);

const configOf = (port, env) => `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = (
    modules = [(name = "worker.mjs", esModule = embed "worker.mjs"), (name = "guard.wasm", wasm = embed "guard.wasm")],
    compatibilityDate = "2026-04-01",
    bindings = [${Object.entries(env).map(([name, value]) => `(name = ${textOf(name)}, text = ${textOf(value)})`)}],
  ))],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);
`;

/** Bundles a worker of the project; how workerd is started with it. */
export async function worker({ root, world }, name, port) {
  const folder = join(root, `${name}-worker`);
  mkdirSync(folder, { recursive: true });
  await build({
    entryPoints: [join(root, `${name}.mjs`)],
    outfile: join(folder, "worker.mjs"),
    bundle: true,
    format: "esm",
    conditions: ["workerd", "worker", "browser"],
    external: ["cloudflare:workers"],
    plugins: [beside],
    logLevel: "error",
  });
  copyFileSync(join(root, "node_modules/bailiwick/dist/guard.wasm"), join(folder, "guard.wasm"));
  writeFileSync(join(folder, "config.capnp"), configOf(port, world.env));
  return ["serve", join(folder, "config.capnp")];
}
