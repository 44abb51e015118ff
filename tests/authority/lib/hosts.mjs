// Where an authority runs: each in a process of its own, on loopback, with what it keeps in a folder.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

/** By name: how it is started. What keeps nothing cannot be started again. */
export const HOSTS = {
  "Node, in memory": (project) => started(project, "memory.mjs", false),
  "Node over SQLite, examples/authority/node.mjs": (project) => started(project, "node.mjs", true),
  "workerd, examples/authority/worker.mjs": (project) => started(project, "local.mjs", true),
};

/** Starts a program of the project, which says on its first line where it is asked, and which other process it has started. */
async function started({ root }, file, keeps) {
  const folder = mkdtempSync(join(root, "kept-"));
  const port = await freePort();
  const base = `http://127.0.0.1:${port}/api`;
  let running = await run(root, file, folder, port);
  const again = async (end) => {
    const before = running;
    // Its process ids may be others' by the time somebody asks again.
    running = undefined;
    if (before === undefined) throw new Error("it did not start the last time");
    await end(before);
    while (!(await isFree(port))) await pause(20);
    running = await run(root, file, folder, port);
  };
  return {
    base,
    stop: async () => running && ended(running, "SIGTERM"),
    ...(keeps && { restart: () => again((program) => ended(program, "SIGTERM")), kill: () => again(killed) }),
  };
}

async function run(root, file, folder, port) {
  const env = { ...process.env, OPERATOR: "user/operator@acme.example" };
  const child = spawn(process.execPath, [file, folder, String(port)], { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
  let [said, wrong] = ["", ""];
  child.stdout.on("data", (text) => (said += text));
  child.stderr.on("data", (text) => (wrong += text));
  const gone = once(child, "exit");
  for (const deadline = Date.now() + 60_000; !said.includes("/api/policy"); await pause(20))
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`it does not start: ${wrong}`);
  return { child, gone, other: Number(/ process (\d+)/.exec(said)?.[1] ?? 0) };
}

async function ended({ child, gone }, signal) {
  child.kill(signal);
  await gone;
}

/** At once, in the middle of whatever it does: the program that keeps things first. */
async function killed({ child, gone, other }) {
  if (other > 0) process.kill(other, "SIGKILL");
  child.kill("SIGKILL");
  await gone;
}

/** What was killed holds its port until the system has cleared it away. */
function isFree(port) {
  const server = createServer().listen(port, "127.0.0.1");
  return new Promise((resolve) => {
    server.once("error", () => resolve(false));
    server.once("listening", () => server.close(() => resolve(true)));
  });
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  return port;
}
