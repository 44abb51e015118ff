// Bun.
import { answerOf, bin } from "../lib/command.mjs";
import { program } from "../lib/project.mjs";

const main = `import answer from "./bun-program.mjs";\nconsole.log(JSON.stringify(answer));\n`;

export const checks = [
  [
    "Bun",
    ({ root, write }) => {
      write("bun-program.mjs", program("bailiwick"));
      write("bun.mjs", main);
      return answerOf(bin("bun"), ["run", "bun.mjs"], root);
    },
  ],
];
