// The whole suite, asked through an entry of the package: what every runtime runs.
import data from "./data.mjs";
import { runTables } from "./suite/tables.mjs";
import { runVectors } from "./suite/vectors.mjs";

/** How many questions got the answer that the contract demands, and what did not. */
export function ask(api) {
  return sum(vectors(api), runTables(api, data.manifest, data.tables, data.policies));
}

/** The vectors again, where accesses are made by the full module and opened by the small one. */
export function askSmall(answer, full, { Access }) {
  const { passed, failures } = vectors({ ...full, Access });
  return { ...answer, small: passed, failures: [...answer.failures, ...failures] };
}

function vectors(api) {
  return runVectors(api, data.vectors, data.policies);
}

function sum(one, other) {
  return { passed: one.passed + other.passed, failures: [...one.failures, ...other.failures] };
}
