// The command line as it is called: a process of its own, in a folder with the documents beside this file.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = new URL("../../", import.meta.url);
const { bin } = JSON.parse(readFileSync(new URL("package.json", root), "utf8"));
const program = fileURLToPath(new URL(bin.bailiwick, root));

/** Where the documents of the tests are. */
export const folder = fileURLToPath(new URL(".", import.meta.url));

/** Runs it; its exit code and what it wrote. */
export function cli(args, { input = "", env = {}, cwd = folder } = {}) {
  const { FORCE_COLOR: _, NO_COLOR: __, COLUMNS: ___, ...rest } = process.env;
  const options = { cwd, input, encoding: "utf8", stdio: "pipe", env: { ...rest, COLUMNS: "80", ...env } };
  try {
    return { code: 0, out: execFileSync(process.execPath, [program, ...args], options), err: "" };
  } catch (error) {
    if (typeof error.status !== "number") throw error;
    return { code: error.status, out: error.stdout, err: error.stderr };
  }
}

/** Runs it with `--json`; its exit code and the value that it wrote. */
export function asked(args, options) {
  const { code, out } = cli([...args, "--json"], options);
  return { code, value: JSON.parse(out) };
}

/** A folder with some documents in it, for one test; `write` gives the path of a file. */
export function place(t) {
  const path = mkdtempSync(join(tmpdir(), "bailiwick-"));
  t.after(() => rmSync(path, { recursive: true }));
  const write = (name, content) => {
    const file = join(path, name);
    writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content, undefined, 2));
    return file;
  };
  return { path, write };
}
