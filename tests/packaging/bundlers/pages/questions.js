// The whole conformance suite, for whatever a stranger has imported.
import { runTables } from "./suite/tables.mjs";
import { runVectors } from "./suite/vectors.mjs";

/** How many questions were answered as they must be, and what failed. */
export function questions(api, { vectors, policies, manifest, tables }) {
  const asked = [runVectors(api, vectors, policies), runTables(api, manifest, tables, policies)];
  return {
    vectors: asked[0].passed,
    cells: asked[1].passed,
    failures: asked.flatMap(({ failures }) => failures),
  };
}
