import type { Change } from "bailiwick";
import { useOrganization } from "../data/organization";
import { moment, relative } from "../model/time";
import { said } from "../model/sentences";
import { Avatar } from "../ui/bits";

/** Changes as sentences, newest first. */
export function ChangeList({ changes }: { readonly changes: readonly Change[] }) {
  const { names, me, id } = useOrganization();
  return (
    <ol className="changes">
      {changes.map((change) => {
        const known = names.with([...change.removed, ...change.added]);
        const who = change.actor === me ? "You" : known.of(change.actor);
        return (
          <li key={change.after}>
            <Avatar name={who} />
            <p>
              <b>{who}</b> {said(change.command, id, known)}
              <time className="muted" dateTime={new Date(change.at).toISOString()} title={moment(change.at)}>
                {relative(change.at)}
              </time>
            </p>
          </li>
        );
      })}
    </ol>
  );
}
