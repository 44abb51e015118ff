import { DoorOpen, Pencil, Users, X } from "lucide-react";
import { useState } from "react";
import type { ResourceDocument, ShareDocument } from "bailiwick";
import { useOrganization } from "../data/organization";
import { useFetched } from "../data/resource";
import { Avatar, Card, Empty, Ends, Skeleton } from "../ui/bits";
import { Action } from "../ui/button";
import { CommandDialog } from "../ui/command";
import { Granted, RowAction, useTask } from "../ui/decided";
import { Pick } from "../ui/fields";
import { ViaLine } from "../ui/explain";
import { fresh } from "../ui/fresh";
import { SuccessorPicker } from "../ui/successor";
import { ChangeShareDialog } from "./share";

type Task = { readonly do: "change" | "take"; readonly share: ShareDocument };

/** With whom it is shared, and who has access through what. */
export function Shares({ resource }: { readonly resource: ResourceDocument }) {
  const { product, id } = useOrganization();
  const asking = product.asking("who", resource) ?? product.asking("who", { kind: "organization", id });
  const { task, start, ...dialog } = useTask<Task>();
  const shares = resource.shares ?? [];
  return (
    <>
      <Card title="Shared with">
        {shares.length === 0 ? (
          <Empty icon={Users} title="Whom it is shared with is not shown to you" />
        ) : (
          <ul className="rows">
            {shares.map((share) => (
              <li key={share.with}>
                <Share resource={resource} share={share} onTask={start} />
              </li>
            ))}
          </ul>
        )}
      </Card>
      {asking !== undefined && (
        <Granted point={asking} label="Who has access">
          <WhoHas resource={resource} />
        </Granted>
      )}
      {task?.do === "change" && (
        <ChangeShareDialog
          key={`change ${task.share.with}`}
          resource={resource}
          share={task.share}
          {...dialog}
        />
      )}
      {task?.do === "take" && (
        <Take
          key={`take ${task.share.with}`}
          resource={resource}
          share={task.share}
          {...dialog}
        />
      )}
    </>
  );
}

function Share({
  resource,
  share,
  onTask,
}: {
  readonly resource: ResourceDocument;
  readonly share: ShareDocument;
  readonly onTask: (task: Task) => void;
}) {
  const { product, names, me } = useOrganization();
  const here = { kind: resource.kind, id: resource.id };
  const name = names.of(share.with);
  const [holder = ""] = share.with.split("/", 1);
  return (
    <div className="row">
      <span className="person">
        <Avatar name={name} square={holder !== "user"} />
        <span>
          <b>
            {name}
            {share.with === me && <span className="muted"> (you)</span>}
          </b>
          <span className="muted">{names.role(resource.kind, share.role)}</span>
        </span>
      </span>
      {share.until !== undefined && <Ends until={share.until} />}
      <div className="row-actions">
        <RowAction
          icon={Pencil}
          point={product.guard("change_share", here)}
          onPress={() => onTask({ do: "change", share })}
        >
          {`Change what ${name} has`}
        </RowAction>
        {share.with === me ? (
          <Action size="small" variant="quiet" icon={DoorOpen} iconOnly onPress={() => onTask({ do: "take", share })}>
            Give up what you have
          </Action>
        ) : (
          <RowAction icon={X} point={product.guard("unshare", here)} onPress={() => onTask({ do: "take", share })}>
            {`Take it back from ${name}`}
          </RowAction>
        )}
      </div>
    </div>
  );
}

interface TakeProps {
  readonly resource: ResourceDocument;
  readonly share: ShareDocument;
  readonly isOpen: boolean;
  readonly onOpenChange: (is: boolean) => void;
}

const Take = fresh(function Take({ resource, share, isOpen, onOpenChange }: TakeProps) {
  const { names, me } = useOrganization();
  const [successor, setSuccessor] = useState("");
  const mine = share.with === me;
  return (
    <CommandDialog
      title={mine ? `Give up ${resource.name ?? resource.id}` : `Take it back from ${names.of(share.with)}`}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      fields={{
        command: "unshare",
        resource: `${resource.kind}/${resource.id}`,
        with: share.with,
        ...(successor !== "" && { successor }),
      }}
      submit={mine ? "Give up" : "Take back"}
      grave
    >
      {mine && <p>You keep what reaches you by a group or as everyone.</p>}
      <SuccessorPicker without={share.with} value={successor} onChange={setSuccessor} />
    </CommandDialog>
  );
});

/** Who may do an action, and the bindings that carry it: for who may ask that. */
function WhoHas({ resource }: { readonly resource: ResourceDocument }) {
  const { link, product, names, view } = useOrganization();
  const { kind, id } = resource;
  const actions = Object.keys(product.kind(kind).actions ?? {});
  const [action, setAction] = useState(actions[0] ?? "");
  const { value: told } = useFetched(`${kind}/${id} ${action}`, view.revision, () => link.who(action, kind, id));
  if (told?.ok === false) return null;
  const called = names.and(told?.names);
  return (
    <Card title="Who has access">
      <Pick
        label="Who may"
        value={action}
        onChange={setAction}
        options={actions.map((one) => ({ id: one, label: names.action(kind, one) }))}
      />
      {told === undefined ? (
        <Skeleton lines={3} />
      ) : (
        <ul className="rows">
          {told.items.map(({ principal, via }) => (
            <li key={principal} className="row">
              <span className="person">
                <Avatar name={called.of(principal)} />
                <span>
                  <b>{called.of(principal)}</b>
                  {via.map((one) => (
                    <span key={JSON.stringify(one)} className="muted">
                      <ViaLine via={one} names={called} here={`${kind}/${id}`} />
                    </span>
                  ))}
                </span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
