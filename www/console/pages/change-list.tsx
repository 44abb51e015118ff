import type { Change } from "bailiwick";
import { useOrganization } from "../data/organization";
import { isOvertaken } from "../model/inverse";
import { moment, relative } from "../model/time";
import { said } from "../model/sentences";
import { Undo } from "./undo";
import { Avatar } from "../ui/bits";

type Seen = Change & { readonly withheld?: number };

/** Whether a part of it lies where one may not see it: then its command is there by its name alone. */
const partly = (change: Seen): boolean => change.withheld !== undefined && Object.keys(change.command).length <= 3;

const withheld = ({ command }: Change): string =>
  `gave the command “${command.command.replaceAll("_", " ")}”, whose details are not yours to see`;

/** Changes as sentences, newest first; with what takes them back, where `undo` says so. */
export function ChangeList({
  changes,
  undo = false,
}: {
  readonly changes: readonly Change[];
  readonly undo?: boolean;
}) {
  const { names, me, id } = useOrganization();
  return (
    <ol className="changes">
      {changes.map((change, place) => {
        const known = names.with([...change.removed, ...change.added]);
        const who = change.actor === me ? "You" : known.of(change.actor);
        const sentence = partly(change) ? withheld(change) : said(change.command, id, known);
        return (
          <li key={change.after}>
            <Avatar name={known.of(change.actor)} />
            <p>
              <b>{who}</b> {sentence}
              <time className="muted" dateTime={new Date(change.at).toISOString()} title={moment(change.at)}>
                {relative(change.at)}
              </time>
            </p>
            {undo && !partly(change) && !isOvertaken(change, changes.slice(0, place)) && <Undo change={change} sentence={`${who} ${sentence}.`} />}
          </li>
        );
      })}
    </ol>
  );
}
