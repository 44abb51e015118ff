// A stranger's project in a folder of its own: the tarball installed, the examples and the servers beside it.
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const path = (to) => fileURLToPath(new URL(to, import.meta.url));

/** The packages that the servers are written with. */
const SERVERS = ["express", "find-my-way", "hono"];

/** The one tarball of a folder. */
export function tarballIn(folder) {
  const found = readdirSync(folder).filter((name) => name.endsWith(".tgz"));
  if (found.length !== 1) throw new Error(`one tarball is wanted in ${folder}: make it with \`cargo xtask pack\``);
  return join(folder, found[0]);
}

/** Makes the project, and the world that is asked about. */
export function project(tarball) {
  const root = mkdtempSync(join(tmpdir(), "bailiwick-guard-"));
  writeFileSync(join(root, "package.json"), '{ "type": "module", "private": true }');
  execFileSync("npm", ["install", "--offline", "--no-audit", "--no-fund", tarball], { cwd: root, stdio: "pipe" });
  for (const name of SERVERS) symlinkSync(path(`../node_modules/${name}`), join(root, "node_modules", name));
  for (const folder of ["../stranger", "../../../../examples/edge"]) cpSync(path(folder), root, { recursive: true });
  cpSync(path("../../../../pkg/test/company.mjs"), join(root, "company.mjs"));
  const world = JSON.parse(execFileSync(process.execPath, ["world.mjs"], { cwd: root, encoding: "utf8" }));
  return { root, world, remove: () => rmSync(root, { recursive: true, force: true }) };
}
