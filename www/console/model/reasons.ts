import type { Reason } from "bailiwick";

/** How a reason is shown: a word and a tone; the drawing says it too, so that colour never says it alone. */
export interface Look {
  readonly label: string;
  readonly tone: "good" | "role" | "plan" | "ended" | "later" | "plain";
}

export const LOOKS: Readonly<Record<Reason, Look>> = {
  granted: { label: "Allowed", tone: "good" },
  stale: { label: "Out of date", tone: "ended" },
  unknown_principal: { label: "Unknown", tone: "plain" },
  not_a_member: { label: "Not a member", tone: "ended" },
  suspended: { label: "Suspended", tone: "ended" },
  unknown_kind: { label: "Unknown", tone: "plain" },
  unknown_action: { label: "Unknown", tone: "plain" },
  not_available_yet: { label: "Coming soon", tone: "later" },
  unknown_resource: { label: "Not shared", tone: "plain" },
  expired: { label: "Ended", tone: "ended" },
  no_role: { label: "No role", tone: "role" },
  feature_unavailable: { label: "Edition", tone: "plan" },
  limit_reached: { label: "Limit reached", tone: "plan" },
  not_grantable: { label: "Not yours to give", tone: "role" },
  last_owner: { label: "Last owner", tone: "ended" },
  conflict: { label: "Conflict", tone: "ended" },
  invite_expired: { label: "Invite ended", tone: "ended" },
  contact_support: { label: "Support", tone: "plan" },
  unavailable: { label: "Unavailable", tone: "ended" },
};
