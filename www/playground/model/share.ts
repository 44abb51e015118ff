import { DOCUMENTS, type DocumentId, type Texts } from "../engine/protocol";

/** What a link carries: a start, and those texts that are others by now. */
export interface Shared {
  readonly start: string;
  readonly name?: string;
  readonly texts: Partial<Texts>;
}

/** Letters of a hash: what is longer, mail and chat programs cut. */
export const LONGEST_HASH = 64 * 1024;
/** Bytes of what it unfolds to. */
const LARGEST = 4 * 1024 * 1024;

/** A link that is none, for people. */
export class BadLink extends Error {}

/** The hash of a state; nothing where it would be too long for a link. */
export async function hashOf({ start, name, texts }: Shared): Promise<string | undefined> {
  if (Object.keys(texts).length === 0 && name === undefined) return `#start=${encodeURIComponent(start)}`;
  const bytes = new TextEncoder().encode(JSON.stringify({ v: 1, start, name, ...texts }));
  if (bytes.length > LARGEST) return undefined;
  const packed = await gathered(piped(bytes, new CompressionStream("deflate-raw")), LARGEST);
  const hash = `#s=${base64url(packed)}`;
  return hash.length > LONGEST_HASH ? undefined : hash;
}

/** The state of a hash; nothing for an empty one. Throws {@link BadLink} for one that is cut, damaged or not ours. */
export async function sharedBy(hash: string): Promise<Shared | undefined> {
  if (hash === "" || hash === "#") return undefined;
  if (hash.length > LONGEST_HASH) throw new BadLink("This link is longer than any that is made here.");
  const fields = new URLSearchParams(hash.slice(1));
  const start = fields.get("start");
  if (start !== null) return { start, texts: {} };
  const packed = fields.get("s");
  if (packed === null) throw new BadLink("This link is not one of the playground.");
  return stateOf(await unpacked(packed));
}

async function unpacked(packed: string): Promise<string> {
  try {
    const bytes = await gathered(piped(unbase64url(packed), new DecompressionStream("deflate-raw")), LARGEST);
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new BadLink("This link is damaged: part of it may have been cut off on its way.");
  }
}

function stateOf(text: string): Shared {
  const state = parsed(text);
  if (typeof state !== "object" || state === null) throw new BadLink("This link holds nothing of the playground.");
  const { v, start, name, ...rest } = state as Readonly<Record<string, unknown>>;
  if (v !== 1) throw new BadLink("This link was made by a newer playground.");
  const known = Object.entries(rest).every(([field, value]) => isDocument(field) && typeof value === "string");
  if (typeof start !== "string" || !known || !(name === undefined || typeof name === "string"))
    throw new BadLink("This link holds nothing of the playground.");
  return { start, ...(name !== undefined && { name }), texts: rest as Partial<Texts> };
}

const isDocument = (field: string): field is DocumentId => (DOCUMENTS as readonly string[]).includes(field);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function piped(bytes: Uint8Array<ArrayBuffer>, through: CompressionStream | DecompressionStream): ReadableStream<Uint8Array> {
  return new Blob([bytes]).stream().pipeThrough(through);
}

/** All of a stream; ends it where it grows beyond what may be. */
async function gathered(stream: ReadableStream<Uint8Array>, most: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > most) {
      await reader.cancel();
      throw new RangeError("too large");
    }
    parts.push(value);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function base64url(bytes: Uint8Array): string {
  const letters: string[] = [];
  for (let at = 0; at < bytes.length; at += 8192) letters.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
  return btoa(letters.join("")).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function unbase64url(text: string): Uint8Array<ArrayBuffer> {
  if (!/^[\w-]*$/.test(text)) throw new RangeError("not base64url");
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
}
