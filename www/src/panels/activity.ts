import type { Fact } from "bailiwick";
import { factText, noteText } from "../commands/facts";
import { wanted } from "../commands/verbs";
import { type Child, h, icon } from "../dom";
import type { Entry } from "../example";
import { ways } from "../notes";
import { chip } from "../reasons";
import type { Scene } from "../scene";
import { moment } from "../time";

const FACTS = 20;

/** What happened in this visit, and what was refused: the newest first, whoever looks. */
export function activity(scene: Scene): HTMLElement {
  const { log } = scene.example;
  if (log.length === 0)
    return h(
      "div",
      { class: "closed" },
      icon("clock"),
      h("h2", {}, "Nothing has happened yet"),
      h(
        "p",
        {},
        "Invite somebody, give a role, share something: each change is written down here, and each refusal too.",
      ),
    );
  const refused = log.filter(({ change }) => change === undefined).length;
  return h(
    "section",
    { class: "activity" },
    h("h2", {}, "Activity"),
    h(
      "p",
      { class: "about" },
      `${count(log.length - refused, "change")} and ${count(refused, "refusal")} in this visit, in every organization, whoever looks.`,
    ),
    h(
      "ol",
      { class: "entries" },
      log.map((entry, place) => h("li", {}, entryOf(entry, log.length - place, scene))),
    ),
  );
}

function entryOf(entry: Entry, number: number, scene: Scene): HTMLElement {
  const { at, who, said, change, refused, names } = entry;
  const time = h("time", { datetime: new Date(at).toISOString() }, moment(at));
  if (refused !== undefined)
    return h(
      "article",
      { class: "entry entry-refused", "data-entry": "refused" },
      h("p", {}, h("b", {}, who), ` tried to ${wanted(said)}.`, " ", chip(refused.decision.reason)),
      h("p", { class: "refusal" }, refused.text),
      ways(refused.decision, scene),
      time,
    );
  const { removed = [], added = [], notes = [] } = change ?? {};
  const facts = removed.length + added.length;
  const list = (what: string, drawing: "yes" | "no", rows: readonly Fact[]): Child =>
    rows.length > 0 && [
      h("p", { class: "over" }, what),
      h(
        "ul",
        { class: `facts-${drawing}` },
        rows.slice(0, FACTS).map((fact) => h("li", {}, icon(drawing), factText(fact, names))),
        rows.length > FACTS && h("li", {}, `and ${(rows.length - FACTS).toLocaleString("en")} more`),
      ),
    ];
  return h(
    "article",
    { class: "entry", "data-entry": "changed" },
    h("p", {}, h("b", {}, who), ` ${said}.`),
    notes.map((note) => h("p", { class: "aside" }, noteText(note, names))),
    facts > 0 &&
      h(
        "details",
        { "data-fold": `entry ${number}` },
        h("summary", { "data-key": `entry ${number}` }, `${added.length} added, ${removed.length} removed`),
        list("Removed", "no", removed),
        list("Added", "yes", added),
      ),
    time,
  );
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}
