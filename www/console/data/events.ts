const LONGEST = 10_000;

/** Reads the events of an organization until `stop`: a stream that ends or breaks is opened again. */
export async function eventsOf(
  open: (signal: AbortSignal) => Promise<Response>,
  stop: AbortSignal,
  heard: (revision: number) => void,
): Promise<void> {
  let wait = 250;
  while (!stop.aborted) {
    try {
      const response = await open(stop);
      if (response.ok && response.body !== null) {
        wait = 250;
        await read(response.body, heard);
      }
    } catch {
      // Opened again below.
    }
    await pause(wait, stop);
    wait = Math.min(wait * 2, LONGEST);
  }
}

async function read(body: ReadableStream<Uint8Array>, heard: (revision: number) => void): Promise<void> {
  let rest = "";
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const lines = (rest + part.value).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const revision = revisionIn(line);
      if (revision !== undefined) heard(revision);
    }
  }
}

function revisionIn(line: string): number | undefined {
  if (!line.startsWith("data:")) return undefined;
  try {
    const { revision } = JSON.parse(line.slice(5)) as { revision?: unknown };
    return typeof revision === "number" ? revision : undefined;
  } catch {
    return undefined;
  }
}

function pause(milliseconds: number, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    stop.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
  });
}
