import { findNodeAtLocation, parseTree } from "jsonc-parser";

/** Where an element of a list begins and ends in its text. */
export function locateEnd(text: string, place: number): { readonly from: number; readonly to: number } {
  const root = parseTree(text);
  const node = root === undefined ? undefined : findNodeAtLocation(root, [place]);
  if (node === undefined) throw new Error("the question is not there any more");
  return { from: node.offset, to: node.offset + node.length };
}

/** The text of a field of an object, moved to the left as far as it stood in. */
export function textAt(text: string, field: string): string | undefined {
  const root = parseTree(text);
  const node = root === undefined ? undefined : findNodeAtLocation(root, [field]);
  if (node === undefined) return undefined;
  const lines = text.slice(node.offset, node.offset + node.length).split("\n");
  const inner = lines.slice(1).filter((line) => line.trim() !== "");
  const indent = Math.min(...inner.map((line) => line.length - line.trimStart().length));
  return lines.map((line, at) => (at === 0 ? line : line.slice(indent))).join("\n");
}
