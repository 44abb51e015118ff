import { History } from "lucide-react";
import { useState } from "react";
import type { Change } from "bailiwick";
import { useOrganization } from "../data/organization";
import { useFetched } from "../data/resource";
import { Card, Empty, PageHead, Skeleton, Trouble } from "../ui/bits";
import { Action } from "../ui/button";
import { ChangeList } from "./change-list";

/** What was changed, by whom and when, as far as one may see it. */
export function Activity() {
  const { link, view, id } = useOrganization();
  const { value: told, error } = useFetched(id, view.revision, () => link.history());
  const [older, setOlder] = useState<readonly Change[]>([]);
  const [next, setNext] = useState<number>();
  const [asking, setAsking] = useState(false);
  const before = older.length > 0 ? next : told?.ok === true ? told.next : undefined;
  const more = async () => {
    if (before === undefined) return;
    setAsking(true);
    const page = await link.history(before);
    if (page.ok) {
      setOlder((all) => [...all, ...page.changes]);
      setNext(page.next);
    }
    setAsking(false);
  };
  return (
    <>
      <PageHead title="Activity" about="Every change is kept: who, when, and what it did." />
      {error !== undefined ? (
        <Trouble text={error} />
      ) : told === undefined ? (
        <Skeleton lines={8} />
      ) : !told.ok ? (
        <Trouble refused text={told.text} />
      ) : told.changes.length === 0 ? (
        <Empty icon={History} title="Nothing has been changed yet" />
      ) : (
        <Card>
          <ChangeList undo changes={[...told.changes, ...older]} />
          {before !== undefined && (
            <Action isPending={asking} onPress={() => void more()}>
              Earlier
            </Action>
          )}
        </Card>
      )}
    </>
  );
}
