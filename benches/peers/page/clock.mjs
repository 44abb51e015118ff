// Times in a page, whose clock is coarse: so many runs in one reading that the clock's step does not matter.

const SHORTEST = 2; // milliseconds in one reading, 400 steps of the clock

export const median = (list) => {
  const sorted = [...list].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

function reading(run, runs) {
  const start = performance.now();
  for (let done = 0; done < runs; done += 1) run();
  return performance.now() - start;
}

/** The milliseconds of one run: the median and the least of many readings, after the engine has settled. */
export function timed(run, { settle, budget, least }) {
  let runs = 1;
  for (const start = performance.now(); performance.now() - start < settle; ) {
    const took = reading(run, runs);
    if (took < SHORTEST) runs = Math.ceil(runs * Math.min(10, (SHORTEST * 1.2) / Math.max(took, 0.01)));
  }
  const readings = [];
  for (const start = performance.now(); readings.length < least || performance.now() - start < budget; )
    readings.push(reading(run, runs) / runs);
  return { p50: median(readings), min: Math.min(...readings), runs, readings: readings.length };
}
