// All tests of the bindings: with the newest frameworks, with the oldest that they work with, and in Chromium.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const frameworks = ["react.test.mjs", "vue.test.mjs", "svelte.test.mjs", "ssr.test.mjs"];
const runs = [
  [["types.test.mjs", "readme.test.mjs", ...frameworks, "chromium.test.mjs"], {}],
  [frameworks, { OLDER: "1" }],
];
const statuses = runs.map(([files, settings]) => {
  const options = {
    cwd: fileURLToPath(new URL(".", import.meta.url)),
    stdio: "inherit",
    env: { ...process.env, ...settings },
  };
  return spawnSync(process.execPath, ["--import", "./hooks/register.mjs", "--test", ...files], options).status;
});

process.exitCode = statuses.every((status) => status === 0) ? 0 : 1;
