// Node: imported, required, over the slim entry, and over the JavaScript one without WebAssembly.
import { answerOf } from "../lib/command.mjs";
import { program } from "../lib/project.mjs";

const READ = `await import("node:fs/promises").then(({ readFile }) => readFile(file))`;
const init = (api, module) =>
  `{ const file = new URL(import.meta.resolve("bailiwick/${module}.wasm")); await ${api}.init(${READ}); }`;

const print = (name) => `import answer from "./${name}";\nconsole.log(JSON.stringify(answer));\n`;

const REQUIRE = `const { ask, askSmall } = require("./ask.mjs");
const full = require("bailiwick");
const answer = ask(full);
const small = process.argv.includes("small");
console.log(JSON.stringify(small ? askSmall(answer, full, require("bailiwick/access")) : answer));
`;

/** Through an entry and the one of the small module that belongs to it. */
function printed(project, name, [entry, small], { init, options = [] } = {}) {
  project.write(`${name}-program.mjs`, program(project, entry, small, init));
  project.write(`${name}.mjs`, print(`${name}-program.mjs`));
  return answerOf(process.execPath, [...options, `${name}.mjs`], project.root);
}

export const checks = [
  ["Node, imported", (project) => printed(project, "node", ["bailiwick", "bailiwick/access"])],
  [
    "Node, required",
    ({ root, small, write }) => {
      write("node-require.cjs", REQUIRE);
      return answerOf(process.execPath, ["--no-warnings", "node-require.cjs", ...(small ? ["small"] : [])], root);
    },
  ],
  [
    "Node, bailiwick/slim",
    (project) => printed(project, "node-slim", ["bailiwick/slim", "bailiwick/access/slim"], { init }),
  ],
  [
    "Node without WebAssembly, bailiwick/js",
    (project) => {
      project.write("without.mjs", "delete globalThis.WebAssembly;\n");
      const options = ["--import", "./without.mjs"];
      return printed(project, "node-js", ["bailiwick/js", "bailiwick/access/js"], { options });
    },
  ],
];
