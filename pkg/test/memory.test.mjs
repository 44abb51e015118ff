// No memory is lost: in WebAssembly and in JavaScript it is back where it was after warm-up, whatever was asked, opened or dropped.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { bo, company } from "./company.mjs";

const child = fileURLToPath(new URL("memory/child.mjs", import.meta.url));
const prepared = Buffer.from(company().directory.access(bo, "acme").bytes()).toString("base64");

/** What a heap differs by without anything being lost, compiled code mostly: a hundred bytes for each of ten thousand accesses. */
const NOISE = 1024 * 1024;
/** What the 16,384 ids take that an access remembers, for it may hold any number of them when it is looked at. */
const REMEMBERED = 4 * 1024 * 1024;

/** What WebAssembly may grow by where a thousand accesses are dropped at once: the platform gives them back in any order, with gaps. */
const GAPS = 2 * 1024 * 1024;

/** Each scenario: how often it does what it does, and by how many bytes the JavaScript heap may differ, and WebAssembly's memory. */
const scenarios = {
  calls: { title: "ten million questions", least: 10_000_000, slack: NOISE },
  freed: { title: "ten thousand accesses made and freed", least: 10_000, slack: NOISE },
  dropped: { title: "ten thousand accesses made and only dropped", least: 10_000, slack: NOISE, gaps: GAPS },
  unknown: { title: "a million distinct unknown ids", least: 1_000_000, slack: REMEMBERED },
};

function run(entry, scenario) {
  const answer = execFileSync(process.execPath, ["--expose-gc", child, entry, scenario, prepared], { encoding: "utf8" });
  return JSON.parse(answer);
}

for (const entry of ["bailiwick", "bailiwick/access"])
  describe(entry, () => {
    for (const [scenario, { title, least, slack, gaps = 0 }] of Object.entries(scenarios))
      test(title, () => {
        const { before, after, done } = run(entry, scenario);
        assert.ok(done >= least, `only ${done} were done`);
        assert.ok(after.wasm - before.wasm <= gaps, `WebAssembly memory: ${after.wasm - before.wasm} bytes more`);
        assert.equal(after.live, before.live, "handles");
        assert.ok(after.js - before.js <= slack, `JavaScript heap: ${after.js - before.js} bytes more`);
        console.log(`${entry}, ${title}: ${before.wasm} bytes of WebAssembly, ${after.js - before.js} bytes more in JavaScript`);
      });
  });
