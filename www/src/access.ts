import { viaText } from "./decision";
import { byId, fill, h } from "./dom";
import type { Scene } from "./scene";

const PAGE = 100;

/** A button that shows who may do what on a resource, for who may ask that. */
export function accessButton(scene: Scene, kind: string, id: string): HTMLElement | false {
  const [action] = scene.actions(kind);
  if (action === undefined || !ask(scene, action, kind, id, 1).ok) return false;
  return h(
    "button",
    {
      type: "button",
      class: "button button-small",
      "data-key": `who ${kind} ${id}`,
      "data-who": "",
      onclick: () => show(scene, kind, id),
    },
    "Who has access",
  );
}

function ask(scene: Scene, action: string, kind: string, id: string, limit: number) {
  const { state, example, then } = scene;
  return example.directory.who(state.in, action, kind, id, { as: state.as, now: then, limit });
}

function show(scene: Scene, kind: string, id: string): void {
  const dialog = byId("decision") as HTMLDialogElement;
  const { names } = scene;
  const answer = h("div", { class: "who-may", "aria-live": "polite" });
  const select = h(
    "select",
    { id: "who-action", onchange: () => draw() },
    scene.actions(kind).map((action) => h("option", { value: action }, names.action(kind, action))),
  );
  const draw = () => {
    const told = ask(scene, select.value, kind, id, PAGE);
    if (!told.ok) return fill(answer, h("p", { class: "refusal" }, told.text));
    const rest = told.total - told.items.length;
    fill(
      answer,
      h(
        "p",
        { class: "over" },
        told.total === 1 ? "One" : told.total === 0 ? "Nobody" : told.total.toLocaleString("en"),
      ),
      h(
        "ul",
        { class: "via" },
        told.items.map(({ principal, via }) =>
          h(
            "li",
            {},
            h("b", {}, names.of(principal)),
            via.map((one) => h("p", {}, viaText(one, scene))),
          ),
        ),
      ),
      rest > 0 && h("p", { class: "and-more" }, `and ${rest.toLocaleString("en")} more`),
    );
  };
  fill(
    dialog,
    h("header", {}, h("h2", { id: "decision-title" }, `Who has access to ${names.of(`${kind}/${id}`)}`)),
    h("div", { class: "field" }, h("label", { for: "who-action" }, "Who may"), select),
    answer,
    h("form", { method: "dialog" }, h("button", { class: "button", value: "close" }, "Close")),
  );
  draw();
  dialog.showModal();
}
