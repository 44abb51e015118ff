import { DoorOpen, Pencil, Trash2, UserPlus, Users } from "lucide-react";
import type { MembershipDocument, ProjectDocument } from "bailiwick";
import { useOrganization } from "../data/organization";
import { projectRoles } from "../model/members";
import { Avatar, Card, Empty, Ends, Trouble } from "../ui/bits";
import { Action } from "../ui/button";
import { Decided, RowAction, useOpen, useTask } from "../ui/decided";
import { useShown } from "../ui/why";
import { AddProjectMember } from "./add-project-member";
import { PendingInvites } from "./pending-invites";
import { ChangeProjectMember, RemoveProjectMember } from "./project-member-dialogs";

type Task = { readonly do: "change" | "remove"; readonly membership: MembershipDocument };

export function ProjectMembers({ project }: { readonly project: ProjectDocument }) {
  const { product } = useOrganization();
  useShown(product.asking("who", { kind: "project", id: project.id }), "Who works here");
  const add = useOpen();
  const { task, start, ...dialog } = useTask<Task>();
  const shared = { project, ...dialog };
  return (
    <>
      <PendingInvites project={project.id} />
      <Card
        title="Members"
        about="Those with roles of their own here. Roles on the organization may reach further."
        actions={
          <Decided
            variant="primary"
            size="small"
            icon={UserPlus}
            point={product.guard("add_project_member", { kind: "project", id: project.id })}
            onPress={add.open}
          >
            Add
          </Decided>
        }
      >
        {project.members === undefined ? (
          <Trouble refused text="Who works here is not yours to see." />
        ) : project.members.length === 0 ? (
          <Empty icon={Users} title="Nobody has a role of their own here" />
        ) : (
          <ul className="rows">
            {project.members.map((membership) => (
              <li key={membership.member}>
                <Member project={project} membership={membership} onTask={start} />
              </li>
            ))}
          </ul>
        )}
        <AddProjectMember project={project} {...add} />
        {task?.do === "change" && (
          <ChangeProjectMember key={`change ${task.membership.member}`} {...shared} membership={task.membership} />
        )}
        {task?.do === "remove" && (
          <RemoveProjectMember key={`remove ${task.membership.member}`} {...shared} membership={task.membership} />
        )}
      </Card>
    </>
  );
}

interface MemberProps {
  readonly project: ProjectDocument;
  readonly membership: MembershipDocument;
  readonly onTask: (task: Task) => void;
}

function Member({ project, membership, onTask }: MemberProps) {
  const { product, names, organization, me } = useOrganization();
  const here = { kind: "project", id: project.id };
  const { member, until } = membership;
  const name = names.of(member);
  const kind = member.includes("/") ? (member.split("/", 1)[0] ?? "") : member;
  return (
    <div className="row">
      <span className="person">
        <Avatar name={name} square={kind !== "user"} />
        <span>
          <b>
            {name}
            {member === me && <span className="muted"> (you)</span>}
          </b>
          <span className="muted">
            {kind !== "user" && `${names.holder(kind)} · `}
            {names.roles("project", projectRoles(product, organization, membership)) || "Default roles"}
          </span>
        </span>
      </span>
      {until !== undefined && <Ends until={until} />}
      <div className="row-actions">
        <RowAction
          icon={Pencil}
          point={product.guard("change_project_member", here)}
          onPress={() => onTask({ do: "change", membership })}
        >
          {`Change roles of ${name}`}
        </RowAction>
        {member === me ? (
          <Action
            size="small"
            variant="quiet"
            icon={DoorOpen}
            iconOnly
            onPress={() => onTask({ do: "remove", membership })}
          >
            {`Leave ${project.name ?? project.id}`}
          </Action>
        ) : (
          <RowAction
            icon={Trash2}
            point={product.guard("remove_project_member", here)}
            onPress={() => onTask({ do: "remove", membership })}
          >
            {`Remove ${name}`}
          </RowAction>
        )}
      </div>
    </div>
  );
}
