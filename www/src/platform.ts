import type { CommandName } from "bailiwick";
import { commandButton } from "./commands/guard";
import { h } from "./dom";
import { CHOICES, type Example } from "./example";
import type { Scene } from "./scene";
import { format, parse } from "./state";

const HERE: readonly CommandName[] = ["change_edition", "verify_domain", "release_domain", "sign_in"];

/** What no principal may do: the commands of the platform itself, apart from everything else. */
export function platform(scene: Scene): HTMLElement {
  const { sso } = scene.organization ?? {};
  const there =
    scene.organization === undefined
      ? []
      : HERE.filter((name) => name !== "release_domain" || (sso?.domains ?? []).length > 0);
  return h(
    "details",
    { class: "platform", "data-fold": "platform" },
    h("summary", { "data-key": "platform" }, "The platform does this"),
    h(
      "p",
      {},
      scene.organization === undefined ? "Nobody in the console can." : `Nobody in the console can. In ${scene.where}:`,
    ),
    h(
      "div",
      { class: "toolbar", role: "group", "aria-label": "The platform does this" },
      [...there, "sign_up" as const].map((command) => commandButton(scene, { command, values: {} }, true)),
    ),
  );
}

/** Back to how the example was, or to where nothing is yet. */
export function beginnings({ example }: Scene): HTMLElement {
  const nothing = CHOICES.find(({ id }) => id === example.id)?.nothing ?? "";
  return h(
    "div",
    { class: "toolbar", role: "group", "aria-label": "Beginnings" },
    h(
      "button",
      { type: "button", class: "button button-small", "data-key": "start over", onclick: () => startOver(example) },
      "Start over",
    ),
    example.id !== nothing &&
      h(
        "a",
        { class: "button button-small", href: format({ ...parse(""), example: nothing }), "data-key": "nothing" },
        "Start from nothing",
      ),
  );
}

function startOver(example: Example): void {
  const address = format({ ...parse(""), example: example.id });
  history.replaceState(null, "", address);
  example.startOver();
}
