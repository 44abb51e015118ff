// A stranger's project served on loopback as it lies there: no bundler, and a policy if the address asks for one.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".wasm": "application/wasm",
};

/** Serves it; gives the address, and how to stop. */
export async function serve(root) {
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
    const policy = searchParams.get("policy");
    try {
      const body = await readFile(join(root, normalize(decodeURIComponent(pathname))));
      const headers = { "content-type": TYPES[extname(pathname)] ?? "application/octet-stream" };
      response.writeHead(200, policy === null ? headers : { ...headers, "content-security-policy": policy }).end(body);
    } catch {
      response.writeHead(404).end("not found");
    }
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { address: `http://127.0.0.1:${server.address().port}`, stop };
}
