/** The bytes of a module in letters: one for each byte below 92, from `#` on; those above come behind a space, or behind `!` from 184 on. */
export function bytesOf(letters: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(letters.length);
  let length = 0;
  let above = 0;
  for (let place = 0; place < letters.length; place += 1) {
    const code = letters.charCodeAt(place) - 35;
    if (code < 0) above = (code + 4) * 92;
    else {
      bytes[length] = above + code;
      length += 1;
      above = 0;
    }
  }
  return bytes.subarray(0, length);
}
