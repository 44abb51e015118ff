// A bundler may leave out files without side effects. The module must be there all the same.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { thrownBy } from "./thrown.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

async function bundled(entry, name = "Access") {
  const { outputFiles } = await build({
    stdin: { contents: `export { ${name} } from "${entry}";`, resolveDir: root },
    bundle: true,
    format: "esm",
    platform: "browser",
    write: false,
    logLevel: "silent",
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
}

for (const entry of ["bailiwick", "bailiwick/js", "bailiwick/access", "bailiwick/access/js"])
  test(`${entry} answers after a bundler took what is used of it`, async () => {
    const { Access } = await bundled(entry);
    assert.equal(thrownBy(() => Access.open(new Uint8Array(9)))?.code, "ERR_ACCESS");
  });

test("bailiwick/guard answers after a bundler took what is used of it", async () => {
  const { createGuard } = await bundled("bailiwick/guard", "createGuard");
  const settings = { routes: [], vocabulary: new Uint8Array(9), capsule: () => null };
  assert.equal(thrownBy(() => createGuard(settings))?.code, "ERR_ACCESS");
});
