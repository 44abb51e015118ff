// Installs the packed package into strangers' projects and proves that it works there. Names choose the strangers:
//   node run.mjs [--tarball FILE_OR_FOLDER] [--complete] [vite8 vite7 webpack esbuild rollup parcel next newcomer node]
// The package is built before, and the packages of www are there: its browser is used. With --complete nothing may be skipped.
import { parseArgs } from "node:util";
import { checks as conformance } from "./checks/conformance.mjs";
import { checks as lean } from "./checks/lean.mjs";
import { checks as newcomer } from "./checks/newcomer.mjs";
import { checks as next } from "./checks/next.mjs";
import { checks as node } from "./checks/node.mjs";
import { checks as readme } from "./checks/readme.mjs";
import { close } from "./lib/page.mjs";
import { differences, table } from "./lib/table.mjs";
import { open } from "./lib/workshop.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { tarball: { type: "string" }, complete: { type: "boolean" } },
});
const all = [...node, ...conformance, ...next, ...newcomer, ...lean, ...readme];
const chosen = all.filter(({ stranger }) => positionals.length === 0 || positionals.includes(stranger));
const count = { passed: 0, failed: 0, skipped: 0 };
const rows = [];

function tell(state, title, why) {
  count[state] += 1;
  const mark = { passed: "ok", failed: "not ok", skipped: "skipped" }[state];
  console.log(`${mark} - ${title}${why === undefined ? "" : `\n  ${why.replaceAll("\n", "\n  ")}`}`);
}

async function check({ title, needs = [], run }, workshop) {
  const absent = needs.filter((entry) => !workshop.has(entry));
  if (absent.length > 0) return tell("skipped", title, `the package has no ${absent.join(", ")}`);
  try {
    rows.push(...((await run(workshop)) ?? []));
    tell("passed", title);
  } catch (error) {
    tell("failed", title, error.message);
  }
}

const workshop = await open(values.tarball);
for (const one of chosen) await check(one, workshop);
if (rows.length > 1) {
  const unlike = differences(rows);
  tell(unlike === undefined ? "passed" : "failed", "the number of questions is the same everywhere", unlike);
}
await close();
console.log(table(rows));
if (count.passed === 0) console.log("no check passed");
console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
const unasked = values.complete && count.skipped > 0;
process.exitCode = count.failed > 0 || count.passed === 0 || unasked ? 1 : 0;
