// The whole suite, asked through an entry of the package: what every runtime runs.
import data from "./data.mjs";
import { runTables } from "./suite/tables.mjs";
import { runVectors } from "./suite/vectors.mjs";

/** How many questions got the answer that the contract demands, and what did not. */
export function ask(api) {
  const results = [
    runVectors(api, data.vectors, data.policies),
    runTables(api, data.manifest, data.tables, data.policies),
  ];
  return {
    passed: results.reduce((sum, { passed }) => sum + passed, 0),
    failures: results.flatMap(({ failures }) => failures),
  };
}
