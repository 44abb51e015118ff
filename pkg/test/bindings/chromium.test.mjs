// One page for each framework, built by Vite, in Chromium: a button goes when the access is replaced, and when a grant ends.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import vue from "@vitejs/plugin-vue";
import { build, preview } from "vite";
import { launch } from "../../../www/test/browser.mjs";
import { END } from "./ends.mjs";

const FRAMEWORKS = ["react", "vue", "svelte"];
const root = fileURLToPath(new URL("pages", import.meta.url));
const config = {
  root,
  configFile: false,
  logLevel: "error",
  plugins: [vue(), svelte({ configFile: false })],
  resolve: { dedupe: FRAMEWORKS },
  build: { target: "es2022", rolldownOptions: { input: FRAMEWORKS.map((name) => `${root}/${name}.html`) } },
  preview: { host: "127.0.0.1", port: 0 },
};

let browser;
let server;

before(async () => {
  await build(config);
  [server, browser] = await Promise.all([preview(config), launch()]);
});

after(async () => {
  await browser?.close();
  await server?.close();
});

for (const name of FRAMEWORKS) {
  test(`${name}: a button goes when the access is replaced, and when a grant ends`, async () => {
    const page = await browser.newPage();
    const errors = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    page.on("console", (message) => ["error", "warning"].includes(message.type()) && errors.push(message.text()));
    await page.clock.install({ time: END - 60_000 });
    await page.goto(`${server.resolvedUrls.local[0]}${name}.html`);
    const shown = () => page.locator("main button").allTextContents();
    await page.getByText("Lessen").waitFor();
    assert.deepEqual(await shown(), ["Rename p0", "Query p1", "Lessen"]);
    await page.getByText("Lessen").click();
    await page.getByText("Rename p0").waitFor({ state: "detached" });
    assert.deepEqual(await shown(), ["Query p1", "Lessen"]);
    assert.equal(await page.locator("i").textContent(), "no");
    await page.clock.runFor(61_000);
    await page.getByText("Query p1").waitFor({ state: "detached" });
    assert.deepEqual([await shown(), errors], [["Lessen"], []]);
    await page.close();
  });
}
