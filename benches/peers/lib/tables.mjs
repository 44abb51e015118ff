// The tables of a run, as a head and rows, and as Markdown.
import { adaptersOf, best, bestOf, coldOf, median, memoryOf, readable } from "./figures.mjs";

/** A table in Markdown. */
export function table(head, rows) {
  const widths = head.map((_, place) => Math.max(3, ...[head, ...rows].map((row) => row[place].length)));
  const line = (cells) => `| ${cells.join(" | ")} |`;
  const aligned = (row) => line(row.map((cell, at) => (at ? cell.padStart(widths[at]) : cell.padEnd(widths[at]))));
  const rule = line(widths.map((width, at) => (at ? `${"-".repeat(width - 1)}:` : "-".repeat(width))));
  return [aligned(head), rule, ...rows.map(aligned)].join("\n");
}

/** A figure over the rounds, and the best of all its samples. */
function both(rounds, step, unit) {
  const middle = median(rounds.map((round) => step(round)?.[unit]));
  if (middle === undefined) return "-";
  return `${isPart(rounds, step) ? "~" : ""}${readable(middle)} (${readable(bestOf(rounds, step, unit))})`;
}

/** Whether a part was measured, and scaled up. */
const isPart = (rounds, step) => rounds.some((round) => step(round)?.rowsRun < 10_000);

const DECISIONS = [
  ["single, ns", (round) => round.single, "ns"],
  ["page of 200, µs", (round) => round.page, "us"],
  ["at once, µs", (round) => round.pageMany, "us"],
  ["table 10,000 x 5, ms", (round) => round.table, "ms"],
  ["at once, ms", (round) => round.tableMany, "ms"],
];
const each = (part, title, unit) =>
  ["s1k", "s10k", "s100k"].map((size) => [title(size.slice(1)), (round) => round[part]?.[size], unit]);
const GROWTH = [
  ...each("scale", (shares) => `single @${shares}, ns`, "ns"),
  ...each("firstAsk", (shares) => `first ask @${shares}, ns`, "ns"),
];
const STARTS = each("load", (shares) => `load ${shares}, ms`, "ms");

const rowsOf = (results, columns, more = () => []) =>
  adaptersOf(results).map((adapter) => [
    adapter.name,
    ...columns.map(([, step, unit]) => both(adapter.rounds, step, unit)),
    ...more(adapter),
  ]);
const headOf = (columns, ...more) => ["median (best)", ...columns.map(([title]) => title), ...more];

const coldBest = ({ cold }) => best(cold.map(({ total }) => total));
const coldCell = (adapter) =>
  adapter.cold.length ? `${readable(coldOf(adapter))} (${readable(coldBest(adapter))})` : "-";
const sizeCell = ({ sizes }) => (sizes ? readable(sizes.total.brotli / 1024) : "-");

/** The questions; how they grow with what is shared; loading and starting. Heads and rows. */
export function tablesOf(results) {
  const sized = adaptersOf(results).some(({ sizes }) => sizes);
  const more = (adapter) => [readable(memoryOf(adapter)), coldCell(adapter), ...(sized ? [sizeCell(adapter)] : [])];
  return [
    [headOf(DECISIONS), rowsOf(results, DECISIONS)],
    [headOf(GROWTH), rowsOf(results, GROWTH)],
    [
      headOf(STARTS, "memory 100k, MB", "cold start, ms", ...(sized ? ["size, KiB brotli"] : [])),
      rowsOf(results, STARTS, more),
    ],
  ];
}
