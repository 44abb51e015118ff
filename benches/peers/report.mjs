// node report.mjs [--print] [--partial]: puts the tables of results.json and page.json between the markers of
// ../README.md. --print shows them instead; --partial takes what `--quick` and `--only` wrote, and only shows it.
import fs from "node:fs";
import { ratioTable } from "./lib/ratios.mjs";
import { table, tablesOf } from "./lib/tables.mjs";

const here = new URL(".", import.meta.url);
const page = new URL("../README.md", here);
const partial = process.argv.includes("--partial");
const printed = partial || process.argv.includes("--print");

const machine = ({ cpu, cores }) => `${cpu}, ${cores} cores`;
const day = ({ when }) => when.slice(0, 10);
const rounds = ({ rounds }) => `${rounds} ${rounds === 1 ? "round" : "rounds"}`;

/** Each run: the name of its markers, its file, and the line above its tables. */
const RUNS = [
  {
    name: "node",
    file: partial ? ".tmp/results.partial.json" : "results.json",
    about: (run) => `Node ${run.node.slice(1)} on ${machine(run)}, ${rounds(run)}, ${day(run)}.`,
  },
  {
    name: "page",
    file: partial ? ".tmp/page.partial.json" : "page.json",
    about: (run) => `Chromium ${run.browser} (headless) on ${machine(run)}, ${rounds(run)}, ${day(run)}.`,
  },
];

const blockOf = (run, about) => {
  const tables = [...tablesOf(run), ratioTable(run)].map((shown) => table(...shown));
  return [about(run), ...tables].join("\n\n");
};

/** The text with a block between its two markers. */
function filled(text, name, block) {
  const [start, end] = [`<!-- ${name}: begin -->`, `<!-- ${name}: end -->`];
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`the markers of ${name} are not in ${page.pathname}`);
  return `${text.slice(0, from + start.length)}\n\n${block}\n\n${text.slice(to)}`;
}

let text = fs.readFileSync(page, "utf8");
let found = 0;
for (const { name, file, about } of RUNS) {
  const from = new URL(file, here);
  if (!fs.existsSync(from)) {
    console.error(`${name}: no ${file}, its tables stay as they are`);
    continue;
  }
  found += 1;
  const block = blockOf(JSON.parse(fs.readFileSync(from, "utf8")), about);
  if (printed) console.log(`${block}\n`);
  else text = filled(text, name, block);
}
if (found === 0) process.exitCode = 1;
else if (!printed) fs.writeFileSync(page, text);
