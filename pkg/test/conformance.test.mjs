// The conformance vectors and every cell of every table, through the package.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as api from "bailiwick";
import { manifest, policies, tables, vectors } from "./data.mjs";
import { runTables } from "./suite/tables.mjs";
import { runVectors } from "./suite/vectors.mjs";

function report(what, { passed, failures }) {
  console.log(`${what}: ${passed} passed, ${failures.length} failed`);
  assert.deepEqual(failures.slice(0, 20), []);
  assert.ok(passed > 0, `${what}: nothing was asked`);
}

test("the conformance vectors hold in the package", () => report("vectors", runVectors(api, vectors, policies)));

test("every cell of every table holds in the package", () =>
  report("cells", runTables(api, manifest, tables, policies)));
