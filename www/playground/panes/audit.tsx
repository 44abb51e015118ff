import { Crosshair, Info, MessageCircle, ShieldCheck, TriangleAlert } from "lucide-react";
import { Empty } from "../../console/ui/bits";
import { Action } from "../../console/ui/button";
import type { PlacedFinding } from "../engine/protocol";
import type { PaneProps } from "../results";
import { Said } from "../said";

/** What is worth a second look: first what the policy does not explain. */
export function Audit({ evaluation, goTo }: PaneProps) {
  const findings = evaluation.policy?.findings ?? [];
  if (findings.length === 0)
    return (
      <Empty icon={ShieldCheck} title="Nothing to look at twice">
        <p className="muted">No role can come to hold what it does not give, alone or with an accomplice.</p>
      </Empty>
    );
  const rank = ({ level, explained }: PlacedFinding) => (level === "note" ? 2 : explained === undefined ? 0 : 1);
  const sorted = [...findings].sort((one, other) => rank(one) - rank(other));
  return (
    <ul className="findings">
      {sorted.map((finding) => (
        <li key={finding.key} className="finding" data-finding={finding.key}>
          <Sign finding={finding} />
          <p>
            <Said text={finding.sentence} />
          </p>
          {finding.explained !== undefined && (
            <p className="explained">
              <MessageCircle className="icon" aria-hidden />
              <span>{finding.explained}</span>
            </p>
          )}
          <div className="finding-foot">
            <code className="muted">{finding.key}</code>
            <Action size="small" variant="quiet" icon={Crosshair} onPress={() => goTo("policy", finding.from)}>
              Show in the policy
            </Action>
          </div>
        </li>
      ))}
    </ul>
  );
}

function Sign({ finding: { level, explained } }: { readonly finding: PlacedFinding }) {
  if (level === "note")
    return (
      <span className="badge">
        <Info className="icon" aria-hidden />
        Note
      </span>
    );
  return explained === undefined ? (
    <span className="badge tone-plan">
      <TriangleAlert className="icon" aria-hidden />
      Warning
    </span>
  ) : (
    <span className="badge tone-good">
      <ShieldCheck className="icon" aria-hidden />
      Explained
    </span>
  );
}
