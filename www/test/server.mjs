// Serves a built folder on loopback.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** Answers a request with a file of `root`. */
export const answer = (root) => async (request, response) => {
  const { pathname } = new URL(request.url ?? "/", "http://localhost");
  const file = join(root, normalize(pathname === "/" ? "/index.html" : decodeURIComponent(pathname)));
  try {
    const body = await readFile(file);
    response
      .writeHead(200, {
        "content-type": TYPES[extname(file)] ?? "application/octet-stream",
        "cache-control": "no-store",
      })
      .end(body);
  } catch {
    response.writeHead(404).end("not found");
  }
};

/** Starts serving `root`; gives the address, and how to stop. */
export async function serve(root) {
  const server = createServer(answer(root));
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `http://127.0.0.1:${server.address().port}`,
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}
