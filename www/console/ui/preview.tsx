import { useState } from "react";
import { Button } from "react-aria-components";
import type { GainRow, Note, Preview } from "bailiwick";
import type { Told } from "../data/authority";
import { useOrganization } from "../data/organization";
import type { Names } from "../model/names";
import { Skeleton, Trouble } from "./bits";

/** So many lines of people, and so many names in one. */
const PEOPLE = 6;
const TOGETHER = 4;
const ACTIONS = 6;
const PLACES = 3;

interface Props {
  readonly told: Told<Preview> | undefined;
  readonly error: string | undefined;
  readonly stale: boolean;
}

/** Who would gain and lose what, before it is done. */
export function PreviewPane({ told, error, stale }: Props) {
  const { names } = useOrganization();
  if (error !== undefined) return <Trouble text={error} />;
  if (told === undefined) return <Skeleton lines={2} label="Working out what this changes" />;
  if (!told.ok) return null;
  const known = names.with([...told.change.removed, ...told.change.added]);
  return (
    <section className="preview" aria-label="What this changes" aria-live="polite" data-stale={stale || undefined}>
      <h3>What this changes</h3>
      <Gains preview={told} names={known} />
      <Notes notes={told.change.notes ?? []} names={known} />
      <Lacks preview={told} names={known} />
    </section>
  );
}

function Gains({ preview, names }: { readonly preview: Preview; readonly names: Names }) {
  const { rows, totals } = preview;
  if (totals.rows === 0 && totals.hidden === 0) return <p className="muted">{nothing(preview)}</p>;
  const people = [...Map.groupBy(rows, (row) => row.principal)];
  const told = together(people).slice(0, PEOPLE);
  const rest = totals.principals - told.reduce((count, { who }) => count + who.length, 0);
  return (
    <ul className="gains">
      {told.map(({ who, theirs }) => (
        <li key={who[0]}>
          <p className="gain-who">{listed(who.map((one) => names.of(one)), TOGETHER)}</p>
          {alike(theirs).map((rows) => (
            <Rows key={`${rows[0].kind}/${rows[0].id}`} rows={rows} names={names} />
          ))}
        </li>
      ))}
      {rest > 0 && <li className="muted">and {rest} more</li>}
      {totals.hidden > 0 && <li className="muted">{outOfSight(totals.hidden)}</li>}
    </ul>
  );
}

/** What to say where nobody gains or loses: an invite does nothing by itself. */
const nothing = ({ change }: Preview) =>
  change.command.command === "invite_member"
    ? "Nothing yet: they get these roles when they accept."
    : "Nobody gains or loses anything.";

const outOfSight = (changes: number) =>
  changes === 1
    ? "1 more change lies where you may not see it"
    : `${changes} more changes lie where you may not see them`;

interface Sharing {
  readonly who: readonly [string, ...string[]];
  readonly theirs: readonly GainRow[];
}

/** People who gain and lose the same in the same places. */
function together(people: readonly (readonly [string, readonly GainRow[]])[]): readonly Sharing[] {
  const of = (rows: readonly GainRow[]) => JSON.stringify(rows.map(({ principal: _, ...rest }) => rest));
  return [...Map.groupBy(people, ([, rows]) => of(rows)).values()].flatMap(([first, ...rest]) =>
    first === undefined ? [] : [{ who: [first[0], ...rest.map(([who]) => who)] as const, theirs: first[1] }],
  );
}

/** The first of them, and how many more. */
function listed(all: readonly string[], most: number): string {
  const rest = all.length - most;
  return all.slice(0, most).join(", ") + (rest > 0 ? ` and ${rest} more` : "");
}

type Some = readonly [GainRow, ...GainRow[]];

/** Places in which the same is gained and lost, together. */
function alike(rows: readonly GainRow[]): readonly Some[] {
  const groups = Map.groupBy(rows, ({ kind, gained, lost }) => JSON.stringify([kind, gained, lost]));
  return [...groups.values()] as unknown as readonly Some[];
}

function Rows({ rows, names }: { readonly rows: Some; readonly names: Names }) {
  const [row] = rows;
  const places = rows.map(({ kind, id }) => names.of(`${kind}/${id}`));
  return (
    <div className="gain-row">
      <span className="muted">
        {listed(places, PLACES)}
      </span>
      <Actions sign="gains" kind={row.kind} actions={row.gained} names={names} />
      <Actions sign="loses" kind={row.kind} actions={row.lost} names={names} />
    </div>
  );
}

function Actions({
  sign,
  kind,
  actions,
  names,
}: {
  readonly sign: "gains" | "loses";
  readonly kind: string;
  readonly actions: readonly string[];
  readonly names: Names;
}) {
  const [whole, setWhole] = useState(false);
  if (actions.length === 0) return null;
  const told = actions.map((action) => names.action(kind, action));
  const rest = whole ? 0 : told.length - ACTIONS;
  return (
    <p className={`gain gain-${sign}`}>
      <b>{sign}</b> {rest > 0 ? told.slice(0, ACTIONS).join(", ") : told.join(", ")}
      {rest > 0 && (
        <Button className="text-button" onPress={() => setWhole(true)}>
          and {rest} more
        </Button>
      )}
    </p>
  );
}

function Notes({ notes, names }: { readonly notes: readonly Note[]; readonly names: Names }) {
  if (notes.length === 0) return null;
  return (
    <ul className="plain-list">
      {notes.map((note) => (
        <li key={JSON.stringify(note)}>{noteText(note, names)}</li>
      ))}
    </ul>
  );
}

/** What came out otherwise than was asked for, as a sentence. */
export function noteText(note: Note, names: Names): string {
  switch (note.note) {
    case "dropped":
      return `${names.roleOn(note.on, note.role)} of ${names.place(note.on)} is left out: it may not be given any more.`;
    case "kept":
      return `${names.roleOn(note.on, note.role)} of ${names.place(note.on)} stays.`;
    case "unknown_value":
      return `“${note.value}” stands for no role.`;
    case "suspended":
      return `${names.of(note.member)} is suspended.`;
    case "succeeded":
      return `${names.of(note.who)} takes over ${names.roleOn(note.on, note.role)} of ${names.place(note.on)}.`;
  }
}

function Lacks({ preview, names }: { readonly preview: Preview; readonly names: Names }) {
  const { lacks = [], lacksHidden = 0 } = preview;
  if (lacks.length === 0 && lacksHidden === 0) return null;
  return (
    <div className="lacks">
      <h3>What they would still lack to run it</h3>
      <ul className="plain-list">
        {lacks.map((lack) => (
          <li key={`${lack.resource} ${lack.action}`}>
            <b>{names.of(lack.resource)}</b>
            {lack.role !== undefined && `: “${names.roleOn(lack.resource, lack.role)}”`}
            {lack.ask.length > 0 && (
              <span className="muted">, given by {lack.ask.map((one) => names.of(one)).join(", ")}</span>
            )}
          </li>
        ))}
        {lacksHidden > 0 && <li className="muted">{lacksHidden} more that you may not see</li>}
      </ul>
    </div>
  );
}
