// Loading apart from the API: before the module is there every call says so, and a failure does not last.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { after, test } from "node:test";
import { promisify } from "node:util";
import { Access, BailiwickError, Directory, Policy, init, reset } from "bailiwick/slim";
import { bytesOf } from "../dist/shared/words.js";
import { presets } from "./data.mjs";
import { thrownBy } from "./thrown.mjs";

const run = promisify(execFile);
const bytes = readFileSync(new URL(import.meta.resolve("bailiwick/bailiwick.wasm")));
const compile = () => Policy.compile(presets.pinecone);

/** What a server sends by path. */
const pages = {
  "/module.wasm": ["application/wasm", bytes],
  "/module.bin": ["application/octet-stream", bytes],
  "/page": ["text/html", "<!doctype html>"],
};
const server = createServer(({ url }, response) => {
  const [type, body] = pages[url] ?? [];
  response.writeHead(type === undefined ? 404 : 200, { "content-type": type ?? "text/plain" }).end(body);
});
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
after(() => server.close());
const at = (path) => new URL(path, `http://127.0.0.1:${server.address().port}`);

/** Each way in which a module comes, as code that knows `at` and `bytes`. */
const inputs = {
  "a module": "new WebAssembly.Module(bytes)",
  "a module of another realm": "runInNewContext('new WebAssembly.Module(bytes)', { bytes })",
  "bytes": "bytes",
  "an ArrayBuffer": "new Uint8Array(bytes).buffer",
  "a promise of bytes": "Promise.resolve(bytes)",
  "a promise of a response": "fetch(at('/module.wasm'))",
  "a response that is not declared as a module": "await fetch(at('/module.bin'))",
  "a URL": "at('/module.wasm')",
  "the text of a URL": "String(at('/module.wasm'))",
};

test("before a module is there every call throws ERR_NOT_INITIALIZED", () => {
  for (const call of [compile, () => Policy.compile(7), () => Access.open(new Uint8Array(1)), () => reset()]) {
    assert.equal(thrownBy(call)?.code, "ERR_NOT_INITIALIZED");
  }
  assert.ok(thrownBy(() => Directory.load({}, {})) instanceof TypeError);
});

test("what is not the module is refused with a code", async () => {
  const other = new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]));
  for (const wrong of [other, new Uint8Array(8), new ArrayBuffer(0), at("/page"), at("/nothing"), fetch(at("/page"))]) {
    await assert.rejects(init(wrong), (error) => error instanceof BailiwickError && error.code === "ERR_MODULE");
  }
  for (const wrong of [undefined, null, 7, {}, []]) {
    await assert.rejects(init(wrong), (error) => error instanceof TypeError && error.code === "ERR_TYPE");
  }
  assert.equal(thrownBy(compile)?.code, "ERR_NOT_INITIALIZED");
});

test("a failed start is forgotten, callers at once share one start, and a later one changes nothing", async () => {
  await assert.rejects(init(Promise.reject(new TypeError("offline"))), { message: "offline" });
  const input = { get then() { throw new Error("the second input is not looked at"); } };
  const [first, second] = [init(bytes), init(input)];
  assert.equal(first, second);
  await first;
  const policy = compile();
  await init(input);
  assert.equal(policy.name, "pinecone");
  reset();
  assert.equal(thrownBy(() => policy.matrix("project"))?.code, "ERR_ENGINE_LOST");
  assert.equal(compile().name, "pinecone");
});

for (const [name, input] of Object.entries(inputs)) {
  test(`${name} is taken`, async () => {
    const code = `import { readFileSync } from "node:fs";
      import { runInNewContext } from "node:vm";
      import { Policy, init } from "bailiwick/slim";
      import pinecone from "bailiwick/presets/pinecone";
      const at = (path) => new URL(path, "${at("/")}");
      const bytes = readFileSync(new URL(import.meta.resolve("bailiwick/bailiwick.wasm")));
      await init(${input});
      console.log(Policy.compile(pinecone).name);`;
    const { stdout } = await run(process.execPath, ["--input-type=module", "-e", code], { cwd: import.meta.dirname });
    assert.equal(stdout, "pinecone\n");
  });
}

test("letters stand for every byte, and modules are inlined in them", async () => {
  const every = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  const letters = Array.from(every, (byte) => ["", " ", "!"][Math.floor(byte / 92)] + String.fromCharCode(35 + (byte % 92)));
  assert.deepEqual(bytesOf(letters.join("")), every);
  for (const [name, entry] of [["bailiwick", "index"], ["access", "access/index"], ["guard", "guard/index"]]) {
    const text = readFileSync(new URL(`../dist/${entry}.js`, import.meta.url), "utf8");
    const [, inlined] = /letters_\w+="((?:[^"\\]|\\.)+)"/.exec(text);
    const module = readFileSync(new URL(`../dist/${name}.wasm`, import.meta.url));
    assert.deepEqual(Buffer.from(bytesOf(JSON.parse(`"${inlined}"`))), module);
  }
});

test("the package can be required", async () => {
  const code = `const { Policy } = require("bailiwick"); const { default: pinecone } = require("bailiwick/presets/pinecone");
    console.log(Policy.compile(pinecone).name);`;
  const { stdout } = await run(process.execPath, ["--no-warnings", "-e", code], { cwd: import.meta.dirname });
  assert.equal(stdout, "pinecone\n");
});

/** A bundler drops what a file without a place in `sideEffects` does on import, and what entries share moves into such files. */
test("every entry that brings a module in does so in its own file", () => {
  const { sideEffects } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  assert.ok(sideEffects.length > 0);
  for (const file of sideEffects) assert.match(readFileSync(new URL(`../${file}`, import.meta.url), "utf8"), /\bstart\(/, file);
});
