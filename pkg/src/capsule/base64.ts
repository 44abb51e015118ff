import { decode } from "jose/base64url";
import { malformed } from "./malformed.js";

/** Letters of base64url without padding; the last of them has no bit left over. */
const SPELLING = /^(?:[\w-]{4})*(?:[\w-][AQgw]|[\w-]{2}[AEIMQUYcgkosw048])?$/;

/** Refuses a part of a token that is not in the one spelling of its bytes. */
export function mustBeSpelt(part: string): void {
  if (!SPELLING.test(part)) throw malformed("a part of it is not base64url in its one form");
}

/** The bytes of a part of a token. */
export function bytesIn(part: string): Uint8Array {
  mustBeSpelt(part);
  return decode(part);
}
