// Bun.
import { answerOf, bin } from "../lib/command.mjs";
import { program } from "../lib/project.mjs";

const main = `import answer from "./bun-program.mjs";\nconsole.log(JSON.stringify(answer));\n`;

export const checks = [
  [
    "Bun",
    (project) => {
      project.write("bun-program.mjs", program(project, "bailiwick", "bailiwick/access"));
      project.write("bun.mjs", main);
      return answerOf(bin("bun"), ["run", "bun.mjs"], project.root);
    },
  ],
];
