import type { GainRow } from "bailiwick";
import { useState } from "react";
import { Action } from "../../console/ui/button";
import type { Comparison } from "../engine/protocol";
import { Thing } from "../said";
import { Moved } from "./moved";

const STEP = 20;

/** Who gains and who loses what, organization by organization, person by person. */
export function Movements({ told: { movements } }: { readonly told: Comparison }) {
  const moved = movements.filter(({ rows }) => rows.length > 0);
  if (moved.length === 0) return <p className="muted">Nobody in the directory gains or loses anything.</p>;
  return moved.map(({ organization, rows, totals }) => (
    <div key={organization} className="stack">
      <p>
        <b>{organization}</b>{" "}
        <span className="muted">
          {counted(totals.principals, "principal")}, {counted(totals.gained, "action")} gained, {totals.lost} lost
        </span>
      </p>
      <People rows={rows} />
    </div>
  ));
}

const counted = (number: number, word: string) => `${number} ${word}${number === 1 ? "" : "s"}`;

function People({ rows }: { readonly rows: readonly GainRow[] }) {
  const [shown, setShown] = useState(STEP);
  const people = [...Map.groupBy(rows, ({ principal }) => principal)];
  return (
    <ul className="gains">
      {people.slice(0, shown).map(([principal, own]) => (
        <li key={principal} data-moved={principal} className="stack">
          <p>
            <Thing id={principal} />
          </p>
          {alike(own).map(({ on, gained, lost }) => (
            <div key={on.join()} className="gain-row">
              <p className="muted">
                {on.slice(0, 3).join(", ")}
                {on.length > 3 && ` and ${on.length - 3} more`}
              </p>
              <Moved gained={gained} lost={lost} />
            </div>
          ))}
        </li>
      ))}
      {people.length > shown && (
        <li>
          <Action size="small" variant="quiet" onPress={() => setShown(shown + 10 * STEP)}>
            {`Show ${Math.min(10 * STEP, people.length - shown)} more of ${people.length}`}
          </Action>
        </li>
      )}
    </ul>
  );
}

interface Alike {
  readonly on: readonly string[];
  readonly gained: readonly string[];
  readonly lost: readonly string[];
}

/** The resources on which the same is gained and lost, told once. */
function alike(rows: readonly GainRow[]): readonly Alike[] {
  const groups = Map.groupBy(rows, ({ kind, gained, lost }) => JSON.stringify([kind, gained, lost]));
  return [...groups.values()].flatMap((own) => {
    const [first] = own;
    return first === undefined ? [] : [{ ...first, on: own.map(({ kind, id }) => `${kind}/${id}`) }];
  });
}
