// What a page that imports an entry of the package delivers, built by Vite as it comes (brotli: quality 11):
//   node size.mjs [--tarball FILE_OR_FOLDER] [--json]
// The budgets are those of xtask/src/size.rs.
import { parseArgs } from "node:util";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { delivered, holdsAny } from "./lib/contents.mjs";
import { must } from "./lib/expect.mjs";
import { single } from "./lib/sources.mjs";
import { build } from "./lib/strangers.mjs";
import { open } from "./lib/workshop.mjs";

const PAGES = [
  { entry: "bailiwick", page: "full.js" },
  { entry: "bailiwick/access", page: "access.js" },
  { entry: "bailiwick/guard", page: "guard.js" },
  { entry: "bailiwick/js", page: "full.js" },
  { entry: "bailiwick/access/js", page: "access.js" },
];

const { values } = parseArgs({ options: { tarball: { type: "string" }, json: { type: "boolean" } } });
const workshop = await open(values.tarball);
const sizes = [];
for (const one of PAGES) sizes.push(await measured(one));
console.log(values.json ? JSON.stringify(sizes, undefined, 2) : sizes.map(line).join("\n"));

async function measured({ entry, page }) {
  must(workshop.has(entry), `${entry}: the package has no such entry`);
  const folder = await build(workshop.project("vite8", pageOf(entry, page)), "vite8");
  const files = delivered(folder).filter(({ name }) => name !== "index.html");
  must(entry.endsWith("/js") || holdsAny(files), `${entry}: no module is delivered`);
  const sum = (size) => files.reduce((total, { bytes }) => total + size(bytes), 0);
  const brotli = sum((bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length);
  return { entry, files: files.length, raw: sum(({ length }) => length), gzip: sum(gzip), brotli };
}

/** The entries without WebAssembly have the same API. */
function pageOf(entry, page) {
  const { "main.js": text } = single(`size/${page}`);
  return { "main.js": text.replace(/"bailiwick[^"]*"/, JSON.stringify(entry)) };
}

function gzip(bytes) {
  return gzipSync(bytes, { level: 9 }).length;
}

function line({ entry, raw, gzip, brotli }) {
  return `${entry}: ${raw} raw, ${gzip} gzip, ${brotli} brotli`;
}
