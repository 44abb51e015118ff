// The tests of the page, in headless Chromium. The package and the page are built before.
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { launch } from "./browser.mjs";
import { checks as conformance } from "./checks/conformance.mjs";
import { checks as loading } from "./checks/loading.mjs";
import { checks as pictures } from "./checks/pictures.mjs";
import { checks as documents } from "./playground/documents.mjs";
import { mustBeFresh } from "./fresh.mjs";
import { checks as newcomer } from "./playground/newcomer.mjs";
import { checks as playground } from "./playground/page.mjs";
import { serve } from "./server.mjs";
import { stories } from "./stories/index.mjs";

const folder = (path) => fileURLToPath(new URL(path, import.meta.url));

mustBeFresh(folder("../dist/index.html"), ["../console", "../playground", "../index.html", "../playground.html", "../vite.config.ts", "../../pkg/dist"].map(folder));
await build({
  root: folder("page"),
  configFile: false,
  logLevel: "error",
  build: { outDir: folder("dist"), emptyOutDir: true, target: "es2022" },
});
const [site, suite] = await Promise.all([serve(folder("../dist")), serve(folder("dist"))]);
const browser = await launch();
const [, , only = ""] = process.argv;
const checks = [...stories, ...loading, ...conformance, ...pictures, ...documents, ...newcomer, ...playground].filter(([name]) => name.includes(only));
const count = { passed: 0, failed: 0 };

for (const [name, check] of checks) {
  const failure = await run(check);
  count[failure === undefined ? "passed" : "failed"] += 1;
  console.log(`${failure === undefined ? "ok" : "not ok"} - ${name}${failure === undefined ? "" : `\n  ${failure}`}`);
}

await browser.close();
await Promise.all([site.stop(), suite.stop()]);
if (count.passed === 0) console.log("no test passed");
console.log(`${count.passed} passed, ${count.failed} failed`);
process.exitCode = count.failed > 0 || count.passed === 0 ? 1 : 0;

/** Runs one check in a page of its own; an error that the page reports fails it too. */
async function run(check) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 } });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const errors = [];
  let forgiven = false;
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && errors.push(message.text()));
  try {
    await check({ browser, page, address: site.address, suite: suite.address, forgive: () => (forgiven = true) });
    return errors.length > 0 && !forgiven ? `the page reports: ${errors.join("; ")}` : undefined;
  } catch (error) {
    return [error instanceof Error ? error.message : String(error), ...errors].join("\n  ");
  } finally {
    await context.close();
  }
}
