import type { GainRow, Lack, Preview, Refused, Totals } from "bailiwick";
import { type Child, h, icon } from "../dom";
import type { Names } from "../names";
import { ways } from "../notes";
import { chip } from "../reasons";
import type { Scene } from "../scene";
import { namesAfter, noteText } from "./facts";

const PRINCIPALS = 5;
const PLACES = 3;
const ACTIONS = 6;

/** What would come of a command: who gains what, who loses what, what a receiver lacks. */
export function previewOf(preview: Preview, scene: Scene): Child {
  const { change, rows, totals, lacks = [], lacksHidden = 0 } = preview;
  const names = namesAfter(scene.names, change);
  const groups = new Map<string, GainRow[]>();
  for (const row of rows) groups.set(row.principal, [...(groups.get(row.principal) ?? []), row]);
  const shown = [...groups].slice(0, PRINCIPALS);
  const rest = totals.principals - shown.length;
  return [
    h("p", { class: "verdict" }, chip("granted"), h("span", {}, summary(totals))),
    shown.length > 0 &&
      h(
        "ul",
        { class: "gains" },
        shown.map(([principal, places]) =>
          h(
            "li",
            { "data-principal": principal },
            h("b", {}, names.of(principal)),
            places.slice(0, PLACES).map((row) => place(row, names)),
            places.length > PLACES && more(places.length - PLACES, "more place", "more places"),
          ),
        ),
      ),
    rest > 0 && shown.length > 0 && more(rest, "more who changes", "more who change"),
    totals.hidden > 0 &&
      h(
        "p",
        { class: "hidden-rows" },
        `${count(totals.hidden, "row lies", "rows lie")} where ${scene.short} may not look.`,
      ),
    lacking(lacks, lacksHidden, names),
    (change.notes ?? []).map((note) => h("p", { class: "aside" }, noteText(note, names))),
  ];
}

/** Why it is refused, what would turn it and whom to ask. */
export function refusalOf({ decision, text }: Refused, scene: Scene): Child {
  return [
    h("p", { class: "verdict" }, chip(decision.reason), h("span", { class: "refusal" }, text)),
    ways(decision, scene),
  ];
}

function summary({ principals, gained, lost }: Totals): string {
  if (gained === 0 && lost === 0) return "Nobody gains or loses an action.";
  const parts = [
    gained > 0 && `${count(gained, "action is", "actions are")} gained`,
    lost > 0 && `${count(lost, "action is", "actions are")} lost`,
  ].filter((part) => part !== false);
  const whom = principals === 1 ? "one member" : `${principals.toLocaleString("en")} members`;
  return `It changes what ${whom} may do: ${parts.join(", ")}.`;
}

function place(row: GainRow, names: Names): HTMLElement {
  const { kind, id, gained, lost } = row;
  const key = `${kind}/${id}`;
  return h(
    "div",
    { class: "gain" },
    h(
      "span",
      { class: "gain-place" },
      kind === id ? `The ${names.kind(kind).toLowerCase()}` : `${names.kind(kind)} ${names.of(key)}`,
    ),
    actions("gained", "yes", gained, kind, names),
    actions("lost", "no", lost, kind, names),
  );
}

function actions(
  what: "gained" | "lost",
  drawing: "yes" | "no",
  list: readonly string[],
  kind: string,
  names: Names,
): Child {
  if (list.length === 0) return false;
  const labels = list.slice(0, ACTIONS).map((action) => names.action(kind, action));
  const rest = list.length - labels.length;
  return h(
    "p",
    { class: what, "data-actions": list.join(" ") },
    icon(drawing),
    h(
      "span",
      {},
      h("b", {}, what === "gained" ? "Gains " : "Loses "),
      labels.join(", "),
      rest > 0 && ` and ${rest} more`,
    ),
  );
}

function lacking(lacks: readonly Lack[], hidden: number, names: Names): Child {
  if (lacks.length === 0 && hidden === 0) return false;
  return h(
    "div",
    { class: "lacks" },
    h("p", {}, h("b", {}, "To run it, this is lacking:")),
    h(
      "ul",
      {},
      lacks.map(({ resource, action, role, ask }) => {
        const kind = resource.split("/", 1)[0] ?? "";
        return h(
          "li",
          { "data-lack": resource },
          h("b", {}, names.action(kind, action)),
          ` on ${names.of(resource)}`,
          role !== undefined && ` (${names.role(kind, role)})`,
          ask.length > 0 &&
            h(
              "span",
              { class: "by" },
              `can be shared by ${ask
                .slice(0, 3)
                .map((one) => names.of(one))
                .join(", ")}${ask.length > 3 ? ` and ${ask.length - 3} more` : ""}`,
            ),
        );
      }),
    ),
    hidden > 0 && h("p", { class: "hidden-rows" }, `${hidden} more that may not be named.`),
  );
}

function more(number: number, single: string, several: string): HTMLElement {
  return h("p", { class: "and-more" }, `and ${count(number, single, several)}`);
}

function count(number: number, single: string, several: string): string {
  return `${number.toLocaleString("en")} ${number === 1 ? single : several}`;
}
