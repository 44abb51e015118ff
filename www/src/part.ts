import { toolbar } from "./buttons";
import { type Child, h } from "./dom";
import { margin } from "./notes";
import type { Row, Scene } from "./scene";

/** A part of the console: on the left what the person sees, in the margin what is missing and why. */
export function part(
  scene: Scene,
  title: string,
  about: string,
  rows: readonly Row[],
  ...inside: Child[]
): HTMLElement {
  return h(
    "section",
    { class: "part" },
    h(
      "div",
      { class: "card" },
      h("h2", {}, title),
      h("p", { class: "about" }, about),
      toolbar(rows, scene, title),
      inside,
    ),
    margin(scene.missing(rows), scene),
  );
}

/** The head of a column of buttons. On a small screen the rows of such a table stand under one another. */
export const DOES = "What can be done";

/** A list of facts. */
export function facts(entries: readonly (readonly [string, Child])[]): HTMLElement {
  return h(
    "dl",
    { class: "facts" },
    entries.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))),
  );
}

/** A table with a caption for a screen reader, that scrolls by itself when it must. */
export function table(caption: string, head: readonly string[], rows: readonly Child[], numbers = ""): HTMLElement {
  return h(
    "div",
    {
      class: head.includes(DOES) ? "scroll scroll-acts" : "scroll",
      tabindex: 0,
      role: "region",
      "aria-label": caption,
    },
    h(
      "table",
      {},
      h("caption", { class: "quiet" }, caption),
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          head.map((cell) => h("th", { scope: "col", class: cell === numbers ? "number" : undefined }, cell)),
        ),
      ),
      h("tbody", {}, rows),
    ),
  );
}
