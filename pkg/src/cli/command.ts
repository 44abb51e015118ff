import type { Arguments, Options } from "./arguments.js";
import type { Screen } from "./screen.js";

/** Exit codes: what a script asks about. */
export const FINE = 0;
export const FOUND = 1;
export const WRONG = 2;

/** One command of the command line. */
export interface Command {
  readonly name: string;
  /** One line, for the list of commands. */
  readonly summary: string;
  /** What stands after the name; several forms are several lines. */
  readonly forms: readonly string[];
  /** What it does, in sentences. */
  readonly text: readonly string[];
  readonly options: Options;
  readonly examples: readonly string[];
  /** When it ends with 1. */
  readonly one: string;
  run(args: Arguments, screen: Screen): Promise<number>;
}
