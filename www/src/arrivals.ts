import { type Offer, commandButton, firstButton } from "./commands/guard";
import { type Child, h, icon } from "./dom";
import type { Scene } from "./scene";
import { day } from "./time";

/** The invites that wait for who looks, wherever they are. */
export function invitations(scene: Scene): HTMLElement | false {
  const { document } = scene.example;
  const person = document.people?.find(({ id }) => `user/${id}` === scene.state.as);
  if (person === undefined) return false;
  const address = (person.email ?? person.id).toLowerCase();
  const waiting = (document.invites ?? []).filter(
    (invite) => invite.address.toLowerCase() === address && invite.expires > scene.now,
  );
  if (waiting.length === 0) return false;
  return h(
    "ul",
    { class: "invitations", "aria-label": "Invitations" },
    waiting.map(({ id, organization, roles = [], expires }) =>
      h(
        "li",
        {},
        h(
          "p",
          {},
          h("b", {}, scene.names.of(`organization/${organization}`)),
          ` invites ${scene.short}`,
          roles.length > 0 && ` as ${roles.map((role) => scene.names.role("organization", role)).join(" and ")}`,
          `, until ${day(expires)}.`,
        ),
        commandButton(
          scene,
          { command: "accept_invite", values: { organization, invite: id }, label: "Accept the invite" },
          true,
        ),
      ),
    ),
  );
}

const CREATE: Offer = { command: "create_organization", values: {} };

/** A way to an organization of one's own. */
export function creation(scene: Scene, large = false): Child {
  if (!scene.state.as.startsWith("user/") || !scene.names.has(scene.state.as)) return false;
  return large ? firstButton(scene, CREATE) : commandButton(scene, CREATE, true);
}

/** Where nothing is yet. */
export function welcome(scene: Scene): HTMLElement {
  const people = scene.example.document.people ?? [];
  const names = people.map(({ id }) => scene.names.of(`user/${id}`));
  return h(
    "section",
    { class: "closed welcome" },
    icon("mark"),
    h("h2", {}, "Everything is still to come"),
    h(
      "p",
      {},
      `${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""} have signed up, and there is no organization. ${scene.starts} begins: who creates one becomes its owner.`,
    ),
    creation(scene, true),
  );
}
