// Loading apart from the API: before the module is there every call says so, and a failure does not last.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Access, Directory, Policy } from "../dist/index.js";
import { init, provide, reset } from "../dist/load.js";
import { presets } from "./data.mjs";
import { thrownBy } from "./thrown.mjs";

let tries = 0;
const engine = { compile: () => 1, policyInfo: () => ({ name: "pinecone", label: "Pinecone", kinds: [] }), free() {} };

test("before a module is there every call throws ERR_NOT_INITIALIZED", async () => {
  for (const call of [
    () => Policy.compile(presets.pinecone),
    () => Policy.compile(7),
    () => Access.open(new Uint8Array(1)),
    () => reset(),
  ]) {
    assert.equal(thrownBy(call)?.code, "ERR_NOT_INITIALIZED");
  }
  assert.ok(thrownBy(() => Directory.load({}, {})) instanceof TypeError);
  await assert.rejects(init(), { code: "ERR_NOT_INITIALIZED" });
});

test("a failed start is forgotten, and callers at once share one start", async () => {
  provide({
    async start() {
      tries += 1;
      if (tries === 1) throw new TypeError("fetch failed");
      return engine;
    },
    again: () => engine,
  });
  await assert.rejects(init(), { message: "fetch failed" });
  assert.equal(thrownBy(() => Policy.compile(presets.pinecone))?.code, "ERR_NOT_INITIALIZED");
  await Promise.all([init(), init()]);
  await init();
  assert.equal(tries, 2);
  assert.equal(Policy.compile(presets.pinecone).name, "pinecone");
});
