// The folder outside the repository in which the strangers live. Their tools stay there from run to run; the package is packed anew.
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { run } from "./process.mjs";

const here = fileURLToPath(new URL("../", import.meta.url));
const repository = fileURLToPath(new URL("../../../../", import.meta.url));
const TOOLS = ["package.json", "package-lock.json", ".npmrc"];

/**
 * Installs the strangers' tools, where that has not been done, and the package.
 *
 * @param tarball the packed package or its folder; `pkg` is packed if it is absent
 */
export async function open(tarball) {
  const names = readdirSync(join(here, "strangers"));
  const root = join(realpathSync(tmpdir()), `bailiwick-strangers-${digest(names)}`);
  if (!existsSync(join(root, "node_modules/.package-lock.json"))) await installTools(root, names);
  const installed = await installPackage(root, tarball);
  const { resolve } = createRequire(join(root, "index.js"));
  const { exports: exported } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
  return {
    /** Whether the package has this entry. */
    has: (entry) => Object.hasOwn(exported, entry.replace("bailiwick", ".")),
    /** What Node gets for an entry, and its file's bytes. */
    load: (entry) => import(pathToFileURL(resolve(entry))),
    read: (entry) => readFileSync(resolve(entry)),
    /** A stranger's project as new, with these files under `src`: path to text. */
    project: (name, sources = {}) => project(join(root, "strangers", name), name, sources),
  };
}

function digest(names) {
  const hash = createHash("sha256").update(here);
  for (const file of [...TOOLS, ...names.map((name) => `strangers/${name}/package.json`)])
    hash.update(readFileSync(join(here, file)));
  return hash.digest("hex").slice(0, 12);
}

async function installTools(root, names) {
  console.error("installing the strangers' tools");
  rmSync(root, { recursive: true, force: true });
  for (const name of names) project(join(root, "strangers", name), name, {});
  for (const file of TOOLS) cpSync(join(here, file), join(root, file));
  await run("npm", ["ci"], root);
}

async function installPackage(root, tarball) {
  const installed = join(root, "node_modules/bailiwick");
  rmSync(installed, { recursive: true, force: true });
  const file = join(root, "bailiwick.tgz");
  cpSync(tarballIn(tarball ?? (await pack(root))), file);
  await run("npm", ["install", "--no-save", "--prefer-offline", file], root);
  return installed;
}

async function pack(root) {
  const folder = join(root, "packed");
  await run("node", ["scripts/pack.mjs", folder], join(repository, "pkg"));
  return folder;
}

/** The file, or the one tarball of a folder. */
function tarballIn(path) {
  if (statSync(path).isFile()) return path;
  const found = readdirSync(path).filter((name) => name.endsWith(".tgz"));
  if (found.length !== 1) throw new Error(`one tarball is wanted in ${path}`);
  return join(path, found[0]);
}

function project(folder, name, sources) {
  mkdirSync(folder, { recursive: true });
  const made = readdirSync(folder).filter((old) => old !== "node_modules");
  // What a tool remembers of the package would outlive it.
  for (const old of [...made, "node_modules/.vite", "../../.parcel-cache"])
    rmSync(join(folder, old), { recursive: true, force: true });
  cpSync(join(here, "strangers", name), folder, { recursive: true });
  for (const [path, text] of Object.entries(sources)) {
    const file = join(folder, "src", path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return folder;
}
