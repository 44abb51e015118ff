import { h } from "../dom";
import { facts, part } from "../part";
import type { Scene } from "../scene";
import { topics } from "../topics";

/** The organization itself. */
export function settings(scene: Scene): HTMLElement {
  const { state } = scene;
  return h(
    "div",
    {},
    topics("organization", "settings", scene.actions("organization")).map(({ topic, actions }) => {
      const known =
        topic.title === "General" &&
        facts([
          ["Name", scene.where],
          ["Identifier", h("code", {}, state.in)],
        ]);
      return part(scene, topic.title, topic.about, scene.rows(actions, "organization", state.in), known);
    }),
  );
}

/** What the organization pays and uses. */
export function billing(scene: Scene): HTMLElement {
  return h(
    "div",
    {},
    topics("organization", "billing", scene.actions("organization")).map(({ topic, actions }) => {
      const opens = actions.some((action) => /^(view|manage)_/.test(action) && scene.may(action));
      const inside = opens && (topic.title === "Billing" ? plan(scene) : usage(scene));
      return part(scene, topic.title, topic.about, scene.rows(actions, "organization", scene.state.in), inside);
    }),
  );
}

function organization({ example, state }: Scene) {
  return example.document.organizations?.find(({ id }) => id === state.in);
}

function plan(scene: Scene): HTMLElement | false {
  const edition = organization(scene)?.edition;
  if (edition === undefined) return false;
  const features = scene.example.policyDocument.editions[edition]?.features ?? [];
  return facts([
    ["Edition", scene.names.edition(edition)],
    ["Includes", features.map((feature) => scene.names.feature(feature)).join(", ") || "No extra feature"],
  ]);
}

/** How much of each limit is used. */
function usage(scene: Scene): HTMLElement {
  const { policyDocument } = scene.example;
  const limits = policyDocument.editions[organization(scene)?.edition ?? ""]?.limits ?? {};
  const meters = Object.entries(policyDocument.limits ?? {}).map(([limit, { counts }]) => {
    const used = count(scene, counts);
    const most = limits[limit];
    const text = most === undefined ? `${used}, without a limit` : `${used} of ${most}`;
    return [
      scene.names.limit(limit),
      h(
        "span",
        { class: "meter" },
        most !== undefined &&
          h("progress", { max: most, value: used, "aria-label": `${scene.names.limit(limit)} used` }),
        text,
      ),
    ] as const;
  });
  return facts(meters);
}

function count(scene: Scene, what: string): number {
  const { document } = scene.example;
  const here = scene.state.in;
  if (what === "user")
    return (
      (organization(scene)?.members?.length ?? 0) +
      (document.invites ?? []).filter((one) => one.organization === here && one.expires > scene.now).length
    );
  if (what === "project") return (document.projects ?? []).filter((one) => one.organization === here).length;
  if (what === "service_account")
    return (document.serviceAccounts ?? []).filter((one) => one.organization === here).length;
  return (document.resources ?? []).filter(({ kind, parent }) => kind === what && parent === `organization/${here}`)
    .length;
}
