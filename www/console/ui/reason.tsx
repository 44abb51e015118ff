import type { Reason } from "bailiwick";
import { Ban, CalendarX, Check, CircleHelp, Clock, Lock, Sparkles, UserX } from "lucide-react";
import { LOOKS } from "../model/reasons";

const ICONS = { good: Check, role: Lock, plan: Sparkles, ended: Ban, later: Clock, plain: CircleHelp } as const;
const OWN: Partial<Record<Reason, typeof Check>> = { expired: CalendarX, suspended: UserX, not_a_member: UserX };

/** The reason's drawing. */
export function ReasonIcon({ reason }: { readonly reason: Reason }) {
  const Icon = OWN[reason] ?? ICONS[LOOKS[reason].tone];
  return <Icon className="icon" aria-hidden />;
}

/** A reason as a small sign. */
export function ReasonBadge({ reason }: { readonly reason: Reason }) {
  const { label, tone } = LOOKS[reason];
  return (
    <span className={`badge tone-${tone}`} data-reason={reason}>
      <ReasonIcon reason={reason} />
      {label}
    </span>
  );
}
