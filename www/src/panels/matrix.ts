import type { Cell } from "bailiwick";
import { type Child, h, icon } from "../dom";
import { chip } from "../reasons";
import type { Scene } from "../scene";

/** The roles of a kind against its actions: the policy itself, whoever looks. */
export function matrix(scene: Scene): HTMLElement {
  const kinds = scene.example.policy.kinds.map(({ kind }) => kind);
  const kind = kinds.find((one) => one === scene.state.item) ?? "organization";
  const found = scene.example.policy.matrix(kind);
  const picker = h(
    "nav",
    { class: "kinds", "aria-label": "Kinds" },
    kinds.map((one) =>
      h(
        "a",
        {
          href: scene.link({ item: one }),
          "aria-current": one === kind ? "true" : undefined,
          "data-key": `matrix ${one}`,
        },
        scene.names.kind(one),
      ),
    ),
  );
  if (found === undefined) return h("div", {}, picker);
  const title = `Roles and actions: ${scene.names.kind(kind)}`;
  const held = scene.held(kind);
  return h(
    "div",
    { class: "matrix" },
    picker,
    h(
      "p",
      { class: "about" },
      `The policy ${scene.example.policy.label}, whoever looks. Roles that are held further up and imply some of these are not listed.`,
    ),
    h(
      "div",
      { class: "scroll", tabindex: 0, role: "region", "aria-label": title },
      h(
        "table",
        {},
        h("caption", { class: "quiet" }, title),
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            h("th", { scope: "col" }, "Action"),
            found.roles.map(({ role, label }) =>
              h(
                "th",
                { scope: "col", class: held.has(role) ? "held" : undefined },
                label,
                held.has(role) && h("small", {}, scene.short),
              ),
            ),
          ),
        ),
        h(
          "tbody",
          {},
          found.actions.map(({ action, label, cells, feature }) =>
            h(
              "tr",
              { "data-action-row": action },
              h("th", { scope: "row" }, label),
              cells.map((cell, place) =>
                h(
                  "td",
                  { "data-cell": cell, class: held.has(found.roles[place]?.role ?? "") ? "held" : undefined },
                  mark(cell, feature),
                ),
              ),
            ),
          ),
        ),
      ),
    ),
  );
}

function mark(cell: Cell, feature: string | undefined): Child {
  switch (cell) {
    case "yes":
      return [icon("yes"), h("span", { class: "quiet" }, "yes")];
    case "no":
      return [icon("no"), h("span", { class: "quiet" }, "no")];
    case "feature":
      return h("span", { class: "chip chip-plan" }, icon("plan"), feature ?? "with a feature");
    case "not_available_yet":
      return chip("not_available_yet");
  }
}
