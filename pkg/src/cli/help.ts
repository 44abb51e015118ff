import type { Options } from "./arguments.js";
import type { Command } from "./command.js";
import { type Screen, filled } from "./screen.js";

/** The commands, each in a line. */
export function overview(screen: Screen, commands: readonly Command[]): void {
  screen.line(`${screen.strong("bailiwick")}  who may do what, and why not`);
  screen.line();
  const width = Math.max(...commands.map(({ name }) => name.length));
  for (const { name, summary } of commands) screen.line(`  ${screen.name(name.padEnd(width))}  ${summary}`);
  screen.line();
  screen.line(screen.sentence("A policy is a file, `-` for the standard input, or the name of a preset."));
  screen.line(screen.faint("bailiwick <command> --help says more; exit codes are 0, 1 and 2."));
}

/** One command: how it is called, what it does, its options, examples and exit codes. */
export function helpOf(screen: Screen, command: Command, common: Options): void {
  for (const form of command.forms) screen.line(`${screen.strong(`bailiwick ${command.name}`)} ${form}`);
  screen.line();
  for (const text of command.text) screen.line(screen.wrapped(text, 0));
  screen.line();
  const options = Object.entries({ ...command.options, ...common }).map(([name, option]) => {
    const short = option.short === undefined ? "" : `-${option.short}, `;
    return [`${short}--${name}${option.value === undefined ? "" : ` ${option.value}`}`, option.text] as const;
  });
  const width = Math.max(...options.map(([left]) => left.length));
  for (const [left, text] of options)
    screen.line(`  ${screen.name(filled(left, width))}  ${screen.wrapped(text, width + 4)}`);
  screen.line();
  for (const example of command.examples) screen.line(screen.faint(`  $ bailiwick ${example}`));
  screen.line();
  const [one, two] = [`with 1 if ${command.one}`, "with 2 if it was called wrongly or cannot read a document"];
  screen.line(screen.wrapped(`Ends with 0, ${command.one === "" ? "" : `${one}, `}${two}.`, 0));
}
