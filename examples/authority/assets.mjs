// Static files for local.mjs, as a host of files would serve them.
import { readFile } from "node:fs/promises";
import { extname, join, resolve, sep } from "node:path";
import { Response } from "miniflare";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
};

const HEADERS = {
  "content-security-policy":
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
  "cross-origin-opener-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

/** Answers with the files of a folder; a path without a file name is a place within the page. */
export function staticFiles(folder) {
  const root = folder === undefined ? undefined : resolve(folder);
  return async (request) => {
    const { pathname } = new URL(request.url);
    const path = join(root ?? sep, pathname);
    const inside = root !== undefined && path.startsWith(root + sep);
    const file = inside && extname(path) === "" ? join(root, "index.html") : path;
    const bytes = inside && request.method === "GET" ? await readFile(file).catch(() => undefined) : undefined;
    if (bytes === undefined) return new Response("There is no such file.\n", { status: 404, headers: HEADERS });
    return new Response(bytes, { headers: { ...HEADERS, "content-type": TYPES[extname(file)] ?? "application/octet-stream" } });
  };
}
