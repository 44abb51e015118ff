import type { Answers } from "./engine.js";

const encoder = new TextEncoder();

/** Safari's decoder fails after 2 GiB in all. */
const MOST_DECODED = 2 ** 31 - 2 ** 20;

/** The module's memory: where the words of a question are put, three of at most 2,048 UTF-16 units, and where its answer lies. */
export class Words {
  #bytes = new Uint8Array(0);
  /** A view of WebAssembly's own memory is empty once that grew; the memory of plain JavaScript has to be compared. */
  readonly #empties: boolean;
  #decoder = new TextDecoder();
  #decoded = 0;

  constructor(private readonly engine: Pick<Answers, "memory" | "words" | "room" | "answer">) {
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

  /** Puts the bytes of an access where `open` reads them. */
  bring(bytes: Uint8Array): void {
    const { length } = bytes;
    this.#at(this.engine.room(length), length).set(bytes);
  }

  /** The bytes of an answer; they hold until the next question. */
  answer(length: number): Uint8Array {
    return this.#at(this.engine.answer(), length);
  }

  /** An answer that is text. */
  text(length: number): string {
    this.#decoded += length;
    if (this.#decoded > MOST_DECODED) {
      this.#decoder = new TextDecoder();
      this.#decoded = length;
    }
    return this.#decoder.decode(this.answer(length));
  }

  #fresh(): Uint8Array<ArrayBuffer> {
    if (this.#bytes.length === 0 || this.#bytes.buffer !== this.engine.memory.buffer)
      this.#bytes = this.#at(this.engine.words(), 3 * 3 * 2048);
    return this.#bytes;
  }

  /** A place comes as WebAssembly has it, with a sign. */
  #at(place: number, length: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.engine.memory.buffer, place >>> 0, length);
  }
}
