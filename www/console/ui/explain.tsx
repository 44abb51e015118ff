import type { Decision, Remedy, Via } from "bailiwick";
import { useButton, useCheck } from "bailiwick/react";
import { LOOKS } from "../model/reasons";
import type { Point } from "../model/product";
import type { Names } from "../model/names";
import { day } from "../model/time";
import { useOrganization } from "../data/organization";
import { ReasonBadge } from "./reason";
import { RequestAccess } from "./request";

/** The whole answer to one question, for people. */
export function Explain({ point }: { readonly point: Point }) {
  const { names, product } = useOrganization();
  const decision = useCheck(point.action, point.kind, point.id);
  const button = useButton(point.action, point.kind, point.id);
  const requestable = product.kind(point.kind).actions?.[point.action]?.requestable === true;
  const where = point.kind === "platform" ? "" : names.of(`${point.kind}/${point.id}`);
  return (
    <div className="explain">
      <p className="explain-question">
        {names.action(point.kind, point.action)}
        {where !== "" && <span className="muted"> · {where}</span>}
      </p>
      <p className="explain-state">
        <ReasonBadge reason={decision.reason} />
        <span className="muted">
          {{ enabled: "Shown", disabled: "Shown, not to press", hidden: "Hidden" }[button.state]}
        </span>
      </p>
      {button.text !== "" && <p>{button.text}</p>}
      {decision.allowed ? <Through decision={decision} /> : <Ways decision={decision} />}
      {!decision.allowed && requestable && <RequestAccess point={point} decision={decision} />}
      <p className="code-line">
        <code>
          {point.action} {point.kind}/{point.id}
        </code>{" "}
        <span className="muted">{decision.reason}</span>
      </p>
    </div>
  );
}

function Through({ decision }: { readonly decision: Decision }) {
  const { names } = useOrganization();
  return (
    <>
      <h4>Through</h4>
      <ul className="plain-list">
        {decision.via.map((via) => (
          <li key={`${via.role} ${via.on} ${via.how} ${via.group ?? ""}`}>
            <ViaLine via={via} names={names} />
          </li>
        ))}
      </ul>
      {decision.validUntil !== undefined && <p className="muted">Until {day(decision.validUntil)}</p>}
    </>
  );
}

interface ViaProps {
  readonly via: Via;
  readonly names: Names;
  /** The thing that is spoken of already: where the role is held on it, it is not named again. */
  readonly here?: string;
}

/** A binding that carries a grant, in words. */
export function ViaLine({ via, names, here }: ViaProps) {
  const how = {
    direct: "given directly",
    group: `by the group ${names.of(`group/${via.group ?? ""}`)}`,
    members: "given to everyone",
    platform: "by the platform",
  }[via.how];
  return (
    <>
      <b>{names.roleOn(via.on, via.role)}</b>
      {via.on !== here && ` of ${names.place(via.on)}`}
      <span className="muted">
        , {how}
        {via.until !== undefined && `, until ${day(via.until)}`}
      </span>
    </>
  );
}

/** What would turn a denial, and who can do that. */
export function Ways({ decision }: { readonly decision: Decision }) {
  if (decision.remedy.length === 0)
    return (
      <p className="muted">{LOOKS[decision.reason].label}: nothing that somebody here could give would change it.</p>
    );
  return (
    <>
      <h4>What would change it</h4>
      <ul className="plain-list">
        {decision.remedy.slice(0, 4).map((remedy, place) => (
          <li key={JSON.stringify(remedy)}>
            <RemedyLine remedy={remedy} />
            <AskLine decision={decision} place={place} />
          </li>
        ))}
      </ul>
    </>
  );
}

function RemedyLine({ remedy }: { readonly remedy: Remedy }) {
  const { names } = useOrganization();
  if (remedy.change === "edition")
    return (
      <>
        The <b>{names.edition(remedy.edition)}</b> edition
      </>
    );
  return (
    <>
      <b>{names.roleOn(remedy.on, remedy.role)}</b> {remedy.change === "share" ? "on" : "of"} {names.place(remedy.on)}
    </>
  );
}

function AskLine({ decision, place }: { readonly decision: Decision; readonly place: number }) {
  const { names, holdersOf } = useOrganization();
  const asks = decision.ask.filter((ask) => ask.remedy === place);
  if (asks.length === 0) return null;
  const people = [...new Set(asks.flatMap((ask) => ask.people ?? holdersOf(ask.role, ask.on)))];
  const roles = [
    ...new Set(asks.map((ask) => `whoever is ${names.roleOn(ask.on, ask.role)} of ${names.place(ask.on)}`)),
  ];
  const shown = people.length > 0 ? people.slice(0, 3).map((one) => names.of(one)) : roles.slice(0, 2);
  const more = people.length > 3 ? ` and ${people.length - 3} more` : "";
  return (
    <span className="muted">
      {" "}
      — ask {shown.join(", ")}
      {more}
    </span>
  );
}
