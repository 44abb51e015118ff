// Bundles src/ into dist/: one file for each entry, and what they share. The types are tsc's work.
import { copyFileSync, existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { built, modules, wasmOf } from "./modules.mjs";
import { locate, mustLieOnce, shared, sharedFiles } from "./shared.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = `${root}dist/`;

/** The entries over one module; those of the first lie at the top. */
const FORMS = ["index", "workerd", "edge-light", "js", "slim"];

/** Classes in files of their own, so that a bundler leaves out those that nobody imports, and what the tests look into. */
const PARTS = ["api/directory", "api/policy", "api/write", "guard/instances"];

/** Entries that know no module. */
const OTHERS = [
  ...["authority/index", "authority/client", "cloudflare/index"],
  ...["capsule/index", "guard/adapters", "store", "react", "vue", "svelte", "cli"],
];

/**
 * What the platform or the host brings along. The package names itself where the conditions are to choose how a module comes in: in workerd
 * another way than elsewhere.
 */
const OUTSIDE = [
  ...["node:*", "cloudflare:*", "bailiwick", "bailiwick/*", "jose/*"],
  ...["react", "react/*", "vue", "svelte", "svelte/*", "*.wasm", "*.wasm?module"],
];

const presets = readdirSync(`${root}src/presets`).map((file) => `presets/${file.replace(/\.ts$/, "")}`);

const source = (name) => [name, `${name}/index`].map((path) => `src/${path}.ts`).find((path) => existsSync(root + path));
const entry = (name) => [name, source(name)];
const entries = [
  ...modules.flatMap((name, place) => FORMS.map((form) => entry(place === 0 ? form : `${name}/${form}`))),
  ...[...PARTS, ...OTHERS, ...presets].map(entry),
  ...sharedFiles.map((name) => [name, name]),
];

/**
 * The command line asks the entry where it lies, as everybody does: what two entries share moves into a file that nobody lists under
 * `sideEffects`, and bringing the module in is what an entry must keep for itself.
 */
const fromOutside = {
  name: "from outside",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\.\/index\.js$/ }, () => ({ path: "./index.js", external: true }));
  },
};

rmSync(dist, { recursive: true, force: true });
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: Object.fromEntries(entries.filter(([, path]) => path !== undefined)),
  outdir: dist,
  bundle: true,
  metafile: true,
  splitting: true,
  format: "esm",
  target: "es2022",
  platform: "neutral",
  external: OUTSIDE,
  chunkNames: "shared/[hash]",
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: "none",
  plugins: [shared, built, fromOutside],
  logLevel: "warning",
});
mustLieOnce(metafile);
locate(dist);
writeFileSync(`${dist}wasm.d.ts`, "/** A compiled module, for `init`. */\ndeclare const module: object;\nexport default module;\n");
for (const name of modules) copyFileSync(wasmOf(name), `${dist}${name}.wasm`);
console.log(`dist: ${modules.length} module${modules.length === 1 ? "" : "s"}`);
