// The whole conformance suite, for whatever a stranger has imported.
import { runTables } from "./suite/tables.mjs";
import { runVectors } from "./suite/vectors.mjs";

/** How many questions were answered as they must be, and what failed. */
export function questions(api, { vectors, policies, manifest, tables }) {
  const asked = [
    asking(() => runVectors(api, vectors, policies)),
    asking(() => runTables(api, manifest, tables, policies)),
  ];
  return {
    vectors: asked[0].passed,
    cells: asked[1].passed,
    failures: asked.flatMap(({ failures }) => failures),
  };
}

/** What stops the suite is a failure of the entry that was asked. */
function asking(suite) {
  try {
    return suite();
  } catch (error) {
    return { passed: 0, failures: [error.stack ?? String(error)] };
  }
}
