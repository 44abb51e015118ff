import type { Decision } from "bailiwick";
import { h } from "./dom";
import { chip, way, why } from "./reasons";
import type { Missing, Scene } from "./scene";

/** Below this the notes fold away. */
const WIDE = matchMedia("(min-width: 70rem)");

/** The margin of a part: every button that is missing, why, and who could change it. */
export function margin(missing: readonly Missing[], scene: Scene): HTMLElement {
  if (missing.length === 0) return h("div", { class: "margin margin-empty" }, h("p", {}, "Nothing is missing."));
  const title = `${missing.length} missing for ${scene.short}`;
  return h(
    "details",
    { class: "margin", open: WIDE.matches },
    h("summary", {}, title),
    grouped(missing).map((group) => note(group, scene)),
  );
}

/** Rows that are denied for the same reason, with the same way out, are one note. */
function grouped(missing: readonly Missing[]): Missing[][] {
  const groups = new Map<string, Missing[]>();
  for (const one of missing) {
    const { reason, remedy, ask } = one.decision;
    const key = JSON.stringify([reason, remedy, ask]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
}

function note(group: readonly Missing[], scene: Scene): HTMLElement | false {
  const [first] = group;
  if (first === undefined) return false;
  const labels = group.map(({ action, kind, id, label }) =>
    h("li", { "data-missing": action, "data-kind": kind, "data-id": id }, label),
  );
  const sentence = why(first.decision, scene);
  return h(
    "article",
    { class: "note" },
    chip(first.decision.reason),
    h("ul", { class: "labels" }, labels),
    sentence !== undefined && h("p", {}, sentence),
    ways(first.decision, scene),
  );
}

/** The ways out of a denial, the smallest first. */
export function ways(decision: Decision, scene: Scene): HTMLElement | undefined {
  if (decision.remedy.length === 0) return undefined;
  const shown = decision.remedy.slice(0, 3);
  return h(
    "div",
    { class: "ways" },
    h("p", { class: "over" }, shown.length > 1 ? "Needs one of" : "Needs"),
    h(
      "ol",
      {},
      shown.map((_, place) => way(decision, place, scene)),
    ),
  );
}
