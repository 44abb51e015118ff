// What a page that imports an entry of the package delivers, built by Vite as it comes, against the budgets (brotli, quality 11):
//   node size.mjs [--tarball FILE_OR_FOLDER] [--json] [--enforce]
import { parseArgs } from "node:util";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { delivered, holdsAny } from "./lib/contents.mjs";
import { must } from "./lib/expect.mjs";
import { single } from "./lib/sources.mjs";
import { build } from "./lib/strangers.mjs";
import { open } from "./lib/workshop.mjs";

/** In bytes after brotli; an entry without a budget is only measured. */
const BUDGETS = [
  { entry: "bailiwick", page: "full.js", budget: 61_440 },
  { entry: "bailiwick/access", page: "access.js", budget: 12_288 },
  { entry: "bailiwick/js", page: "full.js" },
  { entry: "bailiwick/access/js", page: "access.js" },
];

const { values } = parseArgs({
  options: { tarball: { type: "string" }, json: { type: "boolean" }, enforce: { type: "boolean" } },
});
const workshop = await open(values.tarball);
const sizes = [];
for (const one of BUDGETS)
  sizes.push(workshop.has(one.entry) ? await measured(one) : { entry: one.entry, absent: true });

console.log(values.json ? JSON.stringify(sizes, undefined, 2) : sizes.map(line).join("\n"));
const unmet = sizes.filter(({ absent, over, budget }) => over === true || (absent && budget !== undefined));
process.exitCode = values.enforce && unmet.length > 0 ? 1 : 0;

async function measured({ entry, page, budget }) {
  const folder = await build(workshop.project("vite8", pageOf(entry, page)), "vite8");
  const files = delivered(folder).filter(({ name }) => name !== "index.html");
  must(entry.endsWith("/js") || holdsAny(files), `${entry}: no module is delivered`);
  const sum = (size) => files.reduce((total, { bytes }) => total + size(bytes), 0);
  const brotli = sum((bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length);
  const found = { entry, files: files.length, raw: sum(({ length }) => length), gzip: sum(gzip), brotli };
  return budget === undefined ? found : { ...found, budget, over: brotli > budget };
}

/** The entries without WebAssembly have the same API. */
function pageOf(entry, page) {
  const { "main.js": text } = single(`size/${page}`);
  return { "main.js": text.replace(/"bailiwick[^"]*"/, JSON.stringify(entry)) };
}

function gzip(bytes) {
  return gzipSync(bytes, { level: 9 }).length;
}

function line({ entry, absent, raw, gzip, brotli, budget, over }) {
  if (absent) return `${entry}: the package has no such entry`;
  const against = budget === undefined ? "" : `, ${over ? "over" : "under"} the budget of ${budget}`;
  return `${entry}: ${raw} raw, ${gzip} gzip, ${brotli} brotli${against}`;
}
