/** Reads revisions out of the events of an authority, until they end or `signal` says so. Lines that say nothing are skipped. */
export async function listen(
  body: ReadableStream<Uint8Array>,
  heard: (revision: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  const stop = (): void => void reader.cancel().catch(() => undefined);
  signal.addEventListener("abort", stop, { once: true });
  if (signal.aborted) stop();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return signal.removeEventListener("abort", stop);
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
