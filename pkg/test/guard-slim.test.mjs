// The guard over a module that is brought in by hand.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { applyDelta, createGuard, init } from "bailiwick/guard/slim";
import { bo, company } from "./company.mjs";
import { thrownBy } from "./thrown.mjs";

const { policy, directory } = company();
const now = 1_790_000_000_000;
const bytes = directory.capsule(bo, "acme", { issuedAt: now, notAfter: now + 1 });
const make = () =>
  createGuard({
    routes: [{ method: "GET", path: "/{project}", action: "query_vectors", kind: "project", id: "project" }],
    vocabulary: policy.vocabulary(),
    capsule: () => bytes,
    clock: () => now,
  });

test("nothing is made before the module is there; after a failure it may come again", async () => {
  assert.equal(thrownBy(make)?.code, "ERR_NOT_INITIALIZED");
  assert.equal(thrownBy(() => applyDelta(bytes, bytes))?.code, "ERR_NOT_INITIALIZED");
  await assert.rejects(init(new Uint8Array(8)), { code: "ERR_MODULE" });
  for (const other of ["access", "bailiwick"]) {
    const module = readFileSync(new URL(`../dist/${other}.wasm`, import.meta.url));
    await assert.rejects(init(module), { code: "ERR_MODULE" }, other);
  }
  await init(readFileSync(new URL("../dist/guard.wasm", import.meta.url)));
  await init("never fetched");
  assert.equal((await make()(new Request("https://api.acme.com/search"))).allowed, true);
  assert.equal((await make()(new Request("https://api.acme.com/ads"))).allowed, false);
});
