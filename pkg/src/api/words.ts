import type { Answers } from "./engine.js";

const encoder = new TextEncoder();

/** Where the words of a question are put: a piece of the module's memory, three words of at most 2,048 UTF-16 units. */
export class Words {
  #bytes: Uint8Array<ArrayBufferLike> = new Uint8Array(0);
  /** A view of WebAssembly's own memory is empty once that grew; the memory of plain JavaScript has to be compared. */
  readonly #empties: boolean;

  constructor(private readonly engine: Answers) {
    this.#empties = Object.prototype.toString.call(engine.memory) === "[object WebAssembly.Memory]";
  }

  /** Puts a word after `start` bytes; how many bytes it takes. */
  put(word: string, start = 0): number {
    let bytes = this.#bytes;
    if (bytes.length === 0 || !this.#empties) bytes = this.#fresh();
    const { length } = word;
    for (let at = 0; at < length; at += 1) {
      const unit = word.charCodeAt(at);
      if (unit > 127) return encoder.encodeInto(word, bytes.subarray(start)).written;
      bytes[start + at] = unit;
    }
    return length;
  }

  #fresh(): Uint8Array {
    const { memory } = this.engine;
    if (this.#bytes.length === 0 || this.#bytes.buffer !== memory.buffer)
      this.#bytes = new Uint8Array(memory.buffer, this.engine.words(), 3 * 3 * 2048);
    return this.#bytes;
  }
}
