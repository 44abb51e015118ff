import { createRequire } from "node:module";
import { COMMON, parse } from "./arguments.js";
import { FINE, WRONG, type Command } from "./command.js";
import { check } from "./check.js";
import { diff } from "./diff.js";
import { Wrong } from "./documents.js";
import { explain } from "./explain.js";
import { helpOf, overview } from "./help.js";
import { matrix } from "./matrix.js";
import { nearest } from "./nearest.js";
import { plainFault, showFault } from "./report.js";
import { Screen } from "./screen.js";
import { test } from "./test.js";
import { types } from "./types.js";
import { Usage } from "./usage.js";

const COMMANDS: readonly Command[] = [check, matrix, explain, diff, test, types];

/** Runs the command line: what stands after `bailiwick`. Gives the exit code. */
export async function main(line: readonly string[]): Promise<number> {
  const colours = !line.includes("--no-color");
  const screen = new Screen(process.stdout, colours);
  try {
    return await run(line, screen);
  } catch (error) {
    if (!(error instanceof Usage)) throw error;
    if (line.includes("--json")) screen.json({ ok: false, error: plain(error) });
    else complain(error, new Screen(process.stderr, colours));
    return WRONG;
  }
}

async function run(line: readonly string[], screen: Screen): Promise<number> {
  const [first, ...rest] = line;
  if (first === undefined) {
    overview(screen, COMMANDS);
    return WRONG;
  }
  if (first.startsWith("-") && first !== "-") return alone(line, screen);
  if (first === "help") return help(rest[0], screen);
  const command = commandOf(first);
  if (rest.includes("--help") || rest.includes("-h")) return help(first, screen);
  return command.run(parse(rest, command.options, command.name), screen);
}

/** Options without a command. */
function alone(line: readonly string[], screen: Screen): number {
  const args = parse(line, { version: { short: "v", text: "" } });
  if (args.has("version")) screen.line(version());
  else overview(screen, COMMANDS);
  return args.has("version") || args.has("help") ? FINE : WRONG;
}

function help(name: string | undefined, screen: Screen): number {
  if (name === undefined) overview(screen, COMMANDS);
  else helpOf(screen, commandOf(name), COMMON);
  return FINE;
}

function commandOf(name: string): Command {
  const found = COMMANDS.find((command) => command.name === name);
  if (found !== undefined) return found;
  const meant = nearest(
    name,
    COMMANDS.map((command) => command.name),
  );
  throw new Usage(`no command \`${name}\``, { meant });
}

function version(): string {
  return (createRequire(import.meta.url)("bailiwick/package.json") as { version: string }).version;
}

/** What went wrong, for programs. */
function plain(error: Usage): unknown {
  if (error instanceof Wrong) return plainFault(error.fault);
  return { code: "ERR_USAGE", message: error.message, ...(error.meant && { didYouMean: error.meant }) };
}

/** What went wrong, for people: beside the answer, there being none. */
function complain(error: Usage, screen: Screen): void {
  if (error instanceof Wrong) return showFault(screen, error.fault);
  const { message, meant, command } = error;
  screen.line(`${screen.bad("bailiwick:")} ${screen.sentence(message)}`);
  if (meant !== undefined) screen.line(`  ${screen.sentence(`did you mean \`${meant}\`?`)}`);
  screen.line(screen.faint(`  bailiwick ${command === undefined ? "" : `${command} `}--help`));
}
