// The same vectors, every access opened and asked in the small module.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Directory, Policy } from "bailiwick";
import { Access } from "bailiwick/access";
import { answering, runtime } from "../dist/shared/access.js";
import { policies, vectors } from "./data.mjs";
import { runVectors } from "./suite/vectors.mjs";

test("the conformance vectors hold where the small module answers", () => {
  assert.ok(!("compile" in answering().engine) && "compile" in runtime().engine);
  const { passed, failures } = runVectors({ Policy, Directory, Access }, vectors, policies);
  console.log(`vectors in the small module: ${passed} passed, ${failures.length} failed`);
  assert.deepEqual(failures.slice(0, 20), []);
  assert.ok(passed > 0, "nothing was asked");
});
