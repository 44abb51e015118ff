import { Pause, Pencil, Play, Trash2 } from "lucide-react";
import { type Ref, memo } from "react";
import { Link } from "wouter";
import { useOrganization } from "../data/organization";
import { Avatar, Badge } from "../ui/bits";
import { Decided } from "../ui/decided";
import type { MemberTask } from "./member-dialogs";
import type { Row } from "./members";

interface Props {
  readonly row: Row;
  /** Its place in the whole table. */
  readonly index: number;
  /** Takes its height. */
  readonly measure: Ref<HTMLTableRowElement>;
  readonly onTask: (task: MemberTask) => void;
}

/** One row; scrolling draws only those anew that come. */
export const MemberRow = memo(function MemberRow({ row, index, measure, onTask }: Props) {
  const { me } = useOrganization();
  return (
    <tr aria-rowindex={index + 2} data-index={index} ref={measure}>
      <th scope="row">
        <Link className="person" href={`/members/${encodeURIComponent(row.address)}`}>
          <Avatar name={row.name} />
          <span>
            <b>
              {row.name}
              {row.member === me && <span className="muted"> (you)</span>}
            </b>
            <span className="muted">{row.address}</span>
          </span>
        </Link>
      </th>
      <td data-label="Roles">{row.said || <span className="muted">None</span>}</td>
      <td data-label="State">
        <MemberState member={row.member} suspended={row.suspended} />
      </td>
      <td className="cell-actions">
        <MemberActions row={row} onTask={onTask} />
      </td>
    </tr>
  );
});

export function MemberState({ member, suspended }: { readonly member: string; readonly suspended: boolean }) {
  const { lastOwner } = useOrganization();
  if (suspended) return <Badge tone="ended">Suspended</Badge>;
  if (lastOwner === member) return <Badge tone="plan">Last owner</Badge>;
  return <Badge tone="good">Active</Badge>;
}

interface ActionsProps {
  readonly row: Pick<Row, "member" | "name" | "suspended" | "roles">;
  readonly onTask: (task: MemberTask) => void;
  readonly labelled?: boolean;
}

/** What one may do about a member. */
export function MemberActions({ row, onTask, labelled = false }: ActionsProps) {
  const { product, id } = useOrganization();
  const here = { kind: "organization", id };
  const look = { size: "small", variant: labelled ? "plain" : "quiet", iconOnly: !labelled } as const;
  const { member, name } = row;
  const suffix = labelled ? "" : ` ${name}`;
  return (
    <div className="row-actions">
      <Decided
        {...look}
        icon={Pencil}
        point={product.guard("change_member_roles", here)}
        onPress={() => onTask({ do: "roles", member, roles: row.roles })}
      >
        {labelled ? "Change roles" : `Change roles of${suffix}`}
      </Decided>
      {row.suspended ? (
        <Decided
          {...look}
          icon={Play}
          point={product.guard("restore_member", here)}
          onPress={() => onTask({ do: "restore", member })}
        >
          {`Restore${suffix}`}
        </Decided>
      ) : (
        <Decided
          {...look}
          icon={Pause}
          point={product.guard("suspend_member", here)}
          onPress={() => onTask({ do: "suspend", member })}
        >
          {`Suspend${suffix}`}
        </Decided>
      )}
      <Decided
        {...look}
        icon={Trash2}
        point={product.guard("remove_member", here)}
        onPress={() => onTask({ do: "remove", member })}
      >
        {`Remove${suffix}`}
      </Decided>
    </div>
  );
}
