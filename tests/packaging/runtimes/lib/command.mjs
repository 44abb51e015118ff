// A program on the command line: what it prints last is an answer in JSON.
import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Runs it in a folder; what it prints. */
export async function printed(file, args, cwd) {
  const { stdout } = await run(file, args, { cwd, maxBuffer: 1 << 26, timeout: 300_000 });
  return stdout;
}

/** Its answer. */
export async function answerOf(file, args, cwd) {
  return JSON.parse((await printed(file, args, cwd)).trim().split("\n").at(-1));
}

/** The program of a package that is installed here. */
export function bin(name) {
  return new URL(`../node_modules/.bin/${name}`, import.meta.url).pathname;
}
