// What the guard costs a server: node bench.mjs [--rounds=9] [--ms=1500]. All doors take turns; a ratio is within one round.
import { cpus } from "node:os";
import { load } from "./load.mjs";
import { bundled, remove, startNode, startWorkerd } from "./servers.mjs";
import { VARIANTS } from "./variants.mjs";
import { PATH, cookie, env } from "./world.mjs";

const given = Object.fromEntries(process.argv.slice(2).map((option) => option.replace(/^--/, "").split("=")));
const [rounds, ms] = [Number(given.rounds ?? 9), Number(given.ms ?? 1_500)];

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const requestFor = (path) => Buffer.from(`GET ${path} HTTP/1.1\r\nHost: api.acme.com\r\nCookie: ${cookie}\r\n\r\n`);
const variables = (VARIANT) => ({ ...env, ASKED: PATH, VARIANT });
const rows = (head, body) => console.log([head, head.map(() => "---"), ...body].map((row) => `| ${row.join(" | ")} |`).join("\n"), "\n");

const worker = await bundled("worker", ["guard.wasm"]);
const cedar = await bundled("cedar", ["cedar_wasm_bg.wasm"]);

console.log(`Node ${process.versions.node}, workerd, ${cpus()[0].model}, ${cpus().length} cores; ${rounds} rounds of ${ms} ms, 16 connections\n`);
try {
  await throughput("workerd", (name) => startWorkerd(worker, variables(name)), VARIANTS);
  await throughput("Node", (name) => startNode(variables(name)), [...VARIANTS, "Ed25519 alone, node:crypto"]);
  await starts();
} finally {
  remove();
}

async function throughput(runtime, start, names) {
  const servers = await Promise.all(names.map(start));
  const figures = names.map(() => []);
  const request = requestFor(PATH);
  for (const { port } of servers) await load(port, request, { ms: 1_000 });
  for (let round = 0; round < rounds; round += 1) {
    // Each round begins with another door.
    for (let turn = 0; turn < servers.length; turn += 1) {
      const place = (turn + round) % servers.length;
      figures[place].push(await measured(servers[place], request));
    }
  }
  rows(
    [runtime, "requests/s, median", "best", "of bare, median of rounds", "processor time of the server, µs a request, least", "bare by that"],
    names.map((name, place) => line(name, figures[place], figures[0])),
  );
  await decisions(runtime, servers[names.indexOf("guard")].port);
  await Promise.all(servers.map(({ stop }) => stop()));
}

/** Requests a second, and the microseconds that the server was on a processor for each. */
async function measured({ port, spent }, request) {
  const before = spent();
  const { count, took } = await load(port, request, { ms });
  return { rate: (count / took) * 1_000, each: ((spent() - before) / count) * 1_000 };
}

function line(name, figures, bare) {
  const rates = figures.map(({ rate }) => rate);
  // Others on the machine can only add to it.
  const least = (figures) => Math.min(...figures.map(({ each }) => each));
  const percent = (share) => `${(share * 100).toFixed(1)} %`;
  const ratio = median(rates.map((rate, round) => rate / bare[round].rate));
  return [name, Math.round(median(rates)), Math.round(Math.max(...rates)), percent(ratio), least(figures).toFixed(1), percent(least(bare) / least(figures))];
}

/** Seen from outside, for the clock of workerd stands while a worker works. */
async function decisions(runtime, port) {
  const timed = async (times) => {
    const start = performance.now();
    const answer = await (await fetch(`http://127.0.0.1:${port}/decide/${times}`, { headers: { cookie } })).text();
    if (answer !== `${times}`) throw new Error(`${answer} of ${times} were allowed`);
    return performance.now() - start;
  };
  const MANY = 20_000;
  await timed(MANY);
  const each = [];
  for (let round = 0; round < rounds; round += 1) each.push(((await timed(MANY)) - (await timed(1))) / MANY);
  const [middle, best] = [median(each), Math.min(...each)].map((value) => (value * 1_000).toFixed(2));
  console.log(`${runtime}: a whole decision, cookie to answer, with a cached token: ${middle} µs, best ${best} µs\n`);
}

/** A fresh workerd: from the start of the process to the first answer, which is a decision. */
async function starts() {
  const ready = { bare: [worker, variables("bare")], guard: [worker, variables("guard")], "guard, verified": [worker, variables("guard, verified")], "cedar-wasm": [cedar, {}] };
  const names = Object.keys(ready);
  const figures = names.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [place, name] of names.entries()) {
      const { port, start, stop } = await startWorkerd(...ready[name]);
      const { status } = await fetch(`http://127.0.0.1:${port}${PATH}`, { headers: { cookie } });
      figures[place].push(performance.now() - start);
      if (status !== 200) throw new Error(`${name}: ${status}`);
      await stop();
    }
  }
  rows(["fresh workerd", "start to first decision, ms, median", "best"], names.map((name, place) => [name, median(figures[place]).toFixed(0), Math.min(...figures[place]).toFixed(0)]));
}
