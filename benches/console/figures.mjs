// Measures the built console in Chromium over the demo's authorities on this machine:
//   npm run figures [-- --runs=7 --write]
// --write puts the table into benches/README.md.
import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { launch } from "../../www/test/browser.mjs";
import { ana, maya } from "../../www/test/stories/cast.mjs";
import { house } from "../../www/test/stories/house.mjs";
import { MOST, brotliOf } from "../../www/test/weight.mjs";
import { inLarge, loading, overlay, sharing } from "./measures.mjs";
import { openLarge } from "./large.mjs";

const { values } = parseArgs({ options: { runs: { type: "string", default: "5" }, write: { type: "boolean", default: false } } });
const RUNS = Number(values.runs);
/** How many times slower the processor pretends to be. */
const SPEEDS = [1, 4];
const README = new URL("../README.md", import.meta.url);

const [pinecone, pinkfish] = [await house("pinecone"), await house("pinkfish")];
const large = await openLarge(fileURLToPath(new URL("../../www/dist", import.meta.url)));
const browser = await launch();
const samples = new Map();
let scripts = [];
try {
  for (let run = 0; run < RUNS; run += 1)
    for (const slowed of SPEEDS) {
      const { loaded, ...figures } = await oneRun(slowed);
      scripts = loaded;
      for (const [name, value] of Object.entries(figures)) samplesOf(name, slowed).push(value.waited === undefined ? { waited: value } : value);
      console.error(`run ${run + 1} of ${RUNS}, processor ${slowed} x: done`);
    }
} finally {
  await browser.close();
  await Promise.all([pinecone.leave(), pinkfish.leave(), large.stop()]);
}
const text = report();
console.log(text);
if (values.write) writeFileSync(README, written(readFileSync(README, "utf8"), text));

async function oneRun(slowed) {
  const first = { address: pinecone.address, person: { id: ana, name: "Ana Moreau" }, slowed };
  const second = { address: pinkfish.address, person: { id: maya, name: "Maya Okafor" }, slowed };
  return {
    ...(await loading(browser, first)),
    ...(await overlay(browser, first)),
    ...(await sharing(browser, second)),
    ...(await inLarge(browser, large.address, slowed)),
  };
}

function samplesOf(name, slowed) {
  if (!samples.has(name)) samples.set(name, new Map(SPEEDS.map((speed) => [speed, []])));
  return samples.get(name).get(slowed);
}

function median(list) {
  const sorted = [...list].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)];
}

/** The median and, in brackets, the worst. */
function cell(list) {
  if (list.includes(undefined)) return "–";
  const say = (value) => (value < 10 && !Number.isInteger(value) ? value.toFixed(2) : Math.round(value).toLocaleString("en"));
  return `${say(median(list))} (${say(Math.max(...list))})`;
}

function report() {
  const kib = (bytes) => (bytes / 1_024).toFixed(0);
  const rows = [...samples].map(([name, at]) => `| ${name} | ${SPEEDS.map((speed) => cell(at.get(speed).map(({ waited }) => waited))).join(" | ")} | ${cell(at.get(1).map(({ worked }) => worked))} |`);
  const day = new Date().toISOString().slice(0, 10);
  return [
    `${`Chromium ${browser.version()}`} on ${cpus()[0].model.replace(/ \d.*| Processor.*/, "")}, ${cpus().length} cores, ${RUNS} runs, ${day}.`,
    "",
    `| median (worst) | processor as it is | ${SPEEDS[1]} x slower | main thread, ms of processor |`,
    "| --- | ---: | ---: | ---: |",
    ...rows,
    "",
    `JavaScript until the first decided control: ${kib(brotliOf(scripts))} KiB in brotli, in ${scripts.length} files; at most ${kib(MOST)} KiB, held by the tests.`,
  ].join("\n");
}

function written(page, table) {
  const [begin, end] = ["<!-- console: begin -->", "<!-- console: end -->"];
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`benches/README.md has no place between ${begin} and ${end}`);
  return `${page.slice(0, from + begin.length)}\n\n${table}\n\n${page.slice(to)}`;
}
