// node page.mjs [--rounds=3] [--only=js-map,casl] [--quick]: the measures of a page, in headless Chromium, which www/ finds.
// A full run writes page.json, any other .tmp/page.partial.json.
import fs from "node:fs";
import os from "node:os";
import { ratioTable } from "./lib/ratios.mjs";
import { table, tablesOf } from "./lib/tables.mjs";
import * as W from "./lib/workload.mjs";
import { adapterInPage, cedarModule, measuresInPage } from "./page/bundle.mjs";
import { round } from "./page/round.mjs";
import { serve } from "./page/server.mjs";

/** Those that a page is offered: the baselines, CASL, cedar at its best, ours. */
const OFFERED = /^(00|01|10|11|12|40|60|61)-/;
const SIZES = ["base", "table", "s1k", "s10k", "s100k"];

const here = new URL(".", import.meta.url);
const option = (name) => process.argv.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3);
const quick = process.argv.includes("--quick");
const rounds = Number(option("rounds") ?? 3);
const only = option("only")?.split(",");

/** The question of the cold start: the first that is allowed on a resource. */
function coldQuestion(names) {
  const { A, T, I, E } = W.timingQueries(W.universe("s1k"));
  const at = A.findIndex((_, place) => E[place] && !["org", "project"].includes(T[place]));
  return [names?.action(A[at]) ?? A[at], names?.type(T[at]) ?? T[at], I[at], E[at]];
}

/** An adapter: what a page is served for it, and told of it. */
async function adapterOf(file, measures) {
  const adapter = { ...(await import(`./adapters/${file}`)), file };
  const bodies = new Map([
    ["/index.html", "<!doctype html><title>peers</title>"],
    ["/measures.js", measures],
    ["/adapter.js", await adapterInPage(adapter)],
    ["/cedar.wasm", await cedarModule()],
  ]);
  let text = true;
  for (const size of SIZES) {
    const facts = await (adapter.snapshot ?? W.snapshotJson)(W.universe(size));
    text = typeof facts === "string";
    bodies.set(`/${size}.${text ? "json" : "bin"}`, facts);
  }
  const told = { text, quick, most: adapter.maxSize };
  return { id: file.replace(".mjs", ""), name: adapter.name, bodies, told, question: coldQuestion(adapter.names) };
}

const measures = await measuresInPage();
const files = fs.readdirSync(new URL("adapters/", here)).filter((file) => OFFERED.test(file));
const adapters = [];
for (const file of files.sort())
  if (!only || only.some((part) => file.includes(part))) adapters.push(await adapterOf(file, measures));

const results = { when: new Date().toISOString(), node: process.version, rounds, quick, adapters: {} };
Object.assign(results, { cpu: os.cpus()[0]?.model, cores: os.cpus().length });
for (const { id, name } of adapters) results.adapters[id] = { id, name, rounds: [], cold: [], mem: [] };

for (let turn = 1; turn <= rounds; turn += 1)
  for (const { id, name, bodies, told, question } of adapters) {
    const { address, stop } = await serve(bodies);
    const start = Date.now();
    try {
      const { cold, figures, memory, version } = await round(address, told, question, quick ? 2 : 5);
      results.browser = version;
      results.isolated = figures.isolated;
      results.adapters[id].rounds.push(figures);
      results.adapters[id].cold.push(...cold);
      results.adapters[id].mem.push(memory);
      const took = ((Date.now() - start) / 1000).toFixed(1);
      console.log(`round ${turn} ${name}: ${figures.single.ns.toFixed(1)} ns a check (${took} s)`);
    } catch (error) {
      console.log(`round ${turn} ${name}: FAILED ${error.message}`);
      results.adapters[id].rounds.push({ error: String(error.message) });
      process.exitCode = 1;
    } finally {
      await stop();
    }
  }

fs.mkdirSync(new URL(".tmp/", here), { recursive: true });
const file = only || quick ? ".tmp/page.partial.json" : "page.json";
fs.writeFileSync(new URL(file, here), JSON.stringify(results, null, 1));
for (const shown of [...tablesOf(results), ratioTable(results)]) console.log(`\n${table(...shown)}`);
