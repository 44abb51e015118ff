import { Check, Minus } from "lucide-react";
import { useState } from "react";
import { useCheck } from "bailiwick/react";
import type { Point } from "../model/product";
import { Ways } from "../ui/explain";
import { useOrganization } from "../data/organization";
import { useFetched } from "../data/resource";
import { Card, Skeleton, Trouble } from "../ui/bits";
import { Action } from "../ui/button";
import { useShown } from "../ui/why";

/** Everybody who may do anything on one thing, by actions; for who may ask that. */
export function PeopleMatrix({ kind, id }: { readonly kind: string; readonly id: string }) {
  const { product, id: organization } = useOrganization();
  const point =
    product.asking("matrix", { kind, id }) ?? product.asking("matrix", { kind: "organization", id: organization });
  return point === undefined ? (
    <Trouble refused text="Nobody may ask that here." />
  ) : (
    <Asked point={point} kind={kind} id={id} />
  );
}

function Asked({ point, kind, id }: { readonly point: Point; readonly kind: string; readonly id: string }) {
  const decision = useCheck(point.action, point.kind, point.id);
  useShown(point, "Who can do what");
  if (decision.allowed) return <Matrix kind={kind} id={id} />;
  return (
    <Card title="Who can do what">
      <Trouble refused text="That is not yours to see." />
      <Ways decision={decision} />
    </Card>
  );
}

function Matrix({ kind, id }: { readonly kind: string; readonly id: string }) {
  const { link, view, names } = useOrganization();
  const [cursors, setCursors] = useState<readonly string[]>([]);
  const after = cursors.at(-1);
  const { value: told, error } = useFetched(`${kind}/${id} ${after ?? ""}`, view.revision, () =>
    link.matrix(kind, id, after),
  );
  const name = names.of(`${kind}/${id}`);
  const called = names.and(told?.ok === true ? told.names : {});
  if (error !== undefined) return <Trouble text={error} />;
  if (told === undefined) return <Skeleton lines={6} label="Asking who may do what" />;
  if (!told.ok) return <Trouble text={told.text} refused />;
  return (
    <Card title={`Who can do what on ${name}`} about={`${told.total.toLocaleString("en")} may do something`}>
      <div className="table-frame" tabIndex={0} role="region" aria-label="Matrix, scrolls">
        <table className="table matrix">
          <thead>
            <tr>
              <th scope="col">Who</th>
              {told.actions.map((action) => (
                <th key={action} scope="col" className="matrix-head">
                  <span>{names.action(kind, action)}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {told.rows.map(({ principal, cells }) => (
              <tr key={principal}>
                <th scope="row">{called.of(principal)}</th>
                {cells.map((may, at) => (
                  <td key={told.actions[at]} className={may ? "cell-yes" : "cell-no"}>
                    {may ? <Check className="icon" aria-label="yes" /> : <Minus className="icon" aria-label="no" />}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Pager cursors={cursors} next={told.next} onGo={setCursors} />
    </Card>
  );
}

interface PagerProps {
  readonly cursors: readonly string[];
  readonly next: string | undefined;
  readonly onGo: (cursors: readonly string[]) => void;
}

function Pager({ cursors, next, onGo }: PagerProps) {
  if (cursors.length === 0 && next === undefined) return null;
  return (
    <div className="row-actions">
      <Action size="small" isDisabled={cursors.length === 0} onPress={() => onGo(cursors.slice(0, -1))}>
        Back
      </Action>
      <Action
        size="small"
        isDisabled={next === undefined}
        onPress={() => next !== undefined && onGo([...cursors, next])}
      >
        More
      </Action>
    </div>
  );
}
