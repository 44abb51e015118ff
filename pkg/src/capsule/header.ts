import { bytesIn } from "./base64.js";
import { malformed } from "./malformed.js";

/** What a token is for, as its header says it. */
export type TokenType = "bailiwick-capsule" | "bailiwick-delta";

/** The whole of a protected header. */
export interface Header {
  readonly alg: "EdDSA";
  readonly kid: string;
  readonly typ: string;
  readonly aud: string;
}

/** The fields of a header, each of them once, and no others. */
const FIELDS = ["alg", "kid", "typ", "aud"] as const;

/** The header of a token, of which nothing is verified yet. */
export function headerOf(part: string): Header {
  const text = textOf(part);
  const read = parsed(text);
  if (typeof read !== "object" || read === null || Array.isArray(read)) throw malformed("its header is no object");
  const header = read as Record<string, unknown>;
  // Twice the same field, white space and escapes that nothing needs are lost where it is written anew.
  if (JSON.stringify(header) !== text) throw malformed("its header is not in its shortest form");
  const keys = Object.keys(header);
  if (keys.length !== FIELDS.length || !FIELDS.every((name) => typeof own(header, name) === "string"))
    throw malformed("its header has other fields than alg, kid, typ and aud");
  if (header["alg"] !== "EdDSA") throw malformed("its algorithm is not EdDSA");
  return header as unknown as Header;
}

function textOf(part: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytesIn(part));
  } catch (cause) {
    throw malformed("its header is no text", cause);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw malformed("its header is no JSON", cause);
  }
}

function own(header: Record<string, unknown>, name: string): unknown {
  return Object.hasOwn(header, name) ? header[name] : undefined;
}
