import { type Offer, commandButton, commandButtons } from "../commands/guard";
import { type Child, h } from "../dom";
import { DOES, facts, part, table } from "../part";
import { avatar } from "../rail";
import type { Scene } from "../scene";
import { topics } from "../topics";
import { type Player, troupes } from "../cast";
import { day } from "../time";

/** Who belongs to the organization. */
export function members(scene: Scene): HTMLElement {
  return h(
    "div",
    {},
    topics("organization", "members", scene.actions("organization")).map(({ topic, actions }) =>
      part(
        scene,
        topic.title,
        topic.about,
        scene.rows(actions, "organization", scene.state.in),
        inside(topic.title, scene),
      ),
    ),
  );
}

function inside(title: string, scene: Scene): Child {
  const questions = scene.example.policyDocument.questions?.["who"];
  const open = scene.may(questions?.["organization"]);
  if (title === "People")
    return open ? [people(scene), handOut(scene)] : hidden(scene, "Who belongs here is not shown");
  if (title === "Groups") return open && groups(scene);
  const views = scene.actions("organization").filter((action) => /^(view|manage)_service_accounts$/.test(action));
  return views.some((action) => scene.may(action)) && programs(scene);
}

function hidden(scene: Scene, text: string): HTMLElement {
  return h("p", { class: "nothing" }, `${text} to ${scene.short}.`);
}

function people(scene: Scene): HTMLElement {
  const troupe = troupes(scene.example).find(({ organization }) => organization.id === scene.state.in);
  const invites = (scene.example.document.invites ?? []).filter(({ organization }) => organization === scene.state.in);
  const rows = (troupe?.people ?? []).map((player) =>
    h(
      "tr",
      { "data-row": player.id },
      h("th", { scope: "row" }, avatar(player), player.name),
      h("td", {}, player.note),
      h("td", {}, player.suspended ? "Suspended" : "Active"),
      h("td", { class: "does" }, doing(scene, player)),
    ),
  );
  const pending = invites.map(({ id, address, roles = [], expires }) =>
    h(
      "tr",
      { class: "pending", "data-row": `invite/${id}` },
      h("th", { scope: "row" }, address),
      h("td", {}, roles.map((role) => scene.names.role("organization", role)).join(", ")),
      h("td", {}, expires > scene.now ? `Invited, until ${day(expires)}` : "Invite ended"),
      h(
        "td",
        { class: "does" },
        commandButtons(scene, address, [
          { command: "resend_invite", values: { invite: id }, label: "Send again" },
          { command: "delete_invite", values: { invite: id }, label: "Delete" },
        ]),
      ),
    ),
  );
  return table(`Members of ${scene.where}`, ["Person", "Role", "State", DOES], [...rows, ...pending]);
}

/** What can be done with one member. */
function doing(scene: Scene, { id, name, suspended }: Player): HTMLElement {
  const values = { member: id };
  const self = id === scene.state.as;
  return commandButtons(scene, name, [
    self
      ? commandButton(scene, { command: "change_member_roles", values, label: "Roles" }, true)
      : { command: "change_member_roles", values, label: "Roles" },
    !self && { command: suspended ? "restore_member" : "suspend_member", values },
    !self && { command: "remove_member", values },
  ]);
}

/** Which roles the person may hand out: each is an action of its own. */
function handOut(scene: Scene): HTMLElement | false {
  const roles = scene
    .roles("organization")
    .filter((role) => scene.access.can(`grant ${role}`, "organization", scene.state.in));
  const names = roles.map((role) => scene.names.role("organization", role));
  return facts([
    [
      `Roles that ${scene.short} may give`,
      names.length === 0
        ? "None"
        : h(
            "ul",
            { class: "tags" },
            names.map((name) => h("li", {}, name)),
          ),
    ],
  ]);
}

function groups(scene: Scene): HTMLElement | false {
  const here = (scene.example.document.groups ?? []).filter(({ organization }) => organization === scene.state.in);
  if (here.length === 0) return h("p", { class: "about" }, "There is no group yet.");
  const rows = here.map(({ id, name, members = [] }) => {
    const values = { group: id };
    const first = members.slice(0, 3).map((one) => scene.names.of(one));
    const offers: (Offer | false)[] = [
      { command: "add_to_group", values, label: "Add" },
      members.length > 0 && { command: "remove_from_group", values, label: "Take out" },
      { command: "delete_group", values, label: "Delete" },
    ];
    return h(
      "tr",
      { "data-row": `group/${id}` },
      h("th", { scope: "row" }, name ?? id),
      h("td", {}, `${members.length}: ${first.join(", ")}${members.length > 3 ? " …" : ""}`),
      h("td", { class: "does" }, commandButtons(scene, name ?? id, offers)),
    );
  });
  return table(`Groups of ${scene.where}`, ["Group", "People", DOES], rows);
}

function programs(scene: Scene): HTMLElement | false {
  const troupe = troupes(scene.example).find(({ organization }) => organization.id === scene.state.in);
  if (troupe === undefined || troupe.programs.length === 0)
    return h("p", { class: "about" }, "There is no service account yet.");
  const rows = troupe.programs.map((player) => {
    const account = player.id.slice("service_account/".length);
    return h(
      "tr",
      { "data-row": player.id },
      h("th", { scope: "row" }, player.name),
      h("td", {}, player.suspended ? `${player.note}, suspended` : player.note),
      h(
        "td",
        { class: "does" },
        commandButtons(scene, player.name, [
          { command: "change_service_account", values: { account }, label: "Roles" },
          { command: player.suspended ? "restore_member" : "suspend_member", values: { member: player.id } },
          { command: "delete_service_account", values: { account }, label: "Delete" },
        ]),
      ),
    );
  });
  return table(`Service accounts of ${scene.where}`, ["Account", "Role", DOES], rows);
}
