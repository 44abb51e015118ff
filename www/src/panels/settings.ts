import { accessButton } from "../access";
import { creation } from "../arrivals";
import { commandButton } from "../commands/guard";
import { type Child, h } from "../dom";
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
      const rows = scene.rows(actions, "organization", state.in);
      return part(scene, topic.title, topic.about, rows, topic.title === "General" ? general(scene) : signIn(scene));
    }),
  );
}

function general(scene: Scene): Child {
  const member = scene.state.as.startsWith("user/");
  return [
    facts([
      ["Name", scene.where],
      ["Identifier", h("code", {}, scene.state.in)],
    ]),
    h(
      "div",
      { class: "toolbar", role: "group", "aria-label": "Of one’s own" },
      accessButton(scene, "organization", scene.state.in),
      creation(scene),
      member && commandButton(scene, { command: "leave_organization", values: {} }, true),
    ),
  ];
}

/** What single sign-on does here, for who may configure it. */
function signIn(scene: Scene): Child {
  const guard = scene.example.policyDocument.commands?.["configure_sso"]?.["organization"];
  if (!scene.may(guard)) return false;
  const { domains = [], default: usual = [], map = {} } = scene.organization?.sso ?? {};
  const values = Object.entries(map).map(([value, roles]) => {
    const held = roles.map(({ role, on }) =>
      on === undefined
        ? scene.names.role("organization", role)
        : `${scene.names.roleOn(on, role)} of ${scene.names.of(on)}`,
    );
    return h("li", {}, h("code", {}, value), `: ${held.join(", ")}`);
  });
  return facts([
    ["Verified domains", domains.join(", ") || "None: the platform verifies them"],
    ["At a first sign-in", usual.map((role) => scene.names.role("organization", role)).join(", ") || "No role"],
    ["Asserted values", values.length === 0 ? "None stands for a role" : h("ul", {}, values)],
  ]);
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

function plan(scene: Scene): HTMLElement | false {
  const edition = scene.organization?.edition;
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
  const limits = policyDocument.editions[scene.organization?.edition ?? ""]?.limits ?? {};
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
      (scene.organization?.members?.length ?? 0) +
      (document.invites ?? []).filter((one) => one.organization === here && one.expires > scene.now).length
    );
  if (what === "project") return (document.projects ?? []).filter((one) => one.organization === here).length;
  if (what === "service_account")
    return (document.serviceAccounts ?? []).filter((one) => one.organization === here).length;
  return (document.resources ?? []).filter(({ kind, parent }) => kind === what && parent === `organization/${here}`)
    .length;
}
