import type { Cell, Matrix } from "../api/decision.js";
import { type Screen, centred, filled, widthOf } from "./screen.js";

/** A role table for the terminal. Features that are needed get a number, explained below the table. */
export function showTable(screen: Screen, matrix: Matrix): void {
  const features = featuresOf([matrix]);
  const headers = headersOf(screen, matrix);
  const widths = headers.map(columnOf);
  const label = labelWidth(screen, matrix, widths);
  const height = Math.max(...headers.map((lines) => lines.length));
  for (let row = 0; row < height; row += 1) {
    const left = row === height - 1 ? screen.strong(filled(matrix.label, label)) : " ".repeat(label);
    const cells = headers.map((lines, column) =>
      centred(lines[row - height + lines.length] ?? "", widths[column] ?? 0),
    );
    screen.line(`${left}${screen.strong(cells.join(""))}`);
  }
  screen.line(screen.faint("─".repeat(label + widths.reduce((sum, width) => sum + width, 0))));
  for (const action of matrix.actions) {
    const cells = action.cells.map((cell, column) =>
      markOf(screen, cell, action.feature, features, widths[column] ?? 0),
    );
    const [first = "", ...more] = folded(action.label, label - 2);
    screen.line(`${filled(first, label)}${cells.join("")}`);
    for (const line of more) screen.line(`  ${line}`);
  }
  legend(screen, headers, matrix);
}

/** What the marks of some tables mean. */
export function showMarks(screen: Screen, matrices: readonly Matrix[]): void {
  const features = featuresOf(matrices);
  const cells = new Set(matrices.flatMap(({ actions }) => actions.flatMap((action) => action.cells)));
  const marks: string[] = [];
  if (cells.has("yes")) marks.push(`${screen.good("●")} yes`);
  if (cells.has("no")) marks.push(`${screen.faint("·")} no`);
  for (const [number, feature] of features.entries()) marks.push(`${screen.odd(`◐${raised(number)}`)} with ${feature}`);
  if (cells.has("not_available_yet")) marks.push(`${screen.faint("○")} coming soon`);
  let line = "";
  for (const mark of marks) {
    if (line !== "" && widthOf(line) + 3 + widthOf(mark) > screen.width) {
      screen.line(line);
      line = "";
    }
    line = line === "" ? mark : `${line}   ${mark}`;
  }
  screen.line(line);
}

/** The features that some tables name, each once. */
export function featuresOf(matrices: readonly Matrix[]): readonly string[] {
  return [...new Set(matrices.flatMap(({ actions }) => actions.flatMap(({ feature }) => feature ?? [])))];
}

function markOf(
  screen: Screen,
  cell: Cell,
  feature: string | undefined,
  features: readonly string[],
  width: number,
): string {
  if (cell === "yes") return screen.good(centred("●", width));
  if (cell === "no") return screen.faint(centred("·", width));
  if (cell === "not_available_yet") return screen.faint(centred("○", width));
  return screen.odd(centred(`◐${feature === undefined ? "" : raised(features.indexOf(feature))}`, width));
}

const raised = (index: number): string =>
  String(index + 1).replace(/\d/g, (digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹".charAt(Number(digit)));

/** The roles' labels, each in lines; letters in their place where there are too many of them. */
function headersOf(screen: Screen, { roles }: Matrix): readonly (readonly string[])[] {
  const words = roles.map(({ label }) => joined(label.split(" ")));
  const wide = words.reduce((sum, lines) => sum + columnOf(lines), 0);
  return wide <= screen.width - 24 ? words : roles.map((_, index) => [letterOf(index)]);
}

/** How wide a column is; one under a letter is narrow. */
const columnOf = (lines: readonly string[]): number => Math.max(2, ...lines.map(widthOf)) + 2;

/** Words in lines, short ones together. */
function joined(words: readonly string[]): readonly string[] {
  const longest = Math.max(...words.map(widthOf));
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(last) + 1 + widthOf(word) <= longest) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

const letterOf = (index: number): string =>
  (index >= 26 ? letterOf(Math.floor(index / 26) - 1) : "") + String.fromCharCode(65 + (index % 26));

function legend(screen: Screen, headers: readonly (readonly string[])[], { roles }: Matrix): void {
  if (headers.every(([first], index) => first !== letterOf(index))) return;
  screen.line();
  for (const [index, { label }] of roles.entries())
    screen.line(`${screen.strong(letterOf(index).padStart(3))}  ${label}`);
}

/** As wide as the longest label, as far as there is room. */
function labelWidth(screen: Screen, { actions, label }: Matrix, widths: readonly number[]): number {
  const longest = Math.max(widthOf(label), ...actions.map((action) => widthOf(action.label))) + 2;
  const room = screen.width - widths.reduce((sum, width) => sum + width, 0);
  return Math.min(longest, Math.max(20, room));
}

/** A label in lines. */
function folded(text: string, room: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(last) + 1 + widthOf(word) <= room) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
