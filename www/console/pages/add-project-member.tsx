import { useState } from "react";
import { useCheck } from "bailiwick/react";
import type { ProjectDocument } from "bailiwick";
import type { Fields } from "../data/authority";
import { useOrganization } from "../data/organization";
import { organizationRoles, peopleOf } from "../model/members";
import { suffix } from "../model/identifier";
import { endOf } from "../model/time";
import { Skeleton } from "../ui/bits";
import { CommandDialog } from "../ui/command";
import { Ways } from "../ui/explain";
import { Line } from "../ui/fields";
import { fresh } from "../ui/fresh";
import { PrincipalPicker } from "../ui/principal";
import { RolePicker } from "../ui/roles";
import type { ProjectDialog } from "./project-member-dialogs";
import { useEntrance } from "./entrance";

/** Lets somebody into a project: a member at once, a stranger by an invite to the organization that names the project. */
export const AddProjectMember = fresh(function AddProjectMember({ project, isOpen, onOpenChange }: ProjectDialog) {
  const candidates = useCandidates(project);
  const { product, organization, names } = useOrganization();
  const [member, setMember] = useState("");
  const [roles, setRoles] = useState<readonly string[]>([]);
  const [above, setAbove] = useState<readonly string[]>([]);
  const [until, setUntil] = useState("");
  const [invite] = useState(suffix);
  const address = addressIn(member, candidates);
  const entrance = useEntrance(address, project.id);
  const choose = (chosen: string) => {
    setMember(chosen);
    setRoles([]);
    setAbove([]);
  };
  const end = endOf(until);
  const given = roles.length > 0 && { roles };
  const fields = (): Fields | undefined => {
    if (member === "" || entrance === "asking" || entrance === "invited") return undefined;
    if (entrance !== "invite" || address === undefined)
      return {
        command: "add_project_member",
        project: project.id,
        member,
        ...given,
        ...(end !== undefined && { until: end }),
      };
    if (above.length === 0) return undefined;
    const projects = [{ project: project.id, ...given }];
    return { command: "invite_member", invite: `invite-${invite}`, address, roles: above, projects };
  };
  const byInvite = entrance === "invite" && address !== undefined;
  const entry = organization.members?.find((one) => one.member === member);
  const held = byInvite ? above : entry === undefined ? [] : organizationRoles(product, entry);
  const usual = product.usual(held, "project");
  return (
    <CommandDialog
      title={`Add to ${project.name ?? project.id}`}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      fields={fields()}
      submit={byInvite ? "Invite" : "Add"}
    >
      <PrincipalPicker
        label="Who"
        hint="By name, or by their whole address."
        options={candidates}
        value={member}
        onChange={choose}
        addresses
        autoFocus
      />
      {entrance === "asking" && <Skeleton lines={2} label="Asking how they come in" />}
      {entrance === "none" && <NoWayIn />}
      {entrance === "invited" && <p className="note">{address} has a pending invite: delete or send that one again.</p>}
      {byInvite && <Above address={address} value={above} onChange={setAbove} />}
      {member !== "" && (entrance === "add" || entrance === "invite") && (
        <RolePicker
          label={`Roles in ${project.name ?? project.id}`}
          hint={usual.length === 0 ? undefined : `If you choose none: ${names.roles("project", usual)}`}
          target={byInvite ? address : member}
          kind="project"
          id={project.id}
          value={roles}
          onChange={setRoles}
        />
      )}
      {!byInvite && <Line label="Until" type="date" value={until} onChange={setUntil} hint="Empty: without an end." />}
    </CommandDialog>
  );
});

/** An address that was typed, and belongs to nobody in the list. */
function addressIn(member: string, candidates: readonly string[]): string | undefined {
  return member.startsWith("user/") && !candidates.includes(member) ? member.slice("user/".length) : undefined;
}

interface AboveProps {
  readonly address: string;
  readonly value: readonly string[];
  readonly onChange: (roles: readonly string[]) => void;
}

/** Who is no member yet becomes one: as what, is chosen with it. */
function Above({ address, value, onChange }: AboveProps) {
  const { id, names } = useOrganization();
  return (
    <>
      <p className="note">
        {address} is no member of {names.of(`organization/${id}`)} yet: they are invited, and have nothing before they
        accept.
      </p>
      <RolePicker
        label="Roles on the organization"
        target={address}
        kind="organization"
        id={id}
        value={value}
        onChange={onChange}
      />
    </>
  );
}

/** Whoever is no member comes in by an invite, which is not everybody's to send. */
function NoWayIn() {
  const { product, id, names } = useOrganization();
  const point = product.guard("invite_member", { kind: "organization", id });
  const decision = useCheck(point?.action ?? "", "organization", id);
  return (
    <div className="note">
      <p>
        Nobody of this address can be added here. Whoever is no member of {names.of(`organization/${id}`)} has to be
        invited first{decision.allowed ? "." : ", and that is not yours to do."}
      </p>
      {!decision.allowed && <Ways decision={decision} />}
    </div>
  );
}

/** Everybody who could be in a project and is not: as the policy lets kinds of principals hold something there. */
function useCandidates(project: ProjectDocument): readonly string[] {
  const { product, organization, view } = useOrganization();
  const inside = new Set(project.members?.map(({ member }) => member));
  const may = (holder: string) => product.rolesFor(holder, "project").length > 0;
  const { groups = [], serviceAccounts = [] } = view.document;
  return [
    ...peopleOf(view, organization),
    ...(may("group") ? groups.map(({ id }) => `group/${id}`) : []),
    ...(may("service_account") ? serviceAccounts.map(({ id }) => `service_account/${id}`) : []),
    ...(may("members") ? ["members"] : []),
  ].filter((one) => !inside.has(one));
}
