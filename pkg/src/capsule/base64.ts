import { decode, encode } from "jose/base64url";
import { malformed } from "./malformed.js";

/** The bytes of a part of a token. One spelling of them is taken: the letters of base64url without padding, no bit left over. */
export function bytesIn(part: string): Uint8Array {
  const bytes = lenient(part);
  if (encode(bytes) !== part) throw malformed("a part of it is not base64url in its one form");
  return bytes;
}

function lenient(part: string): Uint8Array {
  try {
    return decode(part);
  } catch (cause) {
    throw malformed("a part of it is not base64url", cause);
  }
}
