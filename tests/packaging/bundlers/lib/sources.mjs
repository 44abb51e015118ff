// What is put into a stranger's `src`: the suite, and the entries of the package that there are.
import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { manifest, policies, tables, vectors } from "../../../../pkg/test/data.mjs";

const SUITE = "../../../../pkg/test/suite/";

/** The questions, as data. */
export const data = { vectors, policies, manifest, tables };

/** The suite over these entries in one program. */
export function conformance(entries) {
  return {
    ...folder("../pages/"),
    ...folder("../pages/entries/", "entries/"),
    ...folder(SUITE, "suite/"),
    "entries.js": importing(entries),
  };
}

/** The suite over the entry that waits for its module. */
export function slim() {
  return { ...single("slim.js"), "questions.js": read("../pages/questions.js"), ...folder(SUITE, "suite/") };
}

/** An application of Next.js that answers the suite wherever code may run. */
export function nextSuite(entries) {
  return { ...conformance(entries), "data.json": JSON.stringify(data), ...application("suite") };
}

/** An application of Next.js whose server draws buttons. */
export function nextButtons() {
  return { "company.json": read("../strangers/newcomer/src/company.json"), ...application("buttons") };
}

/** One file of `pages` as the page's only script. */
export function single(file) {
  return { "main.js": read(`../pages/${file}`) };
}

function importing(names) {
  const imports = names.map((name, place) => `import * as entry${place} from "./entries/${fileOf(name)}";\n`);
  const table = names.map((name, place) => `${JSON.stringify(name)}: entry${place}`);
  return `${imports.join("")}\nexport const entries = { ${table.join(", ")} };\n`;
}

/** The files of an application beside `src`. */
function application(name) {
  return { ...folder(`../pages/next/${name}/`, "../"), ...folder(`../pages/next/${name}/app/`, "../app/") };
}

/** The file of `pages/entries` that imports an entry. */
function fileOf(entry) {
  return `${entry.replaceAll("/", "-")}.js`;
}

function folder(path, under = "") {
  const names = readdirSync(new URL(path, import.meta.url)).filter((name) => /\.m?js$/.test(name));
  return Object.fromEntries(names.map((name) => [under + name, read(path + name)]));
}

function read(path) {
  return readFileSync(fileURLToPath(new URL(path, import.meta.url)), "utf8");
}
