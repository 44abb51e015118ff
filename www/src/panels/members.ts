import { type Child, h } from "../dom";
import { facts, part, table } from "../part";
import { avatar } from "../rail";
import type { Scene } from "../scene";
import { topics } from "../topics";
import { troupes } from "../cast";
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
      {},
      h("th", { scope: "row" }, avatar(player), player.name),
      h("td", {}, player.note),
      h("td", {}, player.suspended ? "Suspended" : "Active"),
    ),
  );
  const pending = invites.map(({ address, roles = [], expires }) =>
    h(
      "tr",
      { class: "pending" },
      h("th", { scope: "row" }, address),
      h("td", {}, roles.map((role) => scene.names.role("organization", role)).join(", ")),
      h("td", {}, expires > scene.now ? `Invited, until ${day(expires)}` : "Invite ended"),
    ),
  );
  return table(`Members of ${scene.where}`, ["Person", "Role", "State"], [...rows, ...pending]);
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
  if (here.length === 0) return false;
  return facts(
    here.map(
      ({ id, name, members = [] }) =>
        [
          name ?? id,
          `${members.length} people: ${members
            .slice(0, 3)
            .map((one) => scene.names.of(one))
            .join(", ")}${members.length > 3 ? " …" : ""}`,
        ] as const,
    ),
  );
}

function programs(scene: Scene): HTMLElement | false {
  const troupe = troupes(scene.example).find(({ organization }) => organization.id === scene.state.in);
  if (troupe === undefined || troupe.programs.length === 0) return false;
  return facts(
    troupe.programs.map(({ name, note, suspended }) => [name, suspended ? `${note}, suspended` : note] as const),
  );
}
