// What the rounds come to. A round of worker.mjs and one of a page have the same shape.

export const median = (list) => {
  const sorted = list.filter(Number.isFinite).sort((a, b) => a - b);
  if (sorted.length === 0) return undefined;
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

export const best = (list) => {
  const numbers = list.filter(Number.isFinite);
  return numbers.length ? Math.min(...numbers) : undefined;
};

/** What a round took for a page of 200 buttons, in µs: one by one or at once, whichever is faster. */
export const pageOf = (round) => best([round.page?.us, round.pageMany?.us]);
/** The same for the table of 10,000 rows and 5 actions, in ms. */
export const tableOf = (round) => best([round.table?.ms, round.tableMany?.ms]);

/** The least of all samples of a step, or of the medians of the rounds where a step keeps no samples. */
export const bestOf = (rounds, step, unit) => best(rounds.map((round) => step(round)?.min ?? step(round)?.[unit]));

/** What 100k shares take, in MB: heap, array buffers and WebAssembly together. */
export const memoryOf = ({ mem }) => median(mem.map((sample) => sample.jsHeapMB + sample.arrayBuffersMB + sample.wasmMB));
/** A cold start, in ms. */
export const coldOf = ({ cold }) => median(cold.map(({ total }) => total));

/** Adapters in the order of their numbers. */
export const adaptersOf = (results) => Object.values(results.adapters).sort((a, b) => (a.id < b.id ? -1 : 1));

/** A number as a person reads it. */
export function readable(number) {
  if (!Number.isFinite(number)) return "-";
  const size = Math.abs(number);
  if (size >= 100) return Math.round(number).toLocaleString("en");
  return number.toFixed(size >= 10 ? 1 : 2);
}
