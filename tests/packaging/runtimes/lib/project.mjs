// A stranger's project in a folder of its own: the tarball installed, the suite and its data beside it.
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { manifest, policies, tables, vectors } from "../../../../pkg/test/data.mjs";

const path = (to) => fileURLToPath(new URL(to, import.meta.url));

/** The one tarball of a folder. */
export function tarballIn(folder) {
  const found = readdirSync(folder).filter((name) => name.endsWith(".tgz"));
  if (found.length !== 1) throw new Error(`one tarball is wanted in ${folder}: make it with \`cargo xtask pack\``);
  return join(folder, found[0]);
}

/** Makes the project. */
export function project(tarball) {
  const root = mkdtempSync(join(tmpdir(), "bailiwick-runtimes-"));
  const write = (name, text) => writeFileSync(join(root, name), text);
  write("package.json", '{ "type": "module", "private": true }');
  execFileSync("npm", ["install", "--offline", "--no-audit", "--no-fund", tarball], { cwd: root, stdio: "pipe" });
  cpSync(path("../stranger"), root, { recursive: true });
  cpSync(path("../../../../pkg/test/suite"), join(root, "suite"), { recursive: true });
  write("data.mjs", `export default ${JSON.stringify({ manifest, policies, tables, vectors })};`);
  const { exports } = JSON.parse(readFileSync(join(root, "node_modules/bailiwick/package.json"), "utf8"));
  return { root, write, small: "./access" in exports, remove: () => rmSync(root, { recursive: true, force: true }) };
}

/**
 * A program that asks everything through an entry, then through that of the small module where the package has one; what came of it is its
 * default export. `init` brings a module in, where an entry comes without.
 */
export function program({ small }, entry, smallEntry, init = () => "") {
  const asked = `import * as full from ${JSON.stringify(entry)};
import { ask, askSmall } from "./ask.mjs";
${init("full", "bailiwick")}
let answer = ask(full);
`;
  const askedAgain = `const small = await import(${JSON.stringify(smallEntry)});
${init("small", "access")}
answer = askSmall(answer, full, small);
`;
  return `${asked}${small ? askedAgain : ""}export default answer;\n`;
}
