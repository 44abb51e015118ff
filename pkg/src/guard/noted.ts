import type { Passage } from "./outcome.js";

/** Makes no object of its own: what is made is the one given. */
const Given = function (given: object): object {
  return given;
} as unknown as new (given: object) => object;

/**
 * What let a request pass, in a private field of the request itself: nobody else can read it or write it, no copy carries it along, and a
 * weak map would cost more than the decision.
 */
export class Noted extends Given {
  #passage: Passage;

  private constructor(request: object, passage: Passage) {
    super(request);
    this.#passage = passage;
  }

  static note(request: object, passage: Passage): void {
    if (#passage in request) request.#passage = passage;
    else new Noted(request, passage);
  }

  static on(request: object): Passage | undefined {
    return #passage in request ? request.#passage : undefined;
  }
}
