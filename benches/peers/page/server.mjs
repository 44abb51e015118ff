// Serves texts and bytes to a page, isolated, for then its clock ticks every 5 µs and not every 100.
import { createServer } from "node:http";

const TYPES = { html: "text/html", js: "text/javascript", json: "application/json", wasm: "application/wasm" };

/** Serves what `bodies` holds by path; gives the address, and how to stop. */
export async function serve(bodies) {
  const server = createServer((request, response) => {
    const body = bodies.get(request.url);
    if (body === undefined) return response.writeHead(404).end();
    response.writeHead(200, {
      "content-type": TYPES[request.url.split(".").at(-1)] ?? "application/octet-stream",
      "cache-control": "no-store",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-embedder-policy": "require-corp",
    });
    response.end(body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `http://127.0.0.1:${server.address().port}/index.html`,
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}
