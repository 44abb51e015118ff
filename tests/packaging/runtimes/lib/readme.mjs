// The code of the package's README, by heading and language.
import { readFileSync } from "node:fs";

const text = readFileSync(new URL("../../../../pkg/README.md", import.meta.url), "utf8");

/** The first block of a language under a heading. */
export function block(heading, language = "js") {
  const section = text.split(new RegExp(`\n##+ ${heading}\n`))[1];
  const found = new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``).exec(section?.split(/\n##/)[0]);
  if (found === null) throw new Error(`the README has no ${language} under "${heading}"`);
  return found[1];
}

/** The lines that say something. */
export const linesOf = (code) => code.split("\n").filter((line) => line.trim() !== "").length;
