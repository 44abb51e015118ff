import { useState } from "react";
import type { MembershipDocument, ProjectDocument } from "bailiwick";
import { useOrganization } from "../data/organization";
import { projectRoles } from "../model/members";
import { dateOf, endOf } from "../model/time";
import { CommandDialog } from "../ui/command";
import { Line } from "../ui/fields";
import { PrincipalPicker } from "../ui/principal";
import { RolePicker } from "../ui/roles";
import { SuccessorPicker } from "../ui/successor";

interface Shared {
  readonly project: ProjectDocument;
  readonly isOpen: boolean;
  readonly onOpenChange: (is: boolean) => void;
}

export function AddProjectMember({ project, isOpen, onOpenChange }: Shared) {
  const candidates = useCandidates(project);
  const [member, setMember] = useState("");
  const [roles, setRoles] = useState<readonly string[]>([]);
  const [until, setUntil] = useState("");
  const end = endOf(until);
  const clear = () => {
    setMember("");
    setRoles([]);
    setUntil("");
  };
  const choose = (chosen: string) => {
    setMember(chosen);
    setRoles([]);
  };
  return (
    <CommandDialog
      title={`Add to ${project.name ?? project.id}`}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      fields={
        member === ""
          ? undefined
          : {
              command: "add_project_member",
              project: project.id,
              member,
              ...(roles.length > 0 && { roles }),
              ...(end !== undefined && { until: end }),
            }
      }
      submit="Add"
      onDone={clear}
    >
      <PrincipalPicker label="Who" options={candidates} value={member} onChange={choose} addresses autoFocus />
      {member !== "" && (
        <RolePicker
          label="Roles; none: the default"
          target={member}
          kind="project"
          id={project.id}
          value={roles}
          onChange={setRoles}
        />
      )}
      <Line label="Until" type="date" value={until} onChange={setUntil} hint="Empty: without an end." />
    </CommandDialog>
  );
}

/** Everybody who could be in a project and is not: as the policy lets kinds of principals hold something there. */
function useCandidates(project: ProjectDocument): readonly string[] {
  const { product, organization, view } = useOrganization();
  const inside = new Set(project.members?.map(({ member }) => member));
  const may = (holder: string) => product.rolesFor(holder, "project").length > 0;
  const { groups = [], serviceAccounts = [] } = view.document;
  return [
    ...(organization.members ?? []).map(({ member }) => member).filter((member) => member.startsWith("user/")),
    ...(may("group") ? groups.map(({ id }) => `group/${id}`) : []),
    ...(may("service_account") ? serviceAccounts.map(({ id }) => `service_account/${id}`) : []),
    ...(may("members") ? ["members"] : []),
  ].filter((one) => !inside.has(one));
}

export function ChangeProjectMember({
  project,
  membership,
  isOpen,
  onOpenChange,
}: Shared & { readonly membership: MembershipDocument }) {
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
}

export function RemoveProjectMember({
  project,
  membership,
  isOpen,
  onOpenChange,
}: Shared & { readonly membership: MembershipDocument }) {
  const { names } = useOrganization();
  const [successor, setSuccessor] = useState("");
  const { member } = membership;
  return (
    <CommandDialog
      title={`Remove ${names.of(member)} from ${project.name ?? project.id}`}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      fields={{ command: "remove_project_member", project: project.id, member, ...(successor !== "" && { successor }) }}
      submit="Remove"
      grave
    >
      <SuccessorPicker without={member} value={successor} onChange={setSuccessor} />
    </CommandDialog>
  );
}
