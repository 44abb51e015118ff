// What is put into a stranger's `src`: the suite, and the entries of the package that there are.
import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { manifest, policies, tables, vectors } from "../../../../pkg/test/data.mjs";

/** Each entry with the page's file that imports it. */
const ENTRIES = {
  bailiwick: "bailiwick.js",
  "bailiwick/js": "bailiwick-js.js",
  "bailiwick/access": "bailiwick-access.js",
  "bailiwick/access/js": "bailiwick-access-js.js",
};

const SUITE = "../../../../pkg/test/suite/";

/** The questions, as data. */
export const data = { vectors, policies, manifest, tables };

/** The entries that the suite runs through. */
export function entries(workshop) {
  return Object.keys(ENTRIES).filter(workshop.has);
}

/** The entries that the suite would run through if they were there. */
export function missing(workshop) {
  return Object.keys(ENTRIES).filter((entry) => !workshop.has(entry));
}

/** The suite over all entries. */
export function conformance(workshop) {
  return {
    ...folder("../pages/"),
    ...folder("../pages/entries/", "entries/"),
    ...folder(SUITE, "suite/"),
    "entries.js": importing(entries(workshop)),
  };
}

/** The suite over the entry that waits for its module. */
export function slim() {
  return { ...single("slim.js"), "questions.js": read("../pages/questions.js"), ...folder(SUITE, "suite/") };
}

/** One file of `pages` as the page's only script. */
export function single(file) {
  return { "main.js": read(`../pages/${file}`) };
}

function importing(names) {
  const imports = names.map((name, place) => `import * as entry${place} from "./entries/${ENTRIES[name]}";\n`);
  const table = names.map((name, place) => `${JSON.stringify(name)}: entry${place}`);
  return `${imports.join("")}\nexport const entries = { ${table.join(", ")} };\n`;
}

function folder(path, under = "") {
  const names = readdirSync(new URL(path, import.meta.url)).filter((name) => /\.m?js$/.test(name));
  return Object.fromEntries(names.map((name) => [under + name, read(path + name)]));
}

function read(path) {
  return readFileSync(fileURLToPath(new URL(path, import.meta.url)), "utf8");
}
