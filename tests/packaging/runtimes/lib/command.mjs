// A program on the command line: what it prints last is an answer in JSON.
import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Runs it in a folder. */
export async function answerOf(file, args, cwd) {
  const { stdout } = await run(file, args, { cwd, maxBuffer: 1 << 26, timeout: 300_000 });
  return JSON.parse(stdout.trim().split("\n").at(-1));
}

/** The program of a package that is installed here. */
export function bin(name) {
  return new URL(`../node_modules/.bin/${name}`, import.meta.url).pathname;
}
