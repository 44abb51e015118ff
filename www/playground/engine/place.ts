import type { Fault } from "../../../pkg/src/cli/faults";
import { locate, positionOf } from "../../../pkg/src/cli/place";
import type { DocumentId, Problem } from "./protocol";

/** A fault of a document as a stretch of its text. */
export function problemOf(document: DocumentId, text: string, fault: Fault): Problem {
  const { line, column, code, path, message, didYouMean: meant, quote } = fault;
  const from = Math.min(offsetAt(text, line, column), text.length);
  const to = Math.min(from + Math.max(1, quote?.length ?? 1), text.length);
  return { document, from, to, line, column, level: "error", code, path, message, meant };
}

/** The stretch that a path leads to: the key of an object or a list, else the value. */
export function stretchOf(text: string, path: string): { readonly from: number; readonly to: number } {
  const place = locate(text, path);
  if (place === undefined) return { from: 0, to: Math.min(1, text.length) };
  const span = place.nested ? (place.key ?? place.value) : place.value;
  return { from: span.offset, to: span.offset + span.length };
}

export function placed(
  document: DocumentId,
  text: string,
  path: string,
  what: Pick<Problem, "level" | "code" | "message">,
): Problem {
  const { from, to } = stretchOf(text, path);
  return { document, from, to, ...positionOf(text, from), path, ...what };
}

function offsetAt(text: string, line: number, column: number): number {
  let start = 0;
  for (let left = line; left > 1; left -= 1) start = text.indexOf("\n", start) + 1;
  return start + column - 1;
}
