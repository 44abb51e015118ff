// The presets as modules are the documents of policies/.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Policy } from "bailiwick";
import { presets } from "./data.mjs";

assert.ok(Object.keys(presets).length > 0, "no policy found");

for (const [name, { $schema, ...document }] of Object.entries(presets)) {
  test(`bailiwick/presets/${name} is policies/${name}.json, and compiles`, async () => {
    const { default: preset } = await import(`bailiwick/presets/${name}`);
    assert.deepEqual(preset, document);
    assert.equal(Policy.compile(preset).name, name);
  });
}
