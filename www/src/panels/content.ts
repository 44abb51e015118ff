import { actionButton } from "../buttons";
import { accessButton } from "../access";
import { type Offer, commandButton, commandButtons } from "../commands/guard";
import { type Child, h } from "../dom";
import { margin } from "../notes";
import { part } from "../part";
import { chip } from "../reasons";
import type { Row, Scene } from "../scene";
import { day } from "../time";
import { topics } from "../topics";

const PAGE = 20;

/** What lies in the organization and was shared with the person. */
export function content(scene: Scene): HTMLElement {
  const kinds = scene.contentKinds();
  const kind = kinds.find((one) => one === scene.state.item) ?? kinds[0] ?? "";
  const [topic] = topics("organization", "content", scene.actions("organization"));
  const creates = (topic?.actions ?? []).filter((action) => action.includes(kind) || !/^create_/.test(action));
  const picker = h(
    "nav",
    { class: "kinds", "aria-label": "Kinds of content" },
    kinds.map((one) =>
      h(
        "a",
        {
          href: scene.link({ item: one }),
          "aria-current": one === kind ? "true" : undefined,
          "data-key": `kind ${one}`,
        },
        scene.names.kinds(one),
      ),
    ),
  );
  return h(
    "div",
    {},
    picker,
    part(scene, scene.names.kinds(kind), about(scene, kind), scene.rows(creates, "organization", scene.state.in)),
    shared(scene, kind),
  );
}

function about(scene: Scene, kind: string): string {
  const here = (scene.example.document.resources ?? []).filter(
    (one) => one.kind === kind && one.parent === `organization/${scene.state.in}`,
  ).length;
  return `${here} in ${scene.where}. ${scene.starts} sees those that were shared, and no sign of the others.`;
}

/** The ids of one page, and whether there is another. */
function pageOf(scene: Scene, kind: string): { ids: readonly string[]; more: boolean } {
  const action = widest(scene, kind);
  let page = scene.access.list(action, kind, { limit: PAGE });
  for (let number = 1; number < scene.state.page && page.next !== undefined; number += 1) {
    page = scene.access.list(action, kind, { limit: PAGE, after: page.next });
  }
  return { ids: page.items, more: page.next !== undefined };
}

/** The action that most roles of the kind give: who holds anything at all has it. */
function widest(scene: Scene, kind: string): string {
  const matrix = scene.example.policy.matrix(kind);
  const count = (cells: readonly string[]) => cells.filter((cell) => cell !== "no").length;
  const best = matrix?.actions.reduce((one, other) => (count(other.cells) > count(one.cells) ? other : one));
  return best?.action ?? "";
}

function shared(scene: Scene, kind: string): HTMLElement {
  const { ids, more } = pageOf(scene, kind);
  const actions = scene.actions(kind);
  if (ids.length === 0) return nothing(scene, kind);
  return h(
    "div",
    { class: "cards" },
    h("h2", { class: "quiet" }, `${scene.names.kinds(kind)} of ${scene.short}`),
    h(
      "ul",
      { class: "items" },
      ids.map((id) => h("li", {}, item(scene, kind, id, scene.rows(actions, kind, id)))),
    ),
    pager(scene, ids.length, more),
  );
}

function item(scene: Scene, kind: string, id: string, rows: readonly Row[]): Child {
  const missing = scene.missing(rows);
  const level = scene.access.check(widest(scene, kind), kind, id).via[0];
  const notes = missing.length > 0 && margin(missing, scene);
  if (notes) notes.removeAttribute("open");
  return h(
    "article",
    { class: "item" },
    h(
      "header",
      {},
      h("h3", {}, scene.names.of(`${kind}/${id}`)),
      level !== undefined &&
        h(
          "span",
          { class: "level" },
          scene.names.role(kind, level.role),
          level.how === "group" && ` by ${scene.names.of(`group/${level.group ?? ""}`)}`,
          level.how === "members" && " by everyone",
        ),
    ),
    h(
      "div",
      { class: "toolbar", role: "group", "aria-label": scene.names.of(`${kind}/${id}`) },
      rows.map((row) => actionButton(row, scene, true)),
      accessButton(scene, kind, id),
    ),
    sharesOf(scene, kind, id),
    notes,
  );
}

/** What it uses, and with whom it is shared: the latter for who may share it, and one’s own share for oneself. */
function sharesOf(scene: Scene, kind: string, id: string): Child {
  const { names, state, example } = scene;
  const resource = `${kind}/${id}`;
  const { uses = [], shares = [] } =
    example.document.resources?.find((one) => one.kind === kind && one.id === id) ?? {};
  const action = example.policyDocument.commands?.["share"]?.[kind];
  const may = action !== undefined && scene.access.can(action, kind, id);
  const seen = may ? shares : shares.filter((one) => one.with === state.as);
  const rows = seen.map(({ with: who, role, until }) => {
    const values = { resource, with: who };
    const back: Offer = { command: "unshare", values, label: who === state.as ? "Give up" : "Take back" };
    return h(
      "li",
      { "data-share": who },
      h(
        "span",
        {},
        h("b", {}, names.of(who)),
        ` ${names.role(kind, role)}${until === undefined ? "" : `, until ${day(until)}`}`,
      ),
      commandButtons(scene, names.of(who), [
        { command: "change_share", values, label: "Change" },
        who === state.as ? commandButton(scene, back, true) : back,
      ]),
    );
  });
  const title = may ? `Shared with ${shares.length}` : `Shared with ${scene.short}`;
  return [
    uses.length > 0 && h("p", { class: "uses" }, `Uses ${uses.map((one) => names.of(one)).join(", ")}.`),
    rows.length > 0 &&
      h(
        "details",
        { class: "shares", "data-fold": `shares ${resource}` },
        h("summary", { "data-key": `shares ${resource}` }, title),
        h("ul", {}, rows),
      ),
  ];
}

function nothing(scene: Scene, kind: string): HTMLElement {
  const { reason } = scene.access.check(widest(scene, kind), kind, "none");
  const soon = reason === "not_available_yet";
  return h(
    "div",
    { class: "closed" },
    soon && chip(reason),
    h("h2", {}, soon ? `${scene.names.kinds(kind)} are coming soon` : `Nothing here was shared with ${scene.short}`),
  );
}

function pager(scene: Scene, count: number, more: boolean): HTMLElement {
  const { page, item } = scene.state;
  const from = (page - 1) * PAGE;
  const step = (to: number, label: string, there: boolean) =>
    there
      ? h("a", { class: "button", href: scene.link({ item, page: to }), "data-key": label }, label)
      : h("span", { class: "button", "aria-disabled": "true" }, label);
  return h(
    "nav",
    { class: "pager", "aria-label": "Pages" },
    step(page - 1, "Previous", page > 1),
    h("span", {}, `${from + 1} to ${from + count}`),
    step(page + 1, "Next", more),
  );
}
