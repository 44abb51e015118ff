// Each adapter against the hand-written Map of the same run, beside the targets of Bailiwick.
import { adaptersOf, best, bestOf, coldOf, median, memoryOf, pageOf, readable, tableOf } from "./figures.mjs";

const MAP = "00-js-map";
const SIZES = ["s1k", "s10k", "s100k"];

const worst = (ratios) => (ratios.some(Number.isFinite) ? Math.max(...ratios.filter(Number.isFinite)) : undefined);

/** The ratio of each round, for a slower machine slows both; the median over the rounds. */
const inRounds = (figure) => (adapter, map) =>
  median(adapter.rounds.map((round, turn) => figure(round) / figure(map.rounds[turn] ?? {})));

/** The ratio of the best samples: what the neighbours of a shared machine touch least. */
const ofBest = (...steps) => {
  const figure = ({ rounds }) => best(steps.map(([step, unit]) => bestOf(rounds, step, unit)));
  return (adapter, map) => figure(adapter) / figure(map);
};

const single = (size) => (round) => round.scale?.[size];
const load = (text) => (round) => (round.load?.s100k?.text === text ? round.load.s100k : undefined);
const loads = (text) => {
  const ours = load(text);
  const theirs = load(true);
  return {
    of: (adapter, map) =>
      median(adapter.rounds.map((round, turn) => ours(round)?.ms / theirs(map.rounds[turn] ?? {})?.ms)),
    best: (adapter, map) => bestOf(adapter.rounds, ours, "ms") / bestOf(map.rounds, theirs, "ms"),
  };
};
const page = [(round) => round.page, "us"];
const pageMany = [(round) => round.pageMany, "us"];
const table = [(round) => round.table, "ms"];
const tableMany = [(round) => round.tableMany, "ms"];
const coldBest = ({ cold }) => best(cold.map(({ total }) => total));

/** The measures: what is measured, how many times the Map's figure it may be, the ratio, and that of the best samples. */
export const MEASURES = [
  {
    title: "single, worst of 1k to 100k",
    target: 1.5,
    of: (...two) => worst(SIZES.map((size) => inRounds((round) => single(size)(round)?.ns)(...two))),
    best: (...two) => worst(SIZES.map((size) => ofBest([single(size), "ns"])(...two))),
  },
  { title: "page", target: 0.5, of: inRounds(pageOf), best: ofBest(page, pageMany) },
  { title: "table", target: 0.35, of: inRounds(tableOf), best: ofBest(table, tableMany) },
  { title: "load 100k, text", target: 0.5, ...loads(true) },
  { title: "load 100k, prepared", target: 0.05, ...loads(false) },
  { title: "memory 100k", target: 0.35, of: (adapter, map) => memoryOf(adapter) / memoryOf(map) },
  {
    title: "cold start",
    target: 2,
    of: (adapter, map) => coldOf(adapter) / coldOf(map),
    best: (adapter, map) => coldBest(adapter) / coldBest(map),
  },
];

/** The ratios of every adapter: `undefined` where there is no such figure. */
export function ratiosOf(results) {
  const map = results.adapters[MAP];
  if (map === undefined) return [];
  const against = (adapter) => (measure) => {
    const ratio = measure.of(adapter, map);
    if (!Number.isFinite(ratio)) return undefined;
    return { ratio, best: measure.best?.(adapter, map), under: ratio <= measure.target };
  };
  return adaptersOf(results).map((adapter) => ({ ...adapter, judged: adapter !== map, ratios: MEASURES.map(against(adapter)) }));
}

/** A ratio, under or over the target, and that of the best samples. The Map itself is neither under nor over. */
function cell(found, judged) {
  if (found === undefined) return "-";
  if (!judged) return readable(found.ratio);
  const samples = Number.isFinite(found.best) ? ` (${readable(found.best)})` : "";
  return `${readable(found.ratio)} ${found.under ? "under" : "over"}${samples}`;
}

/** The same as a head and rows. */
export function ratioTable(results) {
  const head = ["ratio to js-map (of the best)", ...MEASURES.map(({ title, target }) => `${title}: at most ${target}`)];
  const rows = ratiosOf(results).map(({ name, judged, ratios }) => [name, ...ratios.map((found) => cell(found, judged))]);
  return [head, rows];
}
