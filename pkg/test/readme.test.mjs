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

/** The JavaScript that stands in the package's README under a heading. */
const under = (heading) => {
  const text = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const section = text.split(new RegExp(`\n##+ ${heading}\n`))[1].split(/\n## /)[0];
  return [...section.matchAll(/```js\n([^]*?)```/g)].map(([, block]) => block);
};

test("the package README's handler behind the guard lets through what may pass", () => {
  const [signed, guarded, handler] = under("At the edge");
  const source = [code("../README.md", 1), signed, guarded, handler.replace("export default", "const handler =")].join("\n");
  const asks = `const answered = async (method) => {
  const response = await handler.fetch(new Request("https://api.acme.com/v1/orgs/acme/projects/search", { method, headers: asking }));
  return [response.status, (await response.json()).mayDelete];
};
[await answered("GET"), await answered("DELETE")];`;
  const found = answers(`${source}\n${asks}`, /^(\[await answered.+?);$/);
  assert.deepEqual(found, [[[200, false], [403, null]]]);
});

test("the package README's bytes in a page are those of the server", () => {
  const [lines] = under("On a server");
  const found = answers(`${code("../README.md", 1)}\n${lines}\nBuffer.compare(access.bytes(), same);`, /^(Buffer\.compare.+?);$/);
  assert.deepEqual(found, [0]);
});

test("the package README's page commands an authority, and is told why not", () => {
  const [kept, served, page] = under("Where the truth is kept");
  const service = served.replace(/identity: jwtIdentity\(.*\)/, 'identity: async (token) => ({ principal: `user/${token}` })');
  const around = `const session = { token: async () => "bo@acme.com" };
await acme.apply(command("4", "accept_invite", { invite: "i1" }), "user/bo@acme.com");
globalThis.fetch = (url, settings) => service(new Request(url, settings));
const said = [];
const show = (text) => said.push(text);
{ ${page.replace(/import .*\n/, "")} acme.close?.(); }
said;
process.exit(0);`;
  const found = answers(`import { connect } from "bailiwick/authority/client";\n${kept}${service}${around}`, /^(said);$/);
  assert.deepEqual(found, [["This needs the Organization owner role."]]);
});

test("the package README's guard asks the revision that was published", () => {
  const [lines] = under("On Cloudflare");
  const objects = "data:text/javascript,export class DurableObject {}";
  const hooks = `export const resolve = (name, context, next) =>
    name === "cloudflare:workers" ? { url: ${JSON.stringify(encodeURI(objects))}, shortCircuit: true } : next(name, context);`;
  const around = `import { register } from "node:module";
register(${JSON.stringify(`data:text/javascript,${encodeURIComponent(hooks)}`)});
const env = { REVISIONS: { get: async () => "7" } };
`;
  const later = lines.replace(/import (.*) from (.*);/, "const $1 = await import($2);");
  assert.deepEqual(answers(`${around}${later}\n(await minRevision(undefined, "acme"));`, /^(\(await minRevision.+?);$/), [7]);
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
