import type { Answers } from "../api/engine.js";

/** What the module answers that stands at the door: some of `Answers`, and what a request needs. */
export interface GuardEngine extends Pick<Answers, "memory" | "words" | "room" | "open" | "capsule" | "answer" | "release" | "live"> {
  /** Makes the next capsule of one, so many of the bytes that were put there, and of a delta, the rest; its length, 0 for none. */
  step(length: number): number;
  /** Builds a table of lines; a handle, or -4 and less: the length of code, place and sentence, a line each. */
  routes(vocabulary: number, flags: number): number;
  /** Revision, moment of issue, end and the length of the principal's name, eight bytes each, then principal and organization. */
  whose(capsule: number): number;
  /** The place of the row for a path and a method; -1 to -8 for a refusal, from -512 on the methods that the path has, as bits. */
  route(routes: number, path: number, method: number): number;
  /** The place of the reason for which a row, to which the path leads, lets pass or not; 255 where there is none. */
  decide(routes: number, capsule: number, row: number, path: number, now: number): number;
  /** The end of a grant, infinite for none; for a denial the place of its reason, below zero: -1 is the first. */
  judge(capsule: number, action: number, kind: number, id: number, now: number): number;
}
