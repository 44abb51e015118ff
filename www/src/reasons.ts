import type { Ask, Decision, Reason, Remedy } from "bailiwick";
import { type Child, type Icon, h, icon } from "./dom";
import type { Scene } from "./scene";

/** How a reason is shown. The drawing says it too, so that colour never says it alone. */
interface Look {
  readonly label: string;
  readonly tone: "good" | "role" | "plan" | "ended" | "later" | "plain";
  readonly icon: Icon;
}

const LOOKS: Record<Reason, Look> = {
  granted: { label: "Allowed", tone: "good", icon: "yes" },
  stale: { label: "Stale", tone: "ended", icon: "clock" },
  unknown_principal: { label: "Unknown", tone: "plain", icon: "unknown" },
  not_a_member: { label: "Not a member", tone: "ended", icon: "out" },
  suspended: { label: "Suspended", tone: "ended", icon: "pause" },
  unknown_kind: { label: "Unknown", tone: "plain", icon: "unknown" },
  unknown_action: { label: "Unknown", tone: "plain", icon: "unknown" },
  not_available_yet: { label: "Coming soon", tone: "later", icon: "clock" },
  unknown_resource: { label: "Not shared", tone: "plain", icon: "unknown" },
  expired: { label: "Ended", tone: "ended", icon: "clock" },
  no_role: { label: "No role", tone: "role", icon: "lock" },
  feature_unavailable: { label: "Edition", tone: "plan", icon: "plan" },
  limit_reached: { label: "Limit reached", tone: "plan", icon: "full" },
  not_grantable: { label: "Not to give", tone: "role", icon: "lock" },
  last_owner: { label: "Last holder", tone: "ended", icon: "person" },
  conflict: { label: "Conflict", tone: "ended", icon: "unknown" },
  invite_expired: { label: "Invite ended", tone: "ended", icon: "clock" },
  contact_support: { label: "Support", tone: "plan", icon: "out" },
  unavailable: { label: "Unavailable", tone: "ended", icon: "unknown" },
};

/** The reason as a small sign. */
export function chip(reason: Reason): HTMLElement {
  const { label, tone, icon: drawing } = LOOKS[reason];
  return h("span", { class: `chip chip-${tone}`, "data-reason": reason }, icon(drawing), label);
}

/** The reason's drawing alone. */
export function reasonIcon(reason: Reason): SVGElement {
  return icon(LOOKS[reason].icon);
}

/** One sentence: why it is denied. A missing role needs none: the roles that would do stand below. */
export function why(decision: Decision, scene: Scene): string | undefined {
  const { short, starts, where } = scene;
  const edition = decision.remedy.find((one) => one.change === "edition");
  switch (decision.reason) {
    case "granted":
      return `${starts} may do this.`;
    case "not_a_member":
      return `${starts} does not belong to ${where}. An organization that does not exist would give the same answer.`;
    case "suspended":
      return `${starts} is suspended in ${where}. What was given stays written down and gives nothing until a member who may restores it.`;
    case "not_available_yet":
      return "Coming soon: defined, and switched on for nobody yet.";
    case "unknown_resource":
      return `Nothing here was shared with ${short}: it answers as if it did not exist.`;
    case "expired":
      return "What allowed this has ended.";
    case "no_role":
      return decision.remedy.length > 0 ? undefined : `No role that ${short} may hold allows this.`;
    case "feature_unavailable":
      return edition?.feature === undefined
        ? `The edition of ${where} does not include this.`
        : `The edition of ${where} does not include “${scene.names.feature(edition.feature)}”.`;
    case "limit_reached":
      return edition?.limit === undefined
        ? `A limit of ${where}’s edition is used up.`
        : `${where} has used up its ${scene.names.limit(edition.limit).toLowerCase()}.`;
    case "unavailable":
      return "The module broke, and everything is denied until it is started again.";
    default:
      return "This is not known here.";
  }
}

/** What would change it, and who may change it: people where the asker may know them, else the roles that may. */
export function way(decision: Decision, place: number, scene: Scene): HTMLElement | undefined {
  const remedy = decision.remedy[place];
  if (remedy === undefined) return undefined;
  const asks = decision.ask.filter((one) => one.remedy === place);
  const verb = { role: "given by", share: "shared by", edition: "decided by" }[remedy.change];
  return h(
    "li",
    {},
    h("span", { class: "way" }, what(remedy, scene)),
    asks.length > 0 && h("span", { class: "by" }, `${verb} `, by(asks, scene)),
  );
}

function what(remedy: Remedy, { names }: Scene): Child {
  if (remedy.change === "edition") return ["The ", h("b", {}, names.edition(remedy.edition)), " edition"];
  return [
    h("b", {}, names.roleOn(remedy.on, remedy.role)),
    remedy.change === "share" ? " on " : " of ",
    names.place(remedy.on),
  ];
}

function by(asks: readonly Ask[], { names }: Scene): Child {
  const people = [...new Set(asks.flatMap((one) => one.people ?? []))];
  if (people.length > 0)
    return [
      people.slice(0, 3).map((one) => h("span", { class: "person" }, names.of(one))),
      people.length > 3 && ` and ${people.length - 3} more`,
    ];
  const roles = new Set(asks.map(({ role, on }) => `whoever is ${names.roleOn(on, role)} of ${names.place(on)}`));
  return [...roles].slice(0, 2).map((role) => h("span", { class: "person" }, role));
}
