import type { Decision, Via } from "bailiwick";
import { byId, fill, h } from "./dom";
import { ways } from "./notes";
import { chip, why } from "./reasons";
import type { Row, Scene } from "./scene";
import { day } from "./time";

/** Shows the whole answer behind a button. */
export function showDecision(row: Row, decision: Decision, scene: Scene): void {
  const dialog = byId("decision") as HTMLDialogElement;
  const question = `check("${row.action}", "${row.kind}", "${row.id}")`;
  fill(
    dialog,
    h("header", {}, h("h2", { id: "decision-title" }, row.label), chip(decision.reason)),
    h(
      "p",
      {},
      decision.allowed
        ? `${scene.starts} may do this on ${scene.names.of(`${row.kind}/${row.id}`)}.`
        : (why(decision, scene) ??
            `No role of ${scene.short}’s allows this on ${scene.names.of(`${row.kind}/${row.id}`)}.`),
    ),
    decision.via.length > 0 && h("p", { class: "over" }, "Because of"),
    decision.via.length > 0 &&
      h(
        "ul",
        { class: "via" },
        decision.via.map((via) => h("li", {}, viaText(via, scene))),
      ),
    decision.validUntil !== undefined && h("p", { class: "until" }, `Valid until ${day(decision.validUntil)}.`),
    ways(decision, scene),
    h(
      "details",
      { class: "raw" },
      h("summary", {}, "The decision as data"),
      h("p", {}, h("code", {}, question)),
      h("pre", { tabindex: 0 }, JSON.stringify(decision, undefined, 2)),
    ),
    h("form", { method: "dialog" }, h("button", { class: "button", value: "close" }, "Close")),
  );
  dialog.showModal();
}

/** How a binding carries a grant. */
export function viaText(via: Via, scene: Scene): string {
  const { names } = scene;
  const role = `${names.roleOn(via.on, via.role)} of ${names.of(via.on)}`;
  const how = {
    direct: "",
    group: `, through the group ${via.group === undefined ? "" : names.of(`group/${via.group}`)}`,
    members: ", as everyone in the organization",
    platform: ", as every person",
  }[via.how];
  return `${role}${how}${via.implied ? ", which implies it" : ""}${via.until === undefined ? "" : `, until ${day(via.until)}`}`;
}
