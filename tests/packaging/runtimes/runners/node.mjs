// Node: imported, required, over the slim entry, and over the JavaScript one without WebAssembly.
import { answerOf } from "../lib/command.mjs";
import { program } from "../lib/project.mjs";

const SLIM = `import { readFile } from "node:fs/promises";
await api.init(readFile(new URL(import.meta.resolve("bailiwick/bailiwick.wasm"))));`;

const print = (name) => `import answer from "./${name}";\nconsole.log(JSON.stringify(answer));\n`;

const REQUIRE = `const { ask } = require("./ask.mjs");
console.log(JSON.stringify(ask(require("bailiwick"))));
`;

async function printed({ root, write }, name, text, options = []) {
  write(`${name}-program.mjs`, text);
  write(`${name}.mjs`, print(`${name}-program.mjs`));
  return answerOf(process.execPath, [...options, `${name}.mjs`], root);
}

export const checks = [
  ["Node, imported", (project) => printed(project, "node", program("bailiwick"))],
  [
    "Node, required",
    (project) => {
      project.write("node-require.cjs", REQUIRE);
      return answerOf(process.execPath, ["--no-warnings", "node-require.cjs"], project.root);
    },
  ],
  ["Node, bailiwick/slim", (project) => printed(project, "node-slim", program("bailiwick/slim", SLIM))],
  [
    "Node without WebAssembly, bailiwick/js",
    (project) => {
      project.write("without.mjs", "delete globalThis.WebAssembly;\n");
      return printed(project, "node-js", program("bailiwick/js"), ["--import", "./without.mjs"]);
    },
  ],
];
