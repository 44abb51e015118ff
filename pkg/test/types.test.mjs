// The published types, as a stranger's project sees them: `lib: es2022`, no types of a browser or of Node, libraries checked.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

test("the types hold, and every line that must not compile does not", () => {
  const project = fileURLToPath(new URL("types", import.meta.url));
  const compiler = fileURLToPath(new URL("../node_modules/typescript/bin/tsc", import.meta.url));
  try {
    execFileSync(process.execPath, [compiler, "-p", project], { encoding: "utf8" });
  } catch (error) {
    assert.fail(error.stdout);
  }
});
