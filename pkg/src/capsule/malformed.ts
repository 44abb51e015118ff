import { BailiwickError } from "../api/errors.js";

/** The error for what is no token of ours. */
export function malformed(how: string, cause?: unknown): BailiwickError {
  return new BailiwickError("ERR_TOKEN", `this token is refused: ${how}`, "", cause);
}
