// What a page is sent of JavaScript before it can be used.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const ASSETS = new URL("../dist/assets/", import.meta.url);

/** The most that the console's first page may be sent, in bytes of brotli. */
export const MOST = 250 * 1_024;

/** The bytes in brotli, as a host with files prepared sends them, of the scripts that a page has asked for. */
export function brotliOf(scripts) {
  const sizes = scripts.map((name) => {
    const options = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
    return brotliCompressSync(readFileSync(new URL(name, ASSETS)), options).length;
  });
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Notes the names of the built scripts that a page asks for. */
export function scriptsOf(page) {
  const names = new Set();
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith("/assets/") && pathname.endsWith(".js")) names.add(basename(pathname));
  });
  return names;
}
