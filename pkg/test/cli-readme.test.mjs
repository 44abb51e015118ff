// The README's calls of the command line write what it shows, and its types hold.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { cli } from "./cli/run.mjs";

const page = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const section = (title) => page.split(/^## /m).find((text) => text.startsWith(`${title}\n`)) ?? "";
const blocks = (title, language) =>
  [...section(title).matchAll(new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``, "g"))].map((block) => block[1]);
const calls = blocks("On the command line", "console").map((block) => /^\$ npx bailiwick (.*)\n([^]*)$/.exec(block));

test("there are calls, one of each command that shows something", () => {
  const commands = calls.map(([, line]) => line.split(" ")[0]).sort();
  assert.deepEqual(commands, ["check", "diff", "explain", "matrix", "test"]);
});

for (const [, line, shown] of calls)
  test(`npx bailiwick ${line}`, () => {
    const { out, err } = cli(line.split(" "));
    assert.deepEqual([out.trimEnd(), err], [shown.trimEnd(), ""]);
  });

test("the README's TypeScript compiles, and every line that must not does not", (t) => {
  const folder = fileURLToPath(new URL(`types/readme-${process.pid}/`, import.meta.url));
  mkdirSync(folder);
  t.after(() => rmSync(folder, { recursive: true }));
  const files = blocks("Types", "ts").map((_, place) => `${place}.ts`);
  assert.ok(files.length > 0);
  blocks("Types", "ts").forEach((block, place) => writeFileSync(`${folder}${place}.ts`, block));
  writeFileSync(`${folder}tsconfig.json`, JSON.stringify({ extends: "../tsconfig.json", files }));
  const compiler = fileURLToPath(new URL("../node_modules/typescript/bin/tsc", import.meta.url));
  try {
    execFileSync(process.execPath, [compiler, "-p", folder], { encoding: "utf8" });
  } catch (error) {
    assert.fail(error.stdout);
  }
});
