import { openCommand } from "./commands/dialog";
import { offersOf } from "./commands/guard";
import { h } from "./dom";
import { showDecision } from "./decision";
import { reasonIcon } from "./reasons";
import type { Row, Scene } from "./scene";

/** The buttons of a part, as the person sees them: those that are hidden are not there. */
export function toolbar(rows: readonly Row[], scene: Scene, label: string): HTMLElement {
  const shown = rows.filter(({ button }) => button.state !== "hidden");
  if (shown.length === 0) return h("p", { class: "nothing" }, `${scene.starts} sees no button here.`);
  return h(
    "div",
    { class: "toolbar", role: "group", "aria-label": label },
    shown.map((row) => actionButton(row, scene)),
  );
}

/** One action: pressing it opens the form of what it guards; what is refused, or guards no command, shows the decision behind it. */
export function actionButton(row: Row, scene: Scene, small = false): HTMLElement | false {
  const { action, kind, id, label, button } = row;
  if (button.state === "hidden") return false;
  const enabled = button.state === "enabled";
  const tone = /^(delete|remove|suspend)/.test(action) ? " button-grave" : "";
  return h(
    "button",
    {
      type: "button",
      class: `button${small ? " button-small" : ""}${tone}`,
      "aria-disabled": enabled ? undefined : "true",
      title: enabled ? undefined : button.text,
      "data-action": action,
      "data-kind": kind,
      "data-id": id,
      "data-state": button.state,
      "data-key": `${kind} ${action} ${id}`,
      onclick: () => {
        const offers = enabled ? offersOf(scene, row) : [];
        if (offers.length > 0) openCommand(scene, offers);
        else showDecision(row, scene.decide(row), scene);
      },
    },
    enabled ? undefined : reasonIcon(button.reason),
    label,
  );
}
