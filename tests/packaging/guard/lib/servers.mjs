// The servers: each in a process of its own, before each the guard, behind it handlers that say what they saw.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { EdgeRuntime } from "edge-runtime";
import { build } from "esbuild";
import { worker } from "./worker.mjs";

const bin = (name) => new URL(`../node_modules/.bin/${name}`, import.meta.url).pathname;

/** A program of the project, which listens at PORT. */
const program = (file, options) => async (project) => {
  const port = await freePort();
  return started(project, port, file, options);
};

const ofWorkerd = (name) => async (project) => {
  const port = await freePort();
  return started(project, port, bin("workerd"), await worker(project, name, port));
};

/** By name: how it is started, and whether its handlers see the target as it came. */
export const SERVERS = {
  "Node http": { start: program(process.execPath, ["node.mjs"]), raw: true },
  Express: { start: program(process.execPath, ["express.mjs"]), raw: true },
  "workerd, examples/edge/worker.mjs": { start: ofWorkerd("worker"), raw: false },
  "Hono in workerd, examples/edge/hono.mjs": { start: ofWorkerd("hono"), raw: false },
  "Deno, examples/edge/deno.ts": {
    start: program(bin("deno"), ["run", "--no-remote", "--no-prompt", "--allow-read=.", "--allow-env=VOCABULARY,KEYS,PORT", "--allow-net=127.0.0.1", "deno.ts"]),
    raw: false,
  },
  Bun: { start: program(bin("bun"), ["run", "bun.mjs"]), raw: false },
  "Next.js middleware in the edge runtime": { start: middleware, raw: false },
};

/** The worker that builds wrong tables. */
export const tables = ofWorkerd("tables");

async function started({ root, world }, port, file, options) {
  const child = spawn(file, options, { cwd: root, env: { ...process.env, ...world.env, PORT: String(port) }, stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.on("data", (text) => (said += text));
  const ended = once(child, "exit");
  const stop = () => (child.kill("SIGKILL"), ended);
  const deadline = Date.now() + 60_000;
  while (!(await answers(port))) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`it does not listen: ${said}`, await stop());
    await setTimeout(50);
  }
  return { port, stop };
}

function answers(port) {
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

/** As its builds do, a marked module is compiled beforehand, outside, and handed in. */
const marked = {
  name: "marked",
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /\.wasm\?module$/ }, () => ({ path: "guard", namespace: "marked" }));
    onLoad({ filter: /./, namespace: "marked" }, () => ({ contents: "export default MODULE;" }));
  },
};

async function middleware({ root, world }) {
  const { outputFiles } = await build({
    entryPoints: [join(root, "next.mjs")],
    bundle: true,
    write: false,
    format: "iife",
    conditions: ["edge-light", "worker", "browser"],
    plugins: [marked],
    logLevel: "error",
  });
  const MODULE = new WebAssembly.Module(readFileSync(join(root, "node_modules/bailiwick/dist/guard.wasm")));
  const extend = (context) => Object.assign(context, { MODULE, VARIABLES: world.env });
  const runtime = new EdgeRuntime({ initialCode: outputFiles[0].text, extend });
  return listening(runtime);
}

/** The runtime behind a server of Node: its own one ends with the first target that is no URL. */
async function listening(runtime) {
  const server = createHttpServer(async ({ method, url, rawHeaders }, response) => {
    try {
      const { href } = new URL(url, "http://api.acme.com");
      const answer = await runtime.dispatchFetch(href, { method, headers: pairsOf(rawHeaders) });
      response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
    } catch {
      response.writeHead(400).end();
    }
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return { port: server.address().port, stop: () => (server.closeAllConnections(), server.close()) };
}

function pairsOf(raw) {
  return raw.flatMap((name, place) => (place % 2 === 0 ? [[name, raw[place + 1]]] : []));
}
