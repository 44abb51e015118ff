import type { Answers } from "../api/engine.js";

/** What the module answers that stands at the door: as `Answers`, and what a request needs. */
export interface GuardEngine extends Pick<
  Answers,
  "memory" | "words" | "room" | "open" | "capsule" | "answer" | "check" | "about" | "release" | "live"
> {
  /** Makes the next capsule of one, so many of the bytes that were put there, and of a delta, the rest; its length, 0 for none. */
  step(length: number): number;
  /** Builds a table of lines; a handle, or -4 and less: the length of code, place and sentence, a line each. */
  routes(vocabulary: number, flags: number): number;
  /** The place of the row for a method and a path; -1 to -8 for a refusal, from -512 on the methods that the path has, as bits. */
  route(routes: number, method: number, path: number): number;
  /** The status of the answer: 200, 401, 403 or 404; 0 where there is no row. */
  decide(routes: number, access: number, method: number, path: number, now: number): number;
}
