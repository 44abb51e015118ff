// The guard of the packed package before real servers: node run.mjs [folder of the tarball] [part of a server's name]
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { agreement } from "./lib/agreement.mjs";
import { checksOf } from "./lib/checks.mjs";
import { project, tarballIn } from "./lib/project.mjs";
import { SERVERS, tables } from "./lib/servers.mjs";
import { ask } from "./lib/wire.mjs";

const [, , folder = fileURLToPath(new URL("../../../target/package", import.meta.url)), only = ""] = process.argv;
const count = { passed: 0, failed: 0 };
const stranger = project(tarballIn(resolve(folder)));

try {
  for (const [name, server] of Object.entries(SERVERS).filter(([name]) => name.includes(only))) await asked(name, server);
  if ("tables".includes(only)) await wrongTables();
  if ("routers".includes(only)) await routers();
} finally {
  stranger.remove();
}
if (count.passed === 0) console.log("no check passed");
console.log(`${count.passed} passed, ${count.failed} failed`);
process.exit(count.failed > 0 || count.passed === 0 ? 1 : 0);

/** Everything, of one server. */
async function asked(name, server) {
  const before = { ...count };
  await using(name, server.start, async (port) => {
    for (const [what, check] of checksOf(server, stranger.world)) {
      const wrong = await check(port).catch(({ message }) => message);
      told(wrong === undefined, `${name}, ${what}: ${wrong}`);
    }
  });
  if (count.failed === before.failed) console.log(`ok - ${name}: ${count.passed - before.passed} checks`);
}

/** A13: no table that could be read in two ways is built. */
async function wrongTables() {
  await using("workerd", tables, async (port) => {
    const { json } = await ask(port, { target: "/" });
    for (const [name, fault] of Object.entries(json ?? {})) told(/^ERR_/.test(fault), `A13 the table: ${name}: ${fault}`);
  });
}

/** Whenever a router reaches a handler, the guard has decided for its row. */
async function routers() {
  for (const { right, text } of await agreement(stranger)) {
    told(right, text);
    if (right) console.log(`ok - ${text}`);
  }
}

/** A server that does not start fails its checks, not the others'. */
async function using(name, start, use) {
  let server;
  try {
    server = await start(stranger);
    await use(server.port);
  } catch (error) {
    told(false, `${name}: ${error.stack}`);
  } finally {
    await server?.stop();
  }
}

function told(passed, text) {
  count[passed ? "passed" : "failed"] += 1;
  if (!passed) console.log(`not ok - ${text}`);
}
