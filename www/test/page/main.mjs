// The suite of the package, for a page: the data is handed in from outside.
import * as api from "bailiwick";
import { runTables } from "../../../pkg/test/suite/tables.mjs";
import { runVectors } from "../../../pkg/test/suite/vectors.mjs";


globalThis.conformance = {
  vectors: (vectors, policies) => runVectors(api, vectors, policies),
  tables: (manifest, tables, policies) => runTables(api, manifest, tables, policies),
};
