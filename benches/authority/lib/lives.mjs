// Starts workerd, kills it by its own process id, and starts it again where it was.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { Heap } from "./heap.mjs";
import { once } from "./http.mjs";

const program = fileURLToPath(new URL("server.mjs", import.meta.url));

/** One workerd after the other, on one port and one folder. */
export class Lives {
  /** How much memory each had at most, in bytes. */
  peaks = [];
  #child;
  #pid;
  #timer;
  #worker;
  #inspector;

  constructor({ folder, port, worker, inspector }) {
    this.folder = folder;
    this.port = port;
    this.origin = `http://127.0.0.1:${port}`;
    this.#worker = worker;
    this.#inspector = inspector;
  }

  static async make(folder, worker = "worker.mjs") {
    return new Lives({ folder, worker, port: await freePort(), inspector: await freePort() });
  }

  async start() {
    const args = [program, this.folder, this.port, this.#worker, this.#inspector].map(String);
    this.#child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
    const { pid } = await said(this.#child);
    this.#pid = pid;
    this.peaks.push(0);
    this.#timer = setInterval(() => this.#look(), 500);
  }

  /** No warning, no last words. */
  async kill() {
    this.#look();
    clearInterval(this.#timer);
    process.kill(this.#pid, "SIGKILL");
    this.#child.kill("SIGKILL");
    await new Promise((resolve) => (this.#child.exitCode === null && this.#child.signalCode === null ? this.#child.once("exit", resolve) : resolve()));
  }

  /** What the worker holds on to when all that is garbage is gone, in bytes: its objects, and the linear memory of its modules. */
  async held() {
    const linear = () => once(this.origin, { path: "/api/linear" });
    const going = setInterval(() => linear().catch(() => {}), 50);
    const heap = await Heap.of(this.#inspector);
    try {
      return { objects: await heap.held(), modules: (await linear()).body.linear };
    } finally {
      clearInterval(going);
      heap.close();
    }
  }

  /** The memory of the one that runs, in bytes. */
  get memory() {
    return residentOf(this.#pid);
  }

  #look() {
    const last = this.peaks.length - 1;
    this.peaks[last] = Math.max(this.peaks[last], residentOf(this.#pid));
  }
}

/** The memory of a process in bytes; 0 where the system does not say it in a file. */
function residentOf(pid) {
  try {
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

/** The first line that a program says. */
function said(child) {
  return new Promise((resolve, reject) => {
    let text = "";
    child.stdout.setEncoding("utf8").on("data", (part) => {
      text += part;
      if (text.includes("\n")) resolve(JSON.parse(text.slice(0, text.indexOf("\n"))));
    });
    child.once("exit", (code) => reject(new Error(`the server ended with ${code} before it listened`)));
  });
}

const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
