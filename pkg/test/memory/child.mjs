// One scenario over one entry, in a process of its own: what the memory holds before and after, as JSON. The bytes of an access come in
// on the command line, so that the small entry is alone in its process.
import { setImmediate as turn } from "node:timers/promises";
import { answering } from "../../dist/shared/access.js";
import * as scenarios from "./scenarios.mjs";

const [entry, scenario, prepared] = process.argv.slice(2);
const { Access } = await import(entry);
const bytes = Buffer.from(prepared, "base64");
const live = () => answering().engine.live();

/** Collects by turns of the event loop, for finalizers run in between, until no more than `most` accesses are live. */
async function settle(most = Infinity) {
  for (let round = 0; round < 4 || (round < 200 && live() > most); round += 1) {
    globalThis.gc();
    await turn();
  }
}

async function measured() {
  await settle();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return { js: heapUsed + arrayBuffers, wasm: answering().engine.memory.buffer.byteLength, live: live() };
}

const { warmUp, work } = await scenarios[scenario](entry, Access, bytes, settle);
await warmUp();
const before = await measured();
const done = await work();
process.stdout.write(JSON.stringify({ before, after: await measured(), done }));
