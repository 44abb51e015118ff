// The WebAssembly modules of the package, and the names under which src/ imports what is made of them.
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const folder = new URL("../wasm/", import.meta.url);

/** Every module that has been built. The first is there always. */
export const modules = ["bailiwick", "access", "guard"].filter(
  (name, place) => place === 0 || existsSync(new URL(`${name}_bg.wasm`, folder)),
);

/** Where a module lies. */
export const wasmOf = (name) => fileURLToPath(new URL(`${name}_bg.wasm`, folder));

/** `glue:bailiwick`, `js:bailiwick` and `letters:bailiwick`, as src/built.d.ts describes them. */
export const built = {
  name: "built",
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^(glue|js|letters):/ }, ({ path }) => ({ path, namespace: "built", sideEffects: false }));
    onLoad({ filter: /./, namespace: "built" }, async ({ path }) => {
      const [form, name] = path.split(":");
      return { contents: await FORMS[form](name), loader: "js" };
    });
  },
};

const FORMS = {
  letters: async (name) => `export default ${JSON.stringify(lettersOf(readFileSync(wasmOf(name))))};`,
  glue: (name) =>
    needsGlue(name)
      ? factory(name, glued(name, `const wasm = instantiate({ "./${name}_bg.js": glue });`))
      : "export default (instantiate) => ({ ...instantiate({}) });",
  js: (name) =>
    needsGlue(name)
      ? factory(name, glued(name, `import * as wasm from "./${name}_js.js";`), [memory(name)])
      : factory(name, `import * as wasm from "./${name}_js.js"; engine = { ...wasm };`),
};

/** A byte as one letter, from `#` on; one of 92 and more behind a space, of 184 and more behind `!`. src/letters.ts reads it. */
const lettersOf = (bytes) =>
  Array.from(bytes, (byte) => ["", " ", "!"][Math.floor(byte / 92)] + String.fromCharCode(35 + (byte % 92))).join("");

/** A module that exports nothing but functions of numbers is an engine as it is. */
const needsGlue = (name) => readFileSync(new URL(`${name}_bg.js`, folder), "utf8").includes("class Engine");

const glued = (name, instance) => `import * as glue from "./${name}_bg.js";
  ${instance}
  glue.__wbg_set_wasm(wasm);
  wasm.__wbindgen_start?.();
  engine = Object.assign(new glue.Engine(), { memory: wasm.memory });`;

/**
 * A function that runs these statements anew each time: nothing of an instance, not a view of its memory and not a finalizer, meets the
 * next. An instance is asked through its own engine as long as its handles live.
 */
async function factory(name, contents, plugins = []) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: fileURLToPath(folder) },
    bundle: true,
    write: false,
    format: "iife",
    target: "es2022",
    plugins,
    logOverride: { "import-is-undefined": "silent" },
    banner: { js: "export default function fresh(instantiate) { let engine;" },
    footer: { js: "return engine; }" },
  });
  return outputFiles[0].text;
}

/**
 * When WebAssembly's memory grows, the platform detaches its old bytes, and so the glue drops its views of them. wasm2js leaves them as they
 * were: it gets an ArrayBuffer that tells the glue.
 */
const memory = (name) => ({
  name: "memory",
  setup({ onLoad }) {
    const text = (path) => readFileSync(path, "utf8");
    onLoad({ filter: new RegExp(`${name}_bg\\.js$`) }, ({ path }) => {
      const views = [...text(path).matchAll(/^let (cached\w+Memory\d+) = null;$/gm)].map(([, view]) => `${view} = null;`);
      return { contents: `${text(path)}\nexport function __forget_views() { ${views.join(" ")} }\n` };
    });
    onLoad({ filter: new RegExp(`${name}_js\\.js$`) }, ({ path }) => ({
      contents: `${text(path)}
        import { __forget_views } from "./${name}_bg.js";
        function ArrayBuffer(size) { __forget_views(); return new globalThis.ArrayBuffer(size); }\n`,
    }));
  },
});
