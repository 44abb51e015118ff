import { parseArgs } from "node:util";
import { nearest } from "./nearest.js";
import { Usage } from "./usage.js";

/** One option of a command. */
export interface Option {
  /** What stands after it; without it the option is a switch. */
  readonly value?: string;
  readonly short?: string;
  /** Whether it may be given more than once. */
  readonly multiple?: boolean;
  readonly text: string;
}

export type Options = { readonly [name: string]: Option };

/** What every command takes. */
export const COMMON = {
  json: { text: "print one JSON value, made to be read by programs" },
  "no-color": { text: "no colours; so does NO_COLOR=1" },
  help: { short: "h", text: "this help" },
} as const satisfies Options;

/** What stood on the line, read by the options of a command. */
export class Arguments {
  readonly words: readonly string[];
  readonly #values: ReadonlyMap<string, readonly string[]>;

  constructor(words: readonly string[], values: ReadonlyMap<string, readonly string[]>) {
    this.words = words;
    this.#values = values;
  }

  /** The same options with other words. */
  with(words: readonly string[]): Arguments {
    return new Arguments(words, this.#values);
  }

  /** Whether a switch was given. */
  has(name: string): boolean {
    return this.#values.has(name);
  }

  /** The value of an option. */
  one(name: string): string | undefined {
    return this.#values.get(name)?.at(-1);
  }

  /** All values of an option, in their order. */
  all(name: string): readonly string[] {
    return this.#values.get(name) ?? [];
  }
}

/** Reads what stands after the command's name. Whatever it does not know is refused, with what may have been meant. */
export function parse(args: readonly string[], options: Options, command?: string): Arguments {
  const known: Options = { ...options, ...COMMON };
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(Object.entries(known).map(([name, option]) => [name, configOf(option)])),
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const words: string[] = [];
  const values = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind === "positional") words.push(token.value);
    if (token.kind !== "option") continue;
    const value = valueOf(token, known, command);
    values.set(token.name, [...(values.get(token.name) ?? []), value]);
    if (
      known[token.name]?.value !== undefined &&
      known[token.name]?.multiple !== true &&
      values.get(token.name)?.length === 2
    )
      throw new Usage(`\`${token.rawName}\` was given twice`, { command });
  }
  return new Arguments(words, values);
}

function configOf({ value, short }: Option): { type: "string" | "boolean"; multiple: true; short?: string } {
  const config = { type: value === undefined ? "boolean" : "string", multiple: true } as const;
  return short === undefined ? config : { ...config, short };
}

interface Given {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
}

function valueOf({ name, rawName, value }: Given, known: Options, command: string | undefined): string {
  const option = Object.hasOwn(known, name) ? known[name] : undefined;
  if (option === undefined) {
    const meant = nearest(name, Object.keys(known));
    throw new Usage(`no option \`${rawName}\``, { command, meant: meant && `--${meant}` });
  }
  if (option.value === undefined && value !== undefined) throw new Usage(`\`${rawName}\` takes no value`, { command });
  if (option.value !== undefined && value === undefined)
    throw new Usage(`\`${rawName}\` needs a value: ${option.value}`, { command });
  return value ?? "";
}

/** The words of a line, one for each name; a last name with `…` takes what is left, at least one unless it stands in brackets. */
export function need(args: Arguments, names: readonly string[], command: string): readonly string[] {
  const missing = names.filter((name) => !name.startsWith("["))[args.words.length];
  if (missing !== undefined) throw new Usage(`${missing} is missing`, { command });
  const extra = args.words[names.length];
  if (extra !== undefined && !(names.at(-1) ?? "").includes("…"))
    throw new Usage(`one word too many: \`${extra}\``, { command });
  return args.words;
}
