// The README's code runs, and says what its comments say.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** The JavaScript of a page, the first `count` blocks of it. */
const code = (page, count) => {
  const text = readFileSync(new URL(page, import.meta.url), "utf8");
  return [...text.matchAll(/```js\n([^]*?)```/g)].slice(0, count).map((block) => block[1]).join("\n");
};

/** Runs it with every statement that asks printed as JSON; the lines, read again. */
const answers = (source, asks) => {
  const printing = source.split("\n").map((line) => line.replace(asks, "console.log(JSON.stringify($1));")).join("\n");
  const options = { cwd: root, encoding: "utf8" };
  const lines = execFileSync(process.execPath, ["--input-type=module", "-e", printing], options).trim().split("\n");
  return lines.map((line) => JSON.parse(line));
};

test("the package README's code answers as it says", () => {
  const remedy = { change: "role", role: "project_owner", on: "project/search" };
  const found = answers(code("../README.md", 1), /^(access\..+?);( \/\/.*)?$/);
  assert.deepEqual(found, [true, false, remedy, "disabled", { 0: 0, 1: 0 }, ["search"]]);
});

test("the package README's living directory answers as it says", () => {
  const text = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const [, living] = /\n## A directory that lives\n[^]*?```js\n([^]*?)```/.exec(text);
  const source = `${code("../README.md", 1)}\n${living}`;
  const found = answers(source, /^((?:preview\.ok|directory)(?!.*= )\.?.+?);( \/\/.*)?$/);
  const last = "An organization keeps an owner: make another one first.";
  assert.deepEqual(found.slice(0, 2), [true, true]);
  assert.deepEqual(found.slice(2), [true, last, 2, ["project_owner", "project_user"]]);
});

test("the package README's guard answers as it says", () => {
  const text = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const [, section] = /\n## At the edge\n([^]*?)\n## /.exec(text);
  const blocks = [...section.matchAll(/```js\n([^]*?)```/g)].slice(0, 2).map(([, block]) => block);
  const found = answers([code("../README.md", 1), ...blocks].join("\n"), /^(\(await ask.+?);( \/\/.*)?$/);
  assert.deepEqual(found, [true, "no_role", "empty_segment", 404, 401]);
});

test("the package README's authority answers as it says", () => {
  const text = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const [, section] = /\n## Where the truth is kept\n([^]*?)\n## /.exec(text);
  const [kept, served] = [...section.matchAll(/```js\n([^]*?)```/g)].map(([, block]) => block);
  const found = answers(kept + served, /^((?:founded\.|left\.|answered\.|\(await bo).+?);( \/\/.*)?$/);
  assert.deepEqual(found, [1, "last_owner", ["acme"], 401]);
});

test("the repository README's code answers as it says", () => {
  const found = answers(code("../../README.md", 3), /^((?:bo|directory)\.(?!load).+?);( \/\/.*)?$/);
  const [can, check, button, table, list, bytes, organizations, ...living] = found;
  assert.deepEqual([can, check.allowed, check.reason], [true, false, "no_role"]);
  assert.deepEqual(check.remedy[0], { change: "role", role: "project_owner", on: "project/search" });
  assert.deepEqual(button, { state: "disabled", reason: "no_role", text: "This needs the Project owner role." });
  assert.deepEqual([table, list, organizations], [{ 0: 0, 1: 1 }, ["search"], 1]);
  assert.ok(Object.keys(bytes).length > 100);
  const totals = { principals: 1, rows: 1, gained: 13, lost: 0, hidden: 0 };
  const last = "An organization keeps an owner: make another one first.";
  assert.deepEqual(living, [totals, "This needs the Project owner role.", true, last, 2]);
});

test("the package README names every error code, and no other", () => {
  const named = (path) => {
    const text = readFileSync(new URL(path, import.meta.url), "utf8");
    return [...new Set([...text.matchAll(/\bERR_[A-Z_]+\b/g)].map(([code]) => code))].sort();
  };
  const own = ["ERR_TOKEN", "ERR_KEY", "ERR_SIGNATURE", "ERR_AUDIENCE", "ERR_PRINCIPAL", "ERR_ENGINE_LOST", "ERR_FREED", "ERR_MODULE", "ERR_NOT_INITIALIZED", "ERR_NO_PROVIDER", "ERR_ORGANIZATION", "ERR_QUESTION", "ERR_STORAGE", "ERR_IDENTITY", "ERR_NO_ACCESS", "ERR_UNREACHABLE", "ERR_REFUSED", "ERR_BINDING"];
  assert.deepEqual(named("../README.md"), [...named("../../src/error.rs"), ...own].sort());
});
