// A page of jsdom as this process's own. To be imported before any framework.
import { JSDOM } from "jsdom";

const { window } = new JSDOM("<!doctype html><body></body>", { url: "http://localhost/", pretendToBeVisual: true });

/** Node has these too, but a page takes only its own. */
const OWN = ["Event", "CustomEvent", "EventTarget"];

for (const name of Object.getOwnPropertyNames(window)) {
  if ((name in globalThis && !OWN.includes(name)) || name.startsWith("_")) continue;
  Object.defineProperty(globalThis, name, { get: () => window[name], configurable: true });
}
globalThis.IS_REACT_ACT_ENVIRONMENT = true;
