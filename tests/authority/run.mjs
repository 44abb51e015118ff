// The authority of the packed package, one suite over every host: node run.mjs [folder of the tarball] [part of a host's name]
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { HOSTS } from "./lib/hosts.mjs";
import { project, tarballIn } from "./lib/project.mjs";

const [, , folder = fileURLToPath(new URL("../../target/package", import.meta.url)), only = ""] = process.argv;
const count = { passed: 0, failed: 0 };
const stranger = project(tarballIn(resolve(folder)));
const { checks } = await import(stranger.suite);

try {
  for (const [name, start] of Object.entries(HOSTS).filter(([name]) => name.includes(only))) await asked(name, start);
} finally {
  stranger.remove();
}
if (count.passed === 0) console.log("no check passed");
console.log(`${count.passed} passed, ${count.failed} failed`);
process.exit(count.failed > 0 || count.passed === 0 ? 1 : 0);

/** The whole suite, of one host; each check has organizations and people of its own. */
async function asked(name, start) {
  const before = { ...count };
  let host;
  try {
    host = await start(stranger);
    for (const [what, check, needs] of checks) {
      if (needs !== undefined && host[needs] === undefined) continue;
      const wrong = await check(host).then(() => undefined, (error) => error.stack);
      told(wrong === undefined, `${name}, ${what}: ${wrong}`);
    }
  } catch (error) {
    told(false, `${name}: ${error.stack}`);
  } finally {
    await host?.stop();
  }
  if (count.failed === before.failed) console.log(`ok - ${name}: ${count.passed - before.passed} checks`);
}

function told(passed, text) {
  count[passed ? "passed" : "failed"] += 1;
  if (!passed) console.log(`not ok - ${text}`);
}
