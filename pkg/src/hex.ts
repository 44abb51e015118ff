/** Decoders that run at once, where the platform has one: our own loop starts in an interpreter, and costs some milliseconds there. */
const platform = globalThis as {
  readonly Uint8Array: { fromHex?(digits: string): Uint8Array<ArrayBuffer> };
  readonly Buffer?: { from(digits: string, encoding: "hex"): Uint8Array<ArrayBuffer> };
};

/** The bytes that two hexadecimal digits each stand for. */
export function bytesOf(digits: string): Uint8Array<ArrayBuffer> {
  return platform.Uint8Array.fromHex?.(digits) ?? platform.Buffer?.from(digits, "hex") ?? decoded(digits);
}

/** Lower case: `0` is 48, `a` is 97. */
export function decoded(digits: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(digits.length / 2);
  for (let place = 0; place < bytes.length; place += 1) {
    bytes[place] = (valueOf(digits.charCodeAt(2 * place)) << 4) | valueOf(digits.charCodeAt(2 * place + 1));
  }
  return bytes;
}

function valueOf(code: number): number {
  return code < 97 ? code - 48 : code - 87;
}
