// What the entries share in as few files as can be: Node reads a file after the one that imports it, which takes longer than what it says.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { modules } from "./modules.mjs";

const source = fileURLToPath(new URL("../src", import.meta.url));
const small = modules.includes("access") ? ["glue:access"] : [];

/**
 * By the name of the file: modules of src/, and what is built. The first is for the bindings and the guard too, which have no use for an
 * `Access`: bundlers keep a class that does something when it is made.
 */
const FILES = {
  "shared/words": ["api/answers", "api/arguments", "api/clock", "api/errors", "instance", "letters", "ready"],
  "shared/access": ["api/access", "api/runtime", "api/slot", "load", ...small],
};

/** The files, to be built as entries are. */
export const sharedFiles = Object.keys(FILES);

/** Lets a shared file hold its modules, and everybody else import it by its name. What an entry exports is said in the entry itself. */
export const shared = {
  name: "shared",
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /\/surface\.js$/ }, ({ importer, resolveDir }) => ({
      path: join(resolveDir, "surface.ts"),
      suffix: `?${moduleAt(importer)}`,
    }));
    onResolve({ filter: /^(shared|\.{1,2})\/|^glue:/ }, ({ path, importer, kind, resolveDir }) => {
      if (kind === "entry-point") return path in FILES ? { path, namespace: "shared" } : undefined;
      const file = fileOf(path.startsWith(".") ? moduleAt(resolve(resolveDir, path)) : path);
      return file === undefined || file === fileOf(moduleAt(importer)) ? undefined : { path: file, external: true };
    });
    onLoad({ filter: /./, namespace: "shared" }, ({ path }) => ({
      contents: FILES[path].map(exported).join("\n"),
      resolveDir: source,
    }));
  },
};

/** Fails if a module lies in two files: each would have a state and classes of its own. */
export function mustLieOnce({ outputs }) {
  const places = new Map();
  for (const [file, { inputs }] of Object.entries(outputs))
    for (const module of Object.keys(inputs)) {
      if (places.has(module)) throw new Error(`${module} lies in ${places.get(module)} and in ${file}: name it in scripts/shared.mjs`);
      places.set(module, file);
    }
}

/** Says in every file of a folder where the shared ones lie from there. */
export function locate(folder) {
  for (const file of readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".js"))) {
    const way = "../".repeat(file.split(sep).length - 1) || "./";
    const text = readFileSync(join(folder, file), "utf8");
    writeFileSync(join(folder, file), text.replace(/\b(from|import)"(shared\/\w+)"/g, `$1"${way}$2.js"`));
  }
}

const moduleAt = (path) => (path in FILES ? path : relative(source, path).replaceAll("\\", "/").replace(/\.[jt]s$/, ""));

const fileOf = (module) => sharedFiles.find((file) => file === module || FILES[file].includes(module));

const exported = (module) => (module.includes(":") ? `export { default } from "${module}";` : `export * from "./${module}.js";`);
