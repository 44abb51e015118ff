import type { Ask, Decision, Remedy, Via } from "bailiwick";
import type { Labels } from "../engine/protocol";
import { when } from "./when";

interface Props {
  readonly decision: Decision;
  readonly labels: Labels | undefined;
}

/** Through what it is granted, or what would change a denial and who can do that. */
export function Because({ decision, labels }: Props) {
  const { via, remedy, ask, validUntil } = decision;
  return (
    <>
      {via.length > 0 && (
        <>
          <h4>Through</h4>
          <ul className="plain-list" data-part="via">
            {via.map((one) => (
              <li key={JSON.stringify(one)}>
                <ViaLine via={one} labels={labels} />
              </li>
            ))}
          </ul>
        </>
      )}
      {validUntil !== undefined && <p className="muted">Until {when(validUntil)}</p>}
      {remedy.length > 0 && (
        <>
          <h4>What would change it</h4>
          <ul className="plain-list" data-part="remedy">
            {remedy.map((one, place) => (
              <li key={JSON.stringify(one)}>
                <RemedyLine remedy={one} labels={labels} />
                <AskLine asks={ask.filter((who) => who.remedy === place)} labels={labels} />
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function ViaLine({ via, labels }: { readonly via: Via; readonly labels: Labels | undefined }) {
  const how = { direct: "given directly", group: `by the group ${via.group ?? ""}`, members: "given to everyone", platform: "by the platform" };
  return (
    <>
      <Role on={via.on} role={via.role} labels={labels} />
      <span className="muted">
        , {how[via.how]}
        {via.implied && ", by what it implies"}
        {via.until !== undefined && `, until ${when(via.until)}`}
      </span>
    </>
  );
}

function RemedyLine({ remedy, labels }: { readonly remedy: Remedy; readonly labels: Labels | undefined }) {
  if (remedy.change !== "edition") return <Role on={remedy.on} role={remedy.role} labels={labels} />;
  const missing = remedy.feature ?? remedy.limit;
  return (
    <>
      The <b>{remedy.edition}</b> edition{missing !== undefined && <span className="muted">, for {missing}</span>}
    </>
  );
}

function AskLine({ asks, labels }: { readonly asks: readonly Ask[]; readonly labels: Labels | undefined }) {
  if (asks.length === 0) return null;
  const people = [...new Set(asks.flatMap((ask) => ask.people ?? []))];
  const shown = people.slice(0, 3).map((one) => one.slice(one.indexOf("/") + 1));
  return (
    <span className="muted" data-part="ask">
      {" "}
      — ask{" "}
      {shown.length > 0
        ? `${shown.join(", ")}${people.length > 3 ? ` and ${people.length - 3} more` : ""}`
        : asks.slice(0, 2).map((ask, at) => (
            <span key={`${ask.role} ${ask.on}`}>
              {at > 0 && ", or "}whoever is <Role on={ask.on} role={ask.role} labels={labels} />
            </span>
          ))}
    </span>
  );
}

/** A role where it is bound, by its label. */
function Role({ on, role, labels }: { readonly on: string; readonly role: string; readonly labels: Labels | undefined }) {
  const kind = on.split("/", 1)[0] ?? "";
  return (
    <>
      <b>{labels?.roles[`${kind}/${role}`] ?? role}</b> on {on}
    </>
  );
}
