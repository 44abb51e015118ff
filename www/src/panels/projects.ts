import { type Child, h } from "../dom";
import { accessButton } from "../access";
import { type Offer, commandButton, commandButtons } from "../commands/guard";
import { viaText } from "../decision";
import { DOES, facts, part, table } from "../part";
import type { Scene } from "../scene";
import { topics } from "../topics";
import { day } from "../time";

/** The projects on which the person holds something. */
export function projects(scene: Scene): HTMLElement {
  const here = (scene.example.document.projects ?? []).filter(({ organization }) => organization === scene.state.in);
  const actions = scene.actions("project");
  const cells = scene.access.canMany(
    actions,
    "project",
    here.map(({ id }) => id),
  );
  const allowed = here.map((project, place) => ({
    project,
    count: cells.subarray(place * actions.length, (place + 1) * actions.length).reduce((sum, cell) => sum + cell, 0),
  }));
  const shown = allowed.filter(({ count }) => count > 0);
  const rows = shown.map(({ project: { id, name }, count }) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, h("a", { href: scene.link({ item: id }), "data-key": `project ${id}` }, name ?? id)),
      h("td", {}, held(scene, actions, id)),
      h("td", { class: "number" }, `${count} of ${actions.length}`),
    ),
  );
  const [first] = topics("organization", "projects", scene.actions("organization"));
  const buttons = scene.rows(first?.actions ?? [], "organization", scene.state.in);
  const rest = here.length - shown.length;
  return h(
    "div",
    {},
    part(
      scene,
      "Projects",
      `${shown.length} of ${here.length} in ${scene.where}${rest === 0 ? "." : `: ${scene.short} holds nothing on the other ${rest}, and sees nothing of them.`}`,
      buttons,
      rows.length > 0 && table(`Projects of ${scene.where}`, ["Project", "By", "Actions"], rows, "Actions"),
    ),
  );
}

/** By what the person is there. */
function held(scene: Scene, actions: readonly string[], id: string): Child {
  for (const action of actions) {
    const { allowed, via } = scene.access.check(action, "project", id);
    const [nearest] = via;
    if (allowed && nearest !== undefined)
      return (
        scene.names.roleOn(nearest.on, nearest.role) +
        (nearest.until === undefined ? "" : `, until ${day(nearest.until)}`)
      );
  }
  return "Nothing";
}

/** One project with its parts. */
export function project(scene: Scene): HTMLElement {
  const { item } = scene.state;
  const back = h(
    "p",
    { class: "crumb" },
    h("a", { href: scene.link({ tab: "projects" }), "data-key": "back" }, "Projects"),
    h("span", { "aria-hidden": "true" }, " / "),
    h("b", {}, scene.names.of(`project/${item}`)),
  );
  const parts = topics("project", "project", scene.actions("project"));
  return h(
    "div",
    {},
    back,
    parts.map(({ topic, actions }) =>
      part(scene, topic.title, topic.about, scene.rows(actions, "project", item), inside(topic.title, scene)),
    ),
  );
}

function inside(title: string, scene: Scene): Child {
  const { item } = scene.state;
  const document = scene.example.document.projects?.find(({ id }) => id === item);
  const may = (action: string) =>
    scene.actions("project").includes(action) && scene.access.can(action, "project", item);
  if (title === "General")
    return [
      facts([["Identifier", h("code", {}, item)]]),
      byWhat(scene),
      h(
        "div",
        { class: "toolbar", role: "group", "aria-label": "More" },
        accessButton(scene, "project", item),
        may("rename") && commandButton(scene, { command: "move_project", values: { project: item } }, true),
      ),
    ];
  if (title === "Members" && may("view_members")) return memberships(scene, document?.members ?? []);
  if (title === "API keys" && may("view_api_keys")) return keys(scene);
  return false;
}

function memberships(
  scene: Scene,
  members: readonly {
    readonly member: string;
    readonly roles?: readonly string[] | undefined;
    readonly until?: number | undefined;
  }[],
): HTMLElement | false {
  if (members.length === 0) return h("p", { class: "about" }, "Nobody was added: the organization’s owners own it.");
  const rows = members.map(({ member, roles, until }) => {
    const labels =
      roles?.map((role) => scene.names.role("project", role)).join(", ") ?? "The default of their organization role";
    const end = until === undefined ? "" : until > scene.now ? `until ${day(until)}` : `ended ${day(until)}`;
    return h(
      "tr",
      { "data-row": member },
      h("th", { scope: "row" }, scene.names.of(member)),
      h("td", {}, labels),
      h("td", {}, end),
      h("td", { class: "does" }, doing(scene, member)),
    );
  });
  return table("Members of the project", ["Member", "Role", "End", DOES], rows);
}

/** What can be done with one member: who goes of their own accord needs nobody’s leave. */
function doing(scene: Scene, member: string): HTMLElement {
  const values = { project: scene.state.item, member };
  const remove: Offer = { command: "remove_project_member", values, label: "Remove" };
  return commandButtons(scene, scene.names.of(member), [
    { command: "change_project_member", values, label: "Roles" },
    member === scene.state.as ? commandButton(scene, { ...remove, label: "Leave" }, true) : remove,
  ]);
}

function keys(scene: Scene): HTMLElement | false {
  const here = (scene.example.document.apiKeys ?? []).filter(({ project: of }) => of === scene.state.item);
  if (here.length === 0) return h("p", { class: "about" }, "There is no key yet.");
  const usual = scene.example.policyDocument.holders["api_key"]?.default ?? [];
  const rows = here.map(({ id, name, roles = usual, rotations = 0 }) => {
    const values = { key: id };
    return h(
      "tr",
      { "data-row": `api_key/${id}` },
      h("th", { scope: "row" }, name ?? id),
      h("td", {}, roles.map((role) => scene.names.role("project", role)).join(", ")),
      h("td", { class: "number" }, rotations),
      h(
        "td",
        { class: "does" },
        commandButtons(scene, name ?? id, [
          { command: "change_api_key", values, label: "Roles" },
          { command: "rotate_api_key", values, label: "Rotate" },
          { command: "delete_api_key", values, label: "Delete" },
        ]),
      ),
    );
  });
  return table("API keys of the project", ["Key", "Role", "Rotations", DOES], rows, "Rotations");
}

/** The bindings by which the person is here. */
function byWhat(scene: Scene): HTMLElement | false {
  const granted = scene
    .rows(scene.actions("project"), "project", scene.state.item)
    .filter(({ button }) => button.state === "enabled");
  const [first] = granted;
  if (first === undefined) return false;
  return facts([
    [
      `${scene.starts} is here as`,
      scene
        .decide(first)
        .via.map((via) => viaText(via, scene))
        .join("; "),
    ],
  ]);
}
