import type { Service } from "./service.js";

/** A request of Node's `http`. */
export interface NodeIncoming extends AsyncIterable<Uint8Array> {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly rawHeaders: readonly string[];
}

/** An answer of Node's `http`. */
export interface NodeOutgoing {
  writeHead(status: number, headers: Record<string, string>): unknown;
  write(chunk: Uint8Array): boolean;
  end(): unknown;
  destroy(): unknown;
  once(event: "drain" | "close", listener: () => void): unknown;
}

/**
 * Puts a service behind Node's own `http`. A target that a URL parser would repair is refused before it is one.
 *
 * @example
 * createServer(listener(service)).listen(8787, "127.0.0.1");
 */
export function listener(service: Service): (incoming: NodeIncoming, outgoing: NodeOutgoing) => Promise<void> {
  return async (incoming, outgoing) => {
    const request = requestOf(incoming);
    if (request === undefined) return void (outgoing.writeHead(400, { "cache-control": "no-store" }), outgoing.end());
    const { status, headers, body } = await service(request);
    outgoing.writeHead(status, Object.fromEntries(headers));
    try {
      if (body !== null) await sendOff(body.getReader(), outgoing);
      outgoing.end();
    } catch {
      // Half of an answer must not look like a whole one.
      outgoing.destroy();
    }
  };
}

/** The same request for the Fetch API; nothing where it would not be the same. */
function requestOf(incoming: NodeIncoming): Request | undefined {
  const { method = "GET", url: target = "", rawHeaders } = incoming;
  try {
    const headers = new Headers();
    for (let place = 0; place < rawHeaders.length; place += 2) headers.append(rawHeaders[place] ?? "", rawHeaders[place + 1] ?? "");
    const host = headers.get("host") ?? "";
    const url = new URL(`http://${host}${target}`);
    if (!/^[\w.:[\]-]+$/.test(host) || url.pathname !== target.split("?")[0]) return undefined;
    if (method === "GET" || method === "HEAD") return new Request(url, { method, headers });
    return new Request(url, { method, headers, body: streamOf(incoming), duplex: "half" } as RequestInit);
  } catch {
    return undefined;
  }
}

function streamOf(incoming: NodeIncoming): ReadableStream<Uint8Array> {
  const chunks = incoming[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done === true) controller.close();
      else controller.enqueue(new Uint8Array(value));
    },
    cancel: async () => void (await chunks.return?.()),
  });
}

/** Chunk by chunk, no faster than it is read; who hangs up ends the stream. */
async function sendOff(reader: ReadableStreamDefaultReader<Uint8Array>, outgoing: NodeOutgoing): Promise<void> {
  let isGone = false;
  const gone = new Promise<void>((resolve) =>
    outgoing.once("close", () => {
      isGone = true;
      void reader.cancel().catch(() => undefined);
      resolve();
    }),
  );
  for (;;) {
    const { done, value } = await reader.read();
    if (done || isGone) return;
    if (!outgoing.write(value)) await Promise.race([gone, new Promise<void>((resolve) => outgoing.once("drain", resolve))]);
  }
}
