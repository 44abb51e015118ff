// An adapter as a page gets it: one minified module of what it needs there, without the snapshot that is made outside.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import esbuild from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const CEDAR = "@cedar-policy/cedar-wasm";

/** The adapters import cedar's build for Node; a page takes its build for the web, which fetches the module. */
const cedarInPage = {
  name: "cedar-in-page",
  setup(build) {
    build.onResolve({ filter: /^@cedar-policy\/cedar-wasm\/nodejs$/ }, () => ({ path: "cedar", namespace: "cedar" }));
    build.onLoad({ filter: /.*/, namespace: "cedar" }, () => ({
      contents: `import init, * as cedar from "${CEDAR}/web";
        await init({ module_or_path: fetch("/cedar.wasm") });
        export default cedar;`,
      resolveDir: root,
    }));
  },
};

const options = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  platform: "browser",
  write: false,
  logLevel: "silent",
  legalComments: "none",
  define: { "process.env.NODE_ENV": '"production"' },
  plugins: [cedarInPage],
};

const textOf = async (more) => (await esbuild.build({ ...options, ...more })).outputFiles[0].text;

/** What a page needs of an adapter. */
export function adapterInPage(adapter) {
  const used = ["load", "init", "names"].filter((name) => name in adapter);
  const contents = `export { ${used.join(", ")} } from "./adapters/${adapter.file}";`;
  return textOf({ stdin: { contents, resolveDir: root } });
}

/** What measures in the page. */
export const measuresInPage = () => textOf({ entryPoints: ["page/measures.mjs"], external: ["/adapter.js"] });

/** The module that cedar's build for the web fetches. */
export const cedarModule = () => readFile(`${root}node_modules/${CEDAR}/web/cedar_wasm_bg.wasm`);
