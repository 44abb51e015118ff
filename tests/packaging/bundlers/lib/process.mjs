// Commands that a stranger types.
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

const QUIET = { CI: "true", NO_COLOR: "1", NEXT_TELEMETRY_DISABLED: "1" };

/** The environment of somebody who knows nothing of ours: what an npm above us has set is left out. */
function environment() {
  const own = Object.entries(process.env).filter(([name]) => !/^(npm_|node_env$|force_color$)/i.test(name));
  return { ...Object.fromEntries(own), ...QUIET };
}

function start(command, words, cwd) {
  const child = spawn(command, words, { cwd, env: environment(), stdio: ["ignore", "pipe", "pipe"], detached: true });
  const said = { text: "" };
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (said.text += chunk));
  const ended = new Promise((resolve) => {
    child.on("error", (error) => resolve(String(error)));
    child.on("close", resolve);
  });
  return { child, said, ended };
}

/** Runs a command to its end and gives what it said. */
export async function run(command, words, cwd) {
  const { said, ended } = start(command, words, cwd);
  const code = await ended;
  if (code !== 0) throw new Error(`\`${command} ${words.join(" ")}\` ended with ${code}:\n${said.text.slice(-4000)}`);
  return said.text;
}

/** Starts a server of the project and waits until it answers. */
export async function serving(script, options, cwd) {
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const { child, said, ended } = start("npm", ["run", script, "--", ...options, "--port", String(port)], cwd);
  const stop = async () => {
    if (child.exitCode === null) process.kill(-child.pid);
    await ended;
  };
  for (let tries = 0; tries < 600 && child.exitCode === null; tries += 1) {
    if (await answers(address)) return { address, stop, said: () => said.text.slice(-4000) };
    await pause(100);
  }
  await stop();
  throw new Error(`\`npm run ${script}\` does not answer:\n${said.text.slice(-4000)}`);
}

async function answers(address) {
  try {
    await (await fetch(address)).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
