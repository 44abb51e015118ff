// A stranger's project in a folder of its own: the tarball installed, the examples and the suite beside it.
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const path = (to) => fileURLToPath(new URL(to, import.meta.url));

/** What the examples are written with. */
const NEEDED = ["esbuild", "libsql", "miniflare"];

/** The one tarball of a folder. */
export function tarballIn(folder) {
  const found = readdirSync(folder).filter((name) => name.endsWith(".tgz"));
  if (found.length !== 1) throw new Error(`one tarball is wanted in ${folder}: make it with \`cargo xtask pack\``);
  return join(folder, found[0]);
}

/** Makes the project. */
export function project(tarball) {
  const root = mkdtempSync(join(tmpdir(), "bailiwick-authority-"));
  writeFileSync(join(root, "package.json"), '{ "type": "module", "private": true }');
  execFileSync("npm", ["install", "--offline", "--no-audit", "--no-fund", tarball], { cwd: root, stdio: "pipe" });
  for (const name of NEEDED) symlinkSync(path(`../node_modules/${name}`), join(root, "node_modules", name));
  for (const name of ["local.mjs", "assets.mjs", "node.mjs", "worker.mjs"])
    cpSync(path(`../../../examples/authority/${name}`), join(root, name));
  cpSync(path("../stranger"), root, { recursive: true });
  return { root, suite: pathToFileURL(join(root, "suite.mjs")).href, remove: () => rmSync(root, { recursive: true, force: true }) };
}
