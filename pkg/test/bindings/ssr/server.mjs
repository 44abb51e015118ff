// Draws the page of a framework as a server does, where there is no document, and writes it out with the access's bytes in it.
import { END, access } from "../world.mjs";

const RENDERED_AT = END - 1;
const IDS = ["p0", "p1", "p2", "nowhere"];
const bytes = access({ user: ["p1"], ending: ["p2"] }).bytes();
const renderers = { react, svelte, vue };
const html = await renderers[process.argv[2]]();
const text = Buffer.from(bytes).toString("base64");

console.log(
  `<main>${html}</main><script type="text/plain" id="access">${text}</script><script id="ids">${IDS}</script>`,
);

async function react() {
  const { createElement } = await import("react");
  const { renderToString } = await import("react-dom/server");
  const { Page } = await import("./react.mjs");
  return renderToString(createElement(Page, { bytes, ids: IDS, renderedAt: RENDERED_AT }));
}

async function svelte() {
  const { default: Page } = await import("./Svelte.svelte");
  const props = { bytes, ids: IDS, renderedAt: RENDERED_AT };
  if (process.env.OLDER === "1") return Page.render(props).html;
  const { render } = await import("svelte/server");
  return render(Page, { props }).body;
}

async function vue() {
  const { createSSRApp } = await import("vue");
  const { renderToString } = await import("vue/server-renderer");
  const { Page } = await import("./vue.mjs");
  return renderToString(createSSRApp(Page, { bytes, ids: IDS, renderedAt: RENDERED_AT }));
}
