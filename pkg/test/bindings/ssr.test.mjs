// What a server drew from an access's bytes is what the same bytes draw in the page: nothing is drawn anew.
import "./dom.mjs";
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { beforeEach, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { act } from "@testing-library/react";
import { createElement, version as reactVersion } from "react";
import { hydrateRoot } from "react-dom/client";
import * as svelte from "svelte";
import { VERSION as svelteVersion } from "svelte/compiler";
import { createSSRApp, nextTick, version as vueVersion } from "vue";
import { Page as ReactPage } from "./ssr/react.mjs";
import SveltePage from "./ssr/Svelte.svelte";
import { Page as VuePage } from "./ssr/vue.mjs";
import { END, access } from "./world.mjs";

const program = fileURLToPath(new URL("ssr/server.mjs", import.meta.url));
const drawn = { react: draw("react"), svelte: draw("svelte"), vue: draw("vue") };
const elsewhere = access({ user: ["p0"] }).bytes();

const renderedAt = END - 1;

let said = [];
let now = renderedAt;
Date.now = () => now;
for (const method of ["error", "warn"]) console[method] = (...words) => said.push(words.join(" "));

beforeEach(() => {
  said = [];
  now = renderedAt;
});

describe(`React ${reactVersion}`, () => {
  test("the same bytes hydrate without a mismatch", async () => {
    const { main, hydrated, bytes, ids, recovered } = arrive("react");
    await act(() => hydrated(ReactPage, { bytes, ids, renderedAt }));
    assert.deepEqual([recovered, said], [[], []]);
    assert.equal(main.outerHTML, served("react"));
  });

  test("a grant that ends on the way is taken over as it was drawn, and goes then", async () => {
    const { main, hydrated, bytes, ids, recovered } = arrive("react");
    now = END;
    assert.equal(main.querySelector("i").textContent, "enabled");
    await act(() => hydrated(ReactPage, { bytes, ids, renderedAt }));
    assert.deepEqual([recovered, said], [[], []]);
    assert.equal(main.querySelector("i").textContent, "hidden");
  });

  test("other bytes would have been noticed", async () => {
    const { hydrated, ids, recovered } = arrive("react");
    await act(() => hydrated(ReactPage, { bytes: elsewhere, ids, renderedAt }));
    assert.ok(recovered.length > 0);
  });
});

describe(`Vue ${vueVersion}`, () => {
  test("the same bytes hydrate without a mismatch", async () => {
    const { main, bytes, ids } = arrive("vue");
    const before = [...main.querySelectorAll("*")];
    createSSRApp(VuePage, { bytes, ids, renderedAt }).mount(main);
    await nextTick();
    assert.deepEqual(said, []);
    assert.ok(before.length > 0 && before.every((element) => main.contains(element)));
    main.removeAttribute("data-v-app");
    assert.equal(main.outerHTML, served("vue"));
  });

  test("a grant that ends on the way is taken over as it was drawn, and goes then", async () => {
    const { main, bytes, ids } = arrive("vue");
    now = END;
    assert.equal(main.querySelector("i").textContent, "enabled");
    createSSRApp(VuePage, { bytes, ids, renderedAt }).mount(main);
    await nextTick();
    assert.deepEqual([main.querySelector("i").textContent, said], ["hidden", []]);
  });

  test("other bytes would have been noticed", () => {
    const { main, ids } = arrive("vue");
    createSSRApp(VuePage, { bytes: elsewhere, ids, renderedAt }).mount(main);
    assert.match(said.join("\n"), /mismatch/);
  });
});

describe(`Svelte ${svelteVersion}`, () => {
  /** Svelte 4 says nothing of a mismatch: what counts is that the elements stay. */
  const hydrated = (target, props) =>
    svelte.hydrate === undefined
      ? new SveltePage({ target, props, hydrate: true })
      : svelte.hydrate(SveltePage, { target, props });

  test("the same bytes hydrate without a mismatch", async () => {
    const { main, bytes, ids } = arrive("svelte");
    const [before, text] = [[...main.querySelectorAll("*")], main.textContent];
    hydrated(main, { bytes, ids, renderedAt });
    await svelte.tick();
    assert.deepEqual([said, main.textContent], [[], text]);
    assert.ok(before.length > 0 && before.every((element) => main.contains(element)));
  });

  test("a grant that ends on the way is taken over as it was drawn, and goes then", async () => {
    const { main, bytes, ids } = arrive("svelte");
    const ends = () => main.querySelectorAll("i")[2].textContent;
    now = END;
    assert.equal(ends(), "enabled");
    hydrated(main, { bytes, ids, renderedAt });
    await svelte.tick();
    assert.deepEqual([ends(), said], ["hidden", []]);
  });
});

test("what the server drew says what the access says", () => {
  const { main } = arrive("react");
  const rows = [...main.querySelectorAll("li")].map((row) => [
    row.querySelector("button").disabled,
    row.textContent.split(" ")[0],
  ]);
  assert.deepEqual(rows, [
    [false, "Renamegranted"],
    [true, "Renameno_role"],
    [true, "Renameno_role"],
    [true, "Renameno_role"],
  ]);
  assert.equal(main.textContent.match(/Delete/g).length, 1);
});

/** The page as the server draws it. */
function draw(framework) {
  const options = { encoding: "utf8", env: { ...process.env, SERVER: "1" } };
  return execFileSync(
    process.execPath,
    [...process.execArgv.filter((word) => word !== "--test"), program, framework],
    options,
  );
}

/** The element that the server drew, as text. */
function served(framework) {
  document.body.innerHTML = drawn[framework];
  return document.querySelector("main").outerHTML;
}

/** The page in a browser, before any script of it has run. */
function arrive(framework) {
  document.body.innerHTML = drawn[framework];
  const main = document.querySelector("main");
  const text = document.getElementById("access").textContent;
  const recovered = [];
  const onRecoverableError = (error) => recovered.push(error);
  return {
    main,
    recovered,
    bytes: Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)),
    ids: document.getElementById("ids").textContent.split(","),
    hydrated: (page, props) => hydrateRoot(main, createElement(page, props), { onRecoverableError }),
  };
}
