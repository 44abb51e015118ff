// The counts of all runs of the suite.

/** Says which runs asked another number of questions than the first that asked the same suite. */
export function differences(rows) {
  const unlike = rows.filter((row) => {
    const first = rows.find(({ suite }) => suite === row.suite);
    return row.vectors !== first.vectors || row.cells !== first.cells;
  });
  return unlike.length === 0 ? undefined : `not as the first: ${unlike.map(({ where }) => where).join(", ")}`;
}

/** A table for people. */
export function table(rows) {
  const lines = rows.map(({ where, entry, vectors, cells }) => [where, entry, vectors, cells, vectors + cells]);
  const cells = [["where", "entry", "vectors", "cells", "questions"], ...lines].map((line) => line.map(String));
  const widths = cells[0].map((_, column) => Math.max(...cells.map((line) => line[column].length)));
  return cells.map((line) => line.map((cell, column) => pad(cell, column, widths[column])).join("  ")).join("\n");
}

function pad(cell, column, width) {
  return column < 2 ? cell.padEnd(width) : cell.padStart(width);
}
