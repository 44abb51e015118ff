// The guard beside real routers, in Node.
import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** Asks both; for each router what was counted, and what went wrong. */
export async function agreement({ root, world }) {
  const { stdout } = await promisify(execFile)(process.execPath, ["agreement.mjs", JSON.stringify(world)], { cwd: root, maxBuffer: 1 << 24 });
  const { seed, requests, passed, counted, wrong, first } = JSON.parse(stdout);
  return Object.entries(counted).map(([name, { reached, allowed, refused }]) => ({
    right: wrong === 0 && passed > 0 && allowed === passed && refused > 0,
    text: `${name}: ${requests} requests by BAILIWICK_SEED=${seed}, ${reached} reached a handler, ${refused} of them were refused${wrong > 0 ? `; ${wrong} wrong: ${JSON.stringify(first)}` : ""}`,
  }));
}
