import { useState } from "react";
import type { MembershipDocument, ProjectDocument } from "bailiwick";
import { useOrganization } from "../data/organization";
import { projectRoles } from "../model/members";
import { dateOf, endOf } from "../model/time";
import { CommandDialog } from "../ui/command";
import { Line } from "../ui/fields";
import { fresh } from "../ui/fresh";
import { RolePicker } from "../ui/roles";
import { SuccessorPicker } from "../ui/successor";

/** What the dialogs about members of a project have in common. */
export interface ProjectDialog {
  readonly project: ProjectDocument;
  readonly isOpen: boolean;
  readonly onOpenChange: (is: boolean) => void;
}

export const ChangeProjectMember = fresh(function ChangeProjectMember({
  project,
  membership,
  isOpen,
  onOpenChange,
}: ProjectDialog & { readonly membership: MembershipDocument }) {
  const { names, product, organization } = useOrganization();
  const held = projectRoles(product, organization, membership);
  const [roles, setRoles] = useState(held);
  const [until, setUntil] = useState(dateOf(membership.until));
  const end = until === dateOf(membership.until) ? membership.until : endOf(until);
  const { member } = membership;
  return (
    <CommandDialog
      title={`Roles of ${names.of(member)}`}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      fields={
        roles.length === 0
          ? undefined
          : {
              command: "change_project_member",
              project: project.id,
              member,
              roles,
              ...(end !== undefined && { until: end }),
            }
      }
      submit="Save"
    >
      <RolePicker
        label={`Roles in ${project.name ?? project.id}`}
        target={member}
        kind="project"
        id={project.id}
        held={held}
        value={roles}
        onChange={setRoles}
      />
      <Line label="Until" type="date" value={until} onChange={setUntil} hint="Empty: without an end." />
    </CommandDialog>
  );
});

export const RemoveProjectMember = fresh(function RemoveProjectMember({
  project,
  membership,
  isOpen,
  onOpenChange,
}: ProjectDialog & { readonly membership: MembershipDocument }) {
  const { names, me } = useOrganization();
  const [successor, setSuccessor] = useState("");
  const { member } = membership;
  const place = project.name ?? project.id;
  return (
    <CommandDialog
      title={member === me ? `Leave ${place}` : `Remove ${names.of(member)} from ${place}`}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      fields={{ command: "remove_project_member", project: project.id, member, ...(successor !== "" && { successor }) }}
      submit={member === me ? "Leave" : "Remove"}
      grave
    >
      <SuccessorPicker without={member} value={successor} onChange={setSuccessor} />
    </CommandDialog>
  );
});
