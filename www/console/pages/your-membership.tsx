import { DoorOpen, UsersRound } from "lucide-react";
import { useState } from "react";
import { useLocation } from "wouter";
import type { GroupDocument } from "bailiwick";
import { useOrganization } from "../data/organization";
import { useSession } from "../data/session";
import { Card } from "../ui/bits";
import { Action } from "../ui/button";
import { CommandDialog } from "../ui/command";
import { useOpen } from "../ui/decided";
import { SuccessorPicker } from "../ui/successor";
import { LastOwnerNote } from "./member-dialogs";

/** Everybody may go, whatever their role. */
export function YourMembership() {
  const { names, id, me } = useOrganization();
  const { refresh } = useSession();
  const [, go] = useLocation();
  const leave = useOpen();
  const [successor, setSuccessor] = useState("");
  const name = names.of(`organization/${id}`);
  const gone = () => {
    void refresh();
    go("~/");
  };
  return (
    <Card
      title="Your membership"
      about="You may leave at any time; what only you hold goes to a successor."
      actions={
        <Action icon={DoorOpen} onPress={leave.open}>
          Leave
        </Action>
      }
    >
      <YourGroups />
      <CommandDialog
        {...leave}
        title={`Leave ${name}`}
        fields={{ command: "leave_organization", ...(successor !== "" && { successor }) }}
        submit="Leave"
        grave
        onDone={gone}
      >
        <LastOwnerNote member={me} />
        <SuccessorPicker without={me} value={successor} onChange={setSuccessor} />
      </CommandDialog>
    </Card>
  );
}

/** The groups that one is in: each may be left, by whoever is in it. */
function YourGroups() {
  const { view, me } = useOrganization();
  const mine = (view.document.groups ?? []).filter(({ members }) => members?.includes(me) === true);
  if (mine.length === 0) return null;
  return (
    <ul className="people-tags" aria-label="Your groups">
      {mine.map((group) => (
        <li key={group.id} className="person-tag">
          <YourGroup group={group} />
        </li>
      ))}
    </ul>
  );
}

function YourGroup({ group }: { readonly group: GroupDocument }) {
  const { me } = useOrganization();
  const leave = useOpen();
  const name = group.name ?? group.id;
  return (
    <>
      <UsersRound className="icon" aria-hidden />
      {name}
      <Action size="small" variant="quiet" icon={DoorOpen} iconOnly onPress={leave.open}>
        {`Leave ${name}`}
      </Action>
      <CommandDialog
        {...leave}
        title={`Leave ${name}`}
        fields={{ command: "remove_from_group", group: group.id, member: me }}
        submit="Leave"
        grave
      >
        <p>What you hold by the group alone goes with it.</p>
      </CommandDialog>
    </>
  );
}
