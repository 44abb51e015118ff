/** Reads revisions out of the events of an authority, until they end. Lines that say nothing are skipped. */
export async function listen(body: ReadableStream<Uint8Array>, heard: (revision: number) => void): Promise<void> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const lines = (rest + decoder.decode(value, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const revision = /^data: \{"revision":(\d+)\}$/.exec(line)?.[1];
      if (revision !== undefined) heard(Number(revision));
    }
  }
}

/**
 * The bytes that a token carries. Nothing is verified: in a page they are a hint of what to show, and whoever enforces verifies the token
 * itself.
 */
export function bytesIn(token: string): Uint8Array {
  const [, payload = ""] = token.split(".");
  const letters = atob(payload.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
}
