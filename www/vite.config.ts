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

export default defineConfig({
  plugins: [developmentPolicy],
  build: { target: "es2022", assetsInlineLimit: 0, chunkSizeWarningLimit: 1500, modulePreload: { polyfill: false } },
  server: { fs: { allow: [".."] } },
});
