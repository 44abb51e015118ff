// The README's code runs, and says what its comments say.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const [, code] = /```js\n([^]*?)```/.exec(readme) ?? [];

/** Every statement that asks is printed instead. */
const printing = code
  ?.split("\n")
  .map((line) => line.replace(/^(access\..+?);( \/\/.*)?$/, "console.log(JSON.stringify($1));"))
  .join("\n");

test("the README's code answers as it says", () => {
  const options = { cwd: fileURLToPath(new URL("..", import.meta.url)), encoding: "utf8" };
  const lines = execFileSync(process.execPath, ["--input-type=module", "-e", printing], options).trim().split("\n");
  const remedy = '{"change":"role","role":"project_owner","on":"project/search"}';
  assert.deepEqual(lines, ["true", "false", remedy, '"disabled"', '{"0":0,"1":0}', '["search"]']);
});
