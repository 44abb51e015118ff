// Writes the example directories beside this file, the same bytes on every run.
//   node www/examples/make.mjs           writes them
//   node www/examples/make.mjs --check   exits 1 if a file differs from what would be written
import { readFileSync, writeFileSync } from "node:fs";
import { acme } from "./make/acme.mjs";
import { pinkfish } from "./make/pinkfish.mjs";
import { write } from "./make/write.mjs";

const examples = { "acme.json": acme, "pinkfish.json": pinkfish };

function read(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function make(check) {
  const stale = [];
  for (const [name, build] of Object.entries(examples)) {
    const file = new URL(name, import.meta.url);
    const text = write(build());
    if (!check) writeFileSync(file, text);
    else if (read(file) !== text) stale.push(name);
  }
  return stale;
}

const stale = make(process.argv.includes("--check"));
if (stale.length > 0) {
  console.error(`${stale.join(", ")} differ from what www/examples/make.mjs writes: run \`node www/examples/make.mjs\``);
  process.exit(1);
}
