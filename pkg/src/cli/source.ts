/** A document as it was found. */
export interface Source {
  /** As it was named: what an error shows. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The text of a document; bytes that are no text become replacement characters, and a byte order mark stays. */
export function textOf({ bytes }: Source): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}
