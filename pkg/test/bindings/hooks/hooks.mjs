import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

/** Where the frameworks come from: the newest, or with OLDER=1 the oldest that the bindings work with. */
const home = new URL(process.env.OLDER === "1" ? "../older/" : "../", import.meta.url).href;
const ours = /^(react|react-dom|vue|svelte|@testing-library\/(react|vue|svelte)|playwright-core)(\/|$)/;
const svelte = createRequire(home)("svelte/compiler");
const older = svelte.VERSION.startsWith("4.");
/** With SERVER=1 it is a server that draws. */
const server = process.env.SERVER === "1";
const generate = server ? (older ? "ssr" : "server") : older ? "dom" : "client";
const output = { generate, dev: !server, ...(older && { hydratable: true }) };

/** The bindings, and the search for Chromium, lie outside of this folder and would find other copies. Svelte keeps one for browsers. */
export function resolve(specifier, context, next) {
  if (!ours.test(specifier)) return next(specifier, context);
  const conditions =
    specifier.startsWith("svelte") && !server ? [...context.conditions, "browser"] : context.conditions;
  return next(specifier, { ...context, conditions, parentURL: home });
}

export async function load(url, context, next) {
  const [, compile] = Object.entries(compilers).find(([ending]) => url.endsWith(ending)) ?? [];
  if (compile === undefined) return next(url, context);
  const file = fileURLToPath(url);
  return { format: "module", shortCircuit: true, source: await compile(await readFile(file, "utf8"), file) };
}

const compilers = {
  ".svelte.js": (source, filename) => svelte.compileModule?.(source, { filename, dev: true }).js.code ?? source,
  ".svelte": (source, filename) => svelte.compile(source, { filename, ...output }).js.code,
  ".vue": async (source, filename) => {
    const { compileScript, parse } = await import("vue/compiler-sfc");
    const { descriptor } = parse(source, { filename });
    return compileScript(descriptor, { id: filename, inlineTemplate: true }).content;
  },
  ".jsx": async (source) => {
    const { transform } = await import("esbuild");
    return (await transform(source, { loader: "jsx", jsx: "automatic" })).code;
  },
};
