import { styleText } from "node:util";

/** Stands for the escape character until a line is written: half of a surrogate pair, which no document may hold. */
const ESCAPE = "\ud800";

type Format = Parameters<typeof styleText>[0];

/** Where a command writes: lines of text, coloured where that is wanted, or one JSON value. */
export class Screen {
  /** How many columns a line may have. */
  readonly width: number;
  readonly #stream: NodeJS.WriteStream;
  readonly #color: boolean;

  /** The screen at the end of a stream of the process; `wanted`: colours, if it can show them. */
  constructor(stream: NodeJS.WriteStream, wanted: boolean) {
    const { env } = process;
    const forced = env["FORCE_COLOR"] !== undefined && env["FORCE_COLOR"] !== "0";
    const able = stream.isTTY && env["TERM"] !== "dumb";
    this.#stream = stream;
    this.#color = wanted && (env["NO_COLOR"] ?? "") === "" && (forced || able);
    this.width = Math.max(40, Math.min(Number(env["COLUMNS"]) || stream.columns || 80, 120));
  }

  /** One line, or several; no space stands at their ends. */
  line(text = ""): void {
    this.#stream.write(`${harmless(text.replace(TRAILING, "$1"))}\n`);
  }

  /** Text as it is: a file that goes on to another program. */
  file(text: string): void {
    this.#stream.write(text);
  }

  /** One JSON value, for programs. */
  json(value: unknown): void {
    this.#stream.write(`${JSON.stringify(value, undefined, 2)}\n`);
  }

  paint(format: Format, text: string): string {
    if (!this.#color || text === "") return text;
    return styleText(format, shown(text), { validateStream: false }).replaceAll("\u001b", ESCAPE);
  }

  strong = (text: string): string => this.paint("bold", text);
  faint = (text: string): string => this.paint("dim", text);
  good = (text: string): string => this.paint("green", text);
  bad = (text: string): string => this.paint("red", text);
  odd = (text: string): string => this.paint("yellow", text);
  name = (text: string): string => this.paint("cyan", text);

  /** A sentence: what stands in backticks is shown as a name; without colour the backticks stay. */
  sentence(text: string): string {
    return this.#color ? text.replace(/`([^`]*)`/g, (_, name: string) => this.name(name)) : text;
  }

  /** A sentence in lines no longer than the screen, each after an indent. */
  wrapped(text: string, indent: number): string {
    const room = Math.max(20, this.width - indent);
    const lines: string[] = [];
    let line = "";
    for (const word of text.split(" ")) {
      if (line !== "" && widthOf(line) + 1 + widthOf(word) > room) {
        lines.push(line);
        line = word;
      } else line = line === "" ? word : `${line} ${word}`;
    }
    return [...lines, line].map((one) => this.sentence(one)).join(`\n${" ".repeat(indent)}`);
  }
}

const WIDE =
  /[\p{Emoji_Presentation}\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u;
const NONE = /[\p{Mn}\p{Me}\p{Cf}]/u;
const TRAILING = / +((?:\ud800\[[0-9;]*m)*)$/gm;
const STYLE = /\ud800\[[0-9;]*m/g;

/** How many columns a text takes in a terminal. */
export function widthOf(text: string): number {
  let width = 0;
  for (const letter of text.replace(STYLE, "")) width += NONE.test(letter) ? 0 : WIDE.test(letter) ? 2 : 1;
  return width;
}

/** A text filled with spaces up to a width. */
export function filled(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - widthOf(text)));
}

/** A text in the middle of a width. */
export function centred(text: string, width: number): string {
  const left = Math.max(0, Math.floor((width - widthOf(text)) / 2));
  return filled(" ".repeat(left) + text, width);
}

/** `1 role`, `2 roles`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}

/** What a document carries may not speak to the terminal: whatever would steer it is shown as its number. */
const shown = (text: string): string =>
  text.replace(
    /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

const harmless = (text: string): string => shown(text).replaceAll(ESCAPE, "\u001b");
