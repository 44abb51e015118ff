/** A stretch of a text. */
export interface Span {
  readonly offset: number;
  readonly length: number;
  /** The string that stands there, read; nothing for a value that is no string. */
  readonly word?: string | undefined;
}

/** Where a path leads in a JSON text. */
export interface Place {
  /** The value; of an object or a list only its bracket. */
  readonly value: Span;
  /** The key that it stands under. */
  readonly key?: Span | undefined;
  /** Whether the whole path was there: else this is the innermost value that holds its place. */
  readonly exact: boolean;
  /** Whether the value is an object or a list. */
  readonly nested: boolean;
}

interface Frame {
  readonly list: boolean;
  /** The path of this object or list; nothing where it leads elsewhere. */
  readonly path: string | undefined;
  index: number;
  key: Span | undefined;
}

/**
 * Finds a path, as errors carry it, in the text of a document. Where the same key stands twice, it is the last; what is not there
 * leads to what should hold it. A text that breaks off is read as far as it goes.
 *
 * @example
 * locate('{ "kinds": { "project": 7 } }', "kinds.project")?.value; // { offset: 24, length: 1 }
 */
export function locate(text: string, path: string): Place | undefined {
  const frames: Frame[] = [];
  let best: Place | undefined;
  let longest = -1;
  for (let at = skipSpace(text, 0); at < text.length; at = skipSpace(text, at)) {
    const letter = text[at];
    const frame = frames.at(-1);
    if (letter === "}" || letter === "]") {
      frames.pop();
      at += 1;
    } else if (letter === "," || letter === ":") {
      if (letter === "," && frame !== undefined) next(frame);
      at += 1;
    } else if (letter === '"' && frame !== undefined && !frame.list && frame.key === undefined) {
      frame.key = stringAt(text, at);
      at += frame.key.length;
    } else {
      const nested = letter === "{" || letter === "[";
      const here = pathOf(frame);
      const value = nested ? { offset: at, length: 1 } : scalarAt(text, at);
      if (here !== undefined && leadsTo(here, path)) {
        if (here.length >= longest) {
          best = { value, key: frame?.key, exact: here === path, nested };
          longest = here.length;
        }
        if (nested) frames.push({ list: letter === "[", path: here, index: 0, key: undefined });
      } else if (nested) frames.push({ list: letter === "[", path: undefined, index: 0, key: undefined });
      at += value.length;
    }
  }
  return best;
}

/** A line and a column, both from 1; a column counts UTF-16 units, as editors do. */
export function positionOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  let line = 1;
  let start = 0;
  for (let end = text.indexOf("\n"); end !== -1 && end < offset; end = text.indexOf("\n", start)) {
    line += 1;
    start = end + 1;
  }
  return { line, column: offset - start + 1 };
}

/** The offset of a line and a column that counts bytes from 1, as the module's reader tells them. */
export function offsetOf(text: string, line: number, column: number): number {
  let start = 0;
  for (let left = line; left > 1; left -= 1) {
    const end = text.indexOf("\n", start);
    if (end === -1) break;
    start = end + 1;
  }
  let bytes = 1;
  for (const letter of text.slice(start, start + Math.max(column, 0))) {
    if (bytes >= column) break;
    bytes += bytesOf(letter);
    start += letter.length;
  }
  return start;
}

/** The line that an offset lies in, without its end, and where it begins. */
export function lineAt(text: string, offset: number): { readonly text: string; readonly start: number } {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const end = text.indexOf("\n", start);
  return { text: text.slice(start, end === -1 ? text.length : end).replace(/\r$/, ""), start };
}

function next(frame: Frame): void {
  frame.index += 1;
  frame.key = undefined;
}

function pathOf(frame: Frame | undefined): string | undefined {
  if (frame === undefined) return "";
  const { list, path, index, key } = frame;
  if (path === undefined) return undefined;
  if (list) return `${path}[${index}]`;
  const word = key?.word ?? "";
  return path === "" || word.startsWith("[") ? path + word : `${path}.${word}`;
}

/** Whether one path is another or holds it. */
function leadsTo(here: string, path: string): boolean {
  if (!path.startsWith(here)) return false;
  return here === "" || here.length === path.length || path[here.length] === "." || path[here.length] === "[";
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && " \t\r\n".includes(text.charAt(at))) at += 1;
  return at;
}

function stringAt(text: string, offset: number): Span {
  let end = offset + 1;
  while (end < text.length && text[end] !== '"' && text[end] !== "\n") end += text[end] === "\\" ? 2 : 1;
  const length = Math.min(end + 1, text.length) - offset;
  return { offset, length, word: unquoted(text.slice(offset, offset + length)) };
}

function scalarAt(text: string, offset: number): Span {
  if (text[offset] === '"') return stringAt(text, offset);
  let end = offset + 1;
  while (end < text.length && !' \t\r\n,:[]{}"'.includes(text.charAt(end))) end += 1;
  return { offset, length: end - offset };
}

function unquoted(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted.replace(/^"|"$/g, "");
  }
}

function bytesOf(letter: string): number {
  const code = letter.codePointAt(0) ?? 0;
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}
