// The published types, beside those of the frameworks: what must not compile does not.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const compiler = fileURLToPath(new URL("node_modules/typescript/bin/tsc", import.meta.url));

for (const framework of ["react", "vue", "svelte"]) {
  test(`the types for ${framework} hold, and every line that must not compile does not`, () => {
    const project = fileURLToPath(new URL(`types/${framework}`, import.meta.url));
    try {
      execFileSync(process.execPath, [compiler, "-p", project], { encoding: "utf8" });
    } catch (error) {
      assert.fail(error.stdout);
    }
  });
}
