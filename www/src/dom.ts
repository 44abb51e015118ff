/** What may stand inside an element. */
export type Child = Node | string | number | false | undefined | readonly Child[];

type Value = string | number | boolean | undefined | ((event: Event) => void);

/** Attributes by name; a function is a listener for the event named after `on`. */
export type Attributes = { readonly [name: string]: Value };

/** Makes an element. Text is text: nothing is parsed as HTML. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) set(element, name, value);
  append(element, children);
  return element;
}

/** Puts new children in the place of the old ones. */
export function fill(parent: Element, ...children: Child[]): void {
  parent.replaceChildren();
  append(parent, children);
}

/** The element with this id, which the page has. */
export function byId(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`the page has no #${id}`);
  return element;
}

function set(element: Element, name: string, value: Value): void {
  if (typeof value === "function") element.addEventListener(name.slice(2), value);
  else if (value === true) element.setAttribute(name, "");
  else if (value !== false && value !== undefined) element.setAttribute(name, String(value));
}

function append(parent: Element, children: readonly Child[]): void {
  for (const child of children) {
    if (Array.isArray(child)) append(parent, child as readonly Child[]);
    else if (child instanceof Node) parent.append(child);
    else if (child !== false && child !== undefined) parent.append(String(child));
  }
}

const SVG = "http://www.w3.org/2000/svg";

/** The page's drawings, as paths on a grid of 16. */
const DRAWINGS = {
  mark: "M1.5 1.5h13v13h-13z M1.5 7l6.5 1.5V1.5 M8 8.5l-1.5 6 M8 8.5l6.5-3",
  yes: "M3 8.5l3.2 3.2L13 4.8",
  no: "M5 8h6",
  lock: "M4 7.5h8v6H4z M5.5 7.5V5.3a2.5 2.5 0 0 1 5 0v2.2",
  plan: "M8 1.8l1.9 3.9 4.3.6-3.1 3 .7 4.3L8 11.6l-3.8 2 .7-4.3-3.1-3 4.3-.6z",
  clock: "M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8z M8 4.6V8l2.4 1.6",
  full: "M2 12.5h12 M3.5 12.5v-4h2.4v4 M6.9 12.5v-6h2.4v6 M10.2 12.5v-9h2.4v9",
  out: "M9.5 2.5h4v11h-4 M9 8H2.5 M5 5.2L2.3 8 5 10.8",
  pause: "M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8z M4 4l8 8",
  unknown:
    "M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8z M6.3 6.3a1.8 1.8 0 1 1 2.6 1.6c-.7.4-.9.7-.9 1.4 M8 11.4v.1",
  person: "M8 8.2a2.9 2.9 0 1 0 0-5.8 2.9 2.9 0 0 0 0 5.8z M2.8 13.8c.5-2.6 2.5-4 5.2-4s4.7 1.4 5.2 4",
  service: "M3 3.5h10v9H3z M5.3 6.2l2 1.8-2 1.8 M8.7 10h2.2",
  key: "M5.3 13a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.4z M7.3 8.3l5.7-5.7 M10.5 5l1.9 1.9",
  theme: "M8 1.8a6.2 6.2 0 1 0 0 12.4z M8 1.8a6.2 6.2 0 0 1 0 12.4",
  next: "M6 3.5L10.5 8 6 12.5",
} as const;

/** The name of a drawing. */
export type Icon = keyof typeof DRAWINGS;

/** A drawing in the colour of the text, silent to a screen reader. */
export function icon(name: Icon): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", DRAWINGS[name]);
  svg.append(path);
  return svg;
}
