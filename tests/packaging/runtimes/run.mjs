// Asks the packed package the whole suite in every runtime: node run.mjs [folder of the tarball] [part of a name]
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { project, tarballIn } from "./lib/project.mjs";
import { serve } from "./lib/site.mjs";
import * as bun from "./runners/bun.mjs";
import * as chromium from "./runners/chromium.mjs";
import * as deno from "./runners/deno.mjs";
import * as edge from "./runners/edge.mjs";
import * as firefox from "./runners/firefox.mjs";
import * as lint from "./runners/lint.mjs";
import * as node from "./runners/node.mjs";
import * as readme from "./runners/readme.mjs";
import * as workerd from "./runners/workerd.mjs";

const SUITES = [node, deno, bun, workerd, edge, chromium, firefox, readme];
const [, , folder = fileURLToPath(new URL("../../../target/package", import.meta.url)), only = ""] = process.argv;

const tarball = tarballIn(resolve(folder));
const stranger = project(tarball);
const site = await serve(stranger.root);
const given = { ...stranger, tarball, address: site.address };
const count = { passed: 0, failed: 0, skipped: 0 };
/** How many questions the first runtime was asked. */
let whole;

try {
  for (const { checks, missing } of SUITES) await all(checks, missing);
  await all(lint.checks);
} finally {
  for (const { stop } of SUITES) await stop?.();
  site.stop();
  stranger.remove();
}
if (count.passed === 0) console.log("no test passed");
const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : "";
console.log(`${count.passed} passed, ${count.failed} failed${skipped}`);
process.exit(count.failed > 0 || count.passed === 0 ? 1 : 0);

async function all(checks, missing) {
  for (const [name, check] of checks.filter(([name]) => name.includes(only))) {
    const [outcome, text] = await one(check, missing);
    count[outcome] += 1;
    console.log(`${{ passed: "ok", failed: "not ok", skipped: "skipped" }[outcome]} - ${name}: ${text}`);
  }
}

async function one(check, missing) {
  try {
    const answer = await check(given);
    if (answer === undefined) return ["skipped", missing];
    if (answer.failures.length > 0) return ["failed", answer.failures.slice(0, 10).join("\n  ")];
    return ["passed", answer.text ?? suiteLine(answer)];
  } catch (error) {
    return ["failed", error instanceof Error ? `${error.message}\n${error.stdout ?? ""}` : String(error)];
  }
}

/** As many questions were asked as in the first runtime. */
function suiteLine({ passed, small = 0 }) {
  whole ??= { passed, small };
  if (passed === 0 || (stranger.small && small === 0)) throw new Error("nothing was asked");
  if (passed !== whole.passed || small !== whole.small)
    throw new Error(`${passed} and ${small} questions were asked, ${whole.passed} and ${whole.small} in the first runtime`);
  return stranger.small ? `${passed} questions, and ${small} of the small module` : `${passed} questions`;
}
