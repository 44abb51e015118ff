import { readFileSync, readdirSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { MAX_BYTES } from "../api/arguments.js";
import { nearest } from "./nearest.js";
import { PRESETS } from "./presets.js";
import type { Source } from "./source.js";
import { Usage } from "./usage.js";

let taken = false;

/** Reads a file, or what comes in for `-`. */
export async function read(name: string): Promise<Source> {
  if (name !== "-") return { name, bytes: fileOf(name) };
  if (taken) throw new Usage("`-` was given twice: the standard input can be read once");
  taken = true;
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of process.stdin as AsyncIterable<Uint8Array>) {
    parts.push(part);
    length += part.length;
    mustFit("-", length);
  }
  return { name: "<stdin>", bytes: Buffer.concat(parts) };
}

/** Reads a policy: a preset by its name, or as any document. A file that is called as a preset is named `./pinecone`. */
export async function readPolicy(name: string): Promise<Source> {
  if (!Object.hasOwn(PRESETS, name)) return read(name);
  const document = await (PRESETS[name] as (typeof PRESETS)[string])();
  return { name, bytes: Buffer.from(`${JSON.stringify(document, undefined, 2)}\n`) };
}

/** Whether this is the name of a folder. */
export function isFolder(name: string): boolean {
  return statSync(name, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** The module takes no more; and what is larger is hardly a document. */
function mustFit(name: string, length: number): void {
  if (length > MAX_BYTES) throw new Usage(`\`${name}\` is larger than 64 MiB`);
}

function fileOf(name: string): Uint8Array {
  mustFit(name, statSync(name, { throwIfNoEntry: false })?.size ?? 0);
  try {
    return readFileSync(name);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") throw new Usage(`no file \`${name}\` here`, { meant: neighbour(name) });
    if (code === "EISDIR") throw new Usage(`\`${name}\` is a folder, not a file`);
    throw new Usage(`\`${name}\` cannot be read: ${code ?? String(error)}`);
  }
}

/** A file of the same folder, or a preset, that may have been meant. */
function neighbour(name: string): string | undefined {
  const folder = dirname(name);
  const found = nearest(basename(name), isFolder(folder) ? readdirSync(folder) : []);
  if (found === undefined) return nearest(name, Object.keys(PRESETS));
  return folder === "." ? found : join(folder, found);
}
