// The README's code for each framework, as it stands there.
import "./dom.mjs";
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { afterEach, test } from "node:test";
import * as react from "@testing-library/react";
import * as svelte from "@testing-library/svelte";
import * as vue from "@testing-library/vue";
import { createElement } from "react";
import { compile } from "svelte/compiler";
import { accessPlugin } from "bailiwick/vue";
import { setAccess } from "bailiwick/svelte";
import { Access, Directory, Policy } from "bailiwick";
import pinecone from "bailiwick/presets/pinecone";

const folder = new URL("readme/", import.meta.url);
const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
const bytes = { user: bytesOf("project_user"), owner: bytesOf("project_owner") };

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder);

afterEach(() => {
  for (const { cleanup } of [react, vue, svelte]) cleanup();
});

test("the store's lines tell the new answer", async () => {
  const said = [];
  const { log } = console;
  console.log = (word) => said.push(word);
  const literal = (from) => `Uint8Array.from(${JSON.stringify([...from])})`;
  const before = `const bytes = ${literal(bytes.user)}; const newer = ${literal(bytes.owner)};\n`;
  const { store } = await load("In React, Vue and Svelte", "js", "store.mjs", before);
  console.log = log;
  assert.deepEqual([said, store.getSnapshot().version], [[true], 1]);
});

test("the lines for React draw what the access allows", async () => {
  const { App } = await load("React 18, 19", "jsx", "App.jsx");
  const { rerender } = react.render(createElement(App, { bytes: bytes.user }));
  assert.deepEqual(drawn(), [[["Rename", true, "This needs the Project owner role."]], "RenameAsk an owner."]);
  rerender(createElement(App, { bytes: bytes.owner }));
  assert.deepEqual(drawn(), [
    [
      ["Rename", false, "Allowed as Project owner."],
      ["Delete", false, ""],
    ],
    "RenameDelete",
  ]);
});

test("the lines for Vue draw what the access allows", async () => {
  const { default: Project } = await load("Vue, from 3.4", "vue", "Project.vue");
  const render = (from) => {
    const plugins = [accessPlugin({ bytes: from, open: Access.open })];
    vue.render(Project, { props: { id: "search" }, global: { plugins } });
    return drawn();
  };
  assert.deepEqual(render(bytes.user), [
    [["Rename", true, "This needs the Project owner role."]],
    "RenameAsk an owner.",
  ]);
  vue.cleanup();
  assert.deepEqual(render(bytes.owner), [
    [
      ["Rename", false, "Allowed as Project owner."],
      ["Delete", false, ""],
    ],
    "RenameDelete",
  ]);
});

test("the lines for Svelte draw what the access allows", async () => {
  const { default: Project } = await load("Svelte 4, 5", "svelte", "Project.svelte");
  assert.deepEqual(compile(block("Svelte 4, 5", "svelte"), {}).warnings, []);
  const above = `<script>let { setAccess, source, Project, id } = $props(); setAccess(source);</script><Project {id} />`;
  writeFileSync(new URL("Above.svelte", folder), above);
  const { default: Above } = await import(new URL("Above.svelte", folder));
  const render = (from) => {
    svelte.render(Above, { setAccess, source: { bytes: from, open: Access.open }, Project, id: "search" });
    return drawn();
  };
  assert.deepEqual(render(bytes.user), [
    [["Rename", true, "This needs the Project owner role."]],
    "Rename Ask an owner.",
  ]);
  svelte.cleanup();
  assert.deepEqual(render(bytes.owner), [
    [
      ["Rename", false, "Allowed as Project owner."],
      ["Delete", false, ""],
    ],
    "Rename Delete",
  ]);
});

test("bytes come through a page as they were", () => {
  const same = new Function("access", `${block("On a server", "js")}; return same;`)(Access.open(bytes.user));
  assert.deepEqual(same, bytes.user);
});

/** The buttons of the page (their text, whether they are disabled, their tooltip), and all of its text. */
function drawn() {
  const buttons = [...document.querySelectorAll("button")].map(({ textContent, disabled, title }) => [
    textContent,
    disabled,
    title,
  ]);
  return [buttons, document.body.textContent.trim().replace(/\s+/g, " ")];
}

/** The first block of code in a language under a heading. */
function block(heading, language) {
  const [, section] = readme.split(new RegExp(`^##+ ${heading}$`, "m"));
  const [, code] = new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``).exec(section);
  return code;
}

/** That block as a module. */
function load(heading, language, file, before = "") {
  const url = new URL(file, folder);
  writeFileSync(url, before + block(heading, language));
  return import(url);
}

/** Bo's access to "search". */
function bytesOf(role) {
  const [ana, bo] = ["user/ana@acme.com", "user/bo@acme.com"];
  const members = [
    { member: ana, roles: ["organization_owner"] },
    { member: bo, roles: ["organization_user"] },
  ];
  const document = {
    format: 1,
    people: [{ id: "ana@acme.com" }, { id: "bo@acme.com" }],
    organizations: [{ id: "acme", edition: "standard", members }],
    projects: [{ id: "search", organization: "acme", members: [{ member: bo, roles: [role] }] }],
  };
  return Directory.load(Policy.compile(pinecone), document).access(bo, "acme").bytes();
}
