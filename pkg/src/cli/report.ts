import type { Fault } from "./faults.js";
import { type Screen, widthOf } from "./screen.js";

/** Shows what is wrong with a document: where, what, the line, and what may have been meant. */
export function showFault(screen: Screen, fault: Fault): void {
  const { file, line, column, code, path, message, didYouMean } = fault;
  screen.line(`${screen.strong(`${file}:${line}:${column}`)} ${screen.bad("error")} ${screen.faint(code)}`);
  screen.line(`  ${screen.wrapped(message, 2)}`);
  quote(screen, fault);
  if (didYouMean !== undefined && fault.quote === undefined)
    screen.line(`  ${screen.sentence(`did you mean \`${didYouMean}\`?`)}`);
  if (path !== "") screen.line(screen.faint(`${fault.quote === undefined ? "" : "\n"}  at ${path}`));
}

function quote(screen: Screen, { line, quote, didYouMean }: Fault): void {
  if (quote === undefined) return;
  const number = String(line);
  const { text, start, length } = cropped(quote, screen.width - number.length - 6);
  const gap = " ".repeat(number.length);
  const before = widthOf(text.slice(0, start));
  const marks = "^".repeat(Math.max(1, widthOf(text.slice(start, start + length))));
  const hint = didYouMean === undefined ? "" : `did you mean \`${didYouMean}\`?`;
  const fits = number.length + 6 + before + marks.length + widthOf(hint) <= screen.width;
  screen.line();
  screen.line(`  ${screen.faint(`${number} │`)} ${text}`);
  screen.line(
    `  ${screen.faint(`${gap} │`)} ${" ".repeat(before)}${screen.bad(marks)} ${fits ? screen.odd(hint) : ""}`,
  );
  const indent = Math.max(0, Math.min(before, screen.width - number.length - 5 - widthOf(hint)));
  if (!fits) screen.line(`  ${screen.faint(`${gap} │`)} ${" ".repeat(indent)}${screen.odd(hint)}`);
}

/** What of a line fits on the screen, around what is pointed at; a tab is two spaces, and what would steer the terminal is a dot. */
function cropped({ text, start, length }: NonNullable<Fault["quote"]>, room: number): NonNullable<Fault["quote"]> {
  const shown = Math.min(length, Math.floor(room / 2));
  const from =
    text.length <= room || start + shown < room - 2 ? 0 : Math.max(0, start - Math.floor((room - shown) / 2));
  const end = from + room - (from > 0 ? 1 : 0);
  const before = (from > 0 ? "…" : "") + tamed(text.slice(from, start));
  const pointed = tamed(text.slice(start, start + shown));
  const after = tamed(text.slice(start + shown, Math.max(end - 1, start + shown))) + (text.length > end ? "…" : "");
  return { text: before + pointed + after, start: before.length, length: pointed.length };
}

const tamed = (text: string): string => text.replaceAll("\t", "  ").replace(/[\p{Cc}\p{Cf}]/gu, "·");

/** What is wrong with a document, for programs: without what is only to be looked at. */
export function plainFault({ quote: _, ...fault }: Fault): Omit<Fault, "quote"> {
  return fault;
}
