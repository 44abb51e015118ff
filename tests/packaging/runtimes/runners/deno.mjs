// Deno, with the package from node_modules and the right to read the project.
import { answerOf, bin } from "../lib/command.mjs";
import { program } from "../lib/project.mjs";

const main = `import answer from "./deno-program.mjs";\nconsole.log(JSON.stringify(answer));\n`;

export const checks = [
  [
    "Deno",
    (project) => {
      project.write("deno-program.mjs", program(project, "bailiwick", "bailiwick/access"));
      project.write("deno.mjs", main);
      return answerOf(bin("deno"), ["run", "--no-remote", "--no-prompt", "--allow-read=.", "deno.mjs"], project.root);
    },
  ],
];
