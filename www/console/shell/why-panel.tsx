import { X } from "lucide-react";
import { useMemo } from "react";
import { Button, DialogTrigger } from "react-aria-components";
import { useAccess, useButton } from "bailiwick/react";
import type { Access } from "bailiwick/access/slim";
import { useOrganization } from "../data/organization";
import type { Point } from "../model/product";
import { ReasonIcon } from "../ui/reason";
import { Action } from "../ui/button";
import { ExplainPopover } from "../ui/decided";
import { type Shown, useShownPoints, useWhy } from "../ui/why";

/** Every decision of the page with its state, hidden ones included, and what they cost. */
export function WhyPanel() {
  const { set } = useWhy();
  const access = useAccess();
  const points = distinct(useShownPoints());
  const cost = useMemo(() => measured(access, points), [access, points]);
  return (
    <aside className="why-panel" aria-label="Decisions of this page">
      <header className="pane-head">
        <h2>Why?</h2>
        <Action variant="quiet" size="small" icon={X} iconOnly onPress={() => set(false)}>
          Close
        </Action>
      </header>
      <p className="muted why-about">
        {points.length} decisions, made here in your browser{cost !== "" && ` in ${cost}`}. Press one, here or on the
        page.
      </p>
      <ul className="why-list">
        {points.map(({ point, label }) => (
          <li key={`${point.action} ${point.kind}/${point.id}`}>
            <Line point={point} label={label} />
          </li>
        ))}
      </ul>
    </aside>
  );
}

function Line({ point, label }: Shown) {
  const { names } = useOrganization();
  const shows = useButton(point.action, point.kind, point.id);
  const action = names.action(point.kind, point.action);
  const place = point.kind === "organization" ? "" : names.of(`${point.kind}/${point.id}`);
  const about = [action === label ? "" : action, place].filter((part) => part !== "").join(" · ");
  return (
    <DialogTrigger>
      <Button
        className="why-line"
        data-state={shows.state}
        data-reason={shows.reason}
        data-point={`${point.action} ${point.kind}/${point.id}`}
      >
        <ReasonIcon reason={shows.reason} />
        <span>
          <b>{label}</b>
          <span className="muted">{about}</span>
        </span>
        <span className="muted">{shows.state}</span>
      </Button>
      <ExplainPopover point={point} />
    </DialogTrigger>
  );
}

/** Each decision once, under the names of all places that hang on it. */
function distinct(shown: readonly Shown[]): readonly Shown[] {
  const keyOf = ({ point: { action, kind, id } }: Shown) => `${action} ${kind}/${id}`;
  return [...Map.groupBy(shown, keyOf).values()].flatMap(([first, ...rest]) => {
    if (first === undefined) return [];
    const labels = new Set([first, ...rest].map(({ label }) => label));
    return [{ point: first.point, label: [...labels].join(", ") }];
  });
}

/** How long it takes to make all of them anew. */
function measured(access: Pick<Access, "button"> | undefined, points: readonly { readonly point: Point }[]): string {
  if (access === undefined || points.length === 0) return "";
  const rounds = 20;
  const start = performance.now();
  for (let round = 0; round < rounds; round += 1)
    for (const { point } of points) access.button(point.action, point.kind, point.id);
  const spent = (performance.now() - start) / rounds;
  return spent < 0.1 ? `${Math.max(1, Math.round(spent * 1_000))} µs` : `${spent.toFixed(1)} ms`;
}
