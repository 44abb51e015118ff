// Packs what is published into <folder>/<name>-<version>.tgz, and says what is in it: node scripts/pack.mjs <folder>
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const [, , folder] = process.argv;
if (folder === undefined) throw new Error("say where to: node scripts/pack.mjs <folder>");
const out = resolve(folder);
const stage = join(out, "stage");

const { scripts, devDependencies, ...published } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const subpaths = Object.entries(published.exports).flatMap(expanded).filter(([, target]) => target.types !== undefined);

rmSync(out, { recursive: true, force: true });
mkdirSync(stage, { recursive: true });
for (const name of ["README.md", ...published.files]) cpSync(join(root, name), join(stage, name), { recursive: true });
for (const [subpath, target] of subpaths.filter(([subpath]) => subpath !== ".")) signpost(subpath, target);
const firsts = subpaths.map(([subpath]) => subpath.split("/")[1]).filter((first) => first !== undefined);
write("package.json", { ...published, files: [...new Set([...published.files, ...firsts])] });

const [packed] = JSON.parse(
  execFileSync("npm", ["pack", "--json", "--silent", "--pack-destination", out], { cwd: stage, encoding: "utf8" }),
);
for (const { path, size } of packed.files) console.log(`${String(size).padStart(10)}  ${path}`);
console.log(`${relative(process.cwd(), join(out, packed.filename))}: ${packed.files.length} files`);
console.log(`${packed.unpackedSize} bytes, ${packed.size} packed`);

/** A pattern of subpaths, written out for each file that it means. */
function expanded([subpath, target]) {
  if (!subpath.includes("*")) return [[subpath, target]];
  const names = readdirSync(join(root, dirname(target.default)))
    .filter((file) => file.endsWith(".js"))
    .map((file) => file.replace(/\.js$/, ""));
  return names.map((name) => {
    const named = Object.entries(target).map(([condition, path]) => [condition, path.replace("*", name)]);
    return [subpath.replace("*", name), Object.fromEntries(named)];
  });
}

/** For who does not read `exports` (Parcel as it comes, TypeScript's older resolution): a folder that says where the subpath lies. */
function signpost(subpath, target) {
  const path = (to) => relative(subpath, to).replaceAll("\\", "/");
  write(join(subpath, "package.json"), { main: path(target.default), types: path(target.types) });
}

function write(path, value) {
  mkdirSync(dirname(join(stage, path)), { recursive: true });
  writeFileSync(join(stage, path), `${JSON.stringify(value, undefined, 2)}\n`);
}
