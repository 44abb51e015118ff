import { useState } from "react";
import { useOrganization } from "../data/organization";
import { CommandDialog } from "../ui/command";
import { fresh } from "../ui/fresh";
import { RolePicker } from "../ui/roles";
import { SuccessorPicker } from "../ui/successor";

/** What is to be done about a member. */
export type MemberTask =
  | { readonly do: "roles"; readonly member: string; readonly roles: readonly string[] }
  | { readonly do: "suspend" | "restore" | "remove"; readonly member: string };

/** The dialog of a task; it stays drawn for as long as it closes. */
export function MemberDialogs({
  task,
  onClose,
}: {
  readonly task: MemberTask | undefined;
  readonly onClose: () => void;
}) {
  const [last, setLast] = useState(task);
  if (task !== undefined && task !== last) setLast(task);
  if (last === undefined) return null;
  const shared = { isOpen: task !== undefined, onOpenChange: (is: boolean) => !is && onClose() };
  const key = `${last.do} ${last.member}`;
  if (last.do === "roles") return <ChangeRoles key={key} {...shared} member={last.member} held={last.roles} />;
  if (last.do === "remove") return <Remove key={key} {...shared} member={last.member} />;
  return <Simple key={key} {...shared} member={last.member} what={last.do} />;
}

interface Shared {
  readonly isOpen: boolean;
  readonly onOpenChange: (is: boolean) => void;
  readonly member: string;
}

const ChangeRoles = fresh(function ChangeRoles({ member, held, ...shared }: Shared & { readonly held: readonly string[] }) {
  const { id, names } = useOrganization();
  const [roles, setRoles] = useState(held);
  const changed = roles.length > 0 && (roles.length !== held.length || roles.some((role) => !held.includes(role)));
  return (
    <CommandDialog
      {...shared}
      title={`Roles of ${names.of(member)}`}
      fields={changed ? { command: "change_member_roles", member, roles } : undefined}
      submit="Save"
    >
      <LastOwnerNote member={member} />
      <RolePicker
        label="Roles on the organization"
        target={member}
        kind="organization"
        id={id}
        held={held}
        value={roles}
        onChange={setRoles}
        {...(roles.length === 0 && { hint: "A member holds one at least. To take everything away, remove them." })}
      />
    </CommandDialog>
  );
});

const Remove = fresh(function Remove({ member, ...shared }: Shared) {
  const { names } = useOrganization();
  const [successor, setSuccessor] = useState("");
  return (
    <CommandDialog
      {...shared}
      title={`Remove ${names.of(member)}`}
      fields={{ command: "remove_member", member, ...(successor !== "" && { successor }) }}
      submit="Remove"
      grave
    >
      <LastOwnerNote member={member} />
      <p>They lose all access at once. What they made stays.</p>
      <SuccessorPicker without={member} value={successor} onChange={setSuccessor} />
    </CommandDialog>
  );
});

function Simple({ member, what, ...shared }: Shared & { readonly what: "suspend" | "restore" }) {
  const { names } = useOrganization();
  const suspend = what === "suspend";
  return (
    <CommandDialog
      {...shared}
      title={`${suspend ? "Suspend" : "Restore"} ${names.of(member)}`}
      fields={{ command: suspend ? "suspend_member" : "restore_member", member }}
      submit={suspend ? "Suspend" : "Restore"}
      grave={suspend}
    >
      <LastOwnerNote member={member} />
      <p>
        {suspend
          ? "What they hold stays written down and gives nothing until they are restored."
          : "They have again what they held."}
      </p>
    </CommandDialog>
  );
}

/** Why the last owner cannot go. */
export function LastOwnerNote({ member }: { readonly member: string }) {
  const { product, lastOwner, names } = useOrganization();
  const top = product.top("organization");
  if (top === undefined || lastOwner !== member) return null;
  return (
    <p className="note">
      {names.of(member)} is the only active {names.role("organization", top)}. An organization keeps one: make somebody
      else one first.
    </p>
  );
}
