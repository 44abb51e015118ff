import { defineConfig, type Plugin } from "vite";

/** The development server puts styles into the page and listens on a socket: there, and only there, the policy allows both. */
const developmentPolicy: Plugin = {
  name: "development-policy",
  apply: "serve",
  transformIndexHtml: (html) =>
    html
      .replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")
      .replace("connect-src 'self'", "connect-src 'self' ws:"),
};

/** What the playground shares with the command line asks the built package there, too. */
const onePackage = (): Plugin => ({
  name: "one-package",
  enforce: "pre",
  resolveId(source, importer) {
    return /\/module(\.js)?$/.test(source) && /\/(pkg\/src\/cli|playground)\//.test(importer ?? "")
      ? this.resolve("bailiwick")
      : undefined;
  },
});

export default defineConfig({
  plugins: [developmentPolicy, onePackage()],
  // The package is linked from beside this folder and has a React of its own to be tested with.
  resolve: { dedupe: ["react", "react-dom"] },
  worker: { format: "es", plugins: () => [onePackage()] },
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: ["index.html", "playground.html"], checks: { moduleLevelDirective: false } },
  },
  // The console asks an authority at its own origin: while one edits it, at this one.
  server: { fs: { allow: [".."] }, proxy: { "/api": process.env["AUTHORITY"] ?? "http://127.0.0.1:8787" } },
});
