import { ArrowLeft } from "lucide-react";
import { useState } from "react";
import { Link } from "wouter";
import { useParam } from "../shell/param";
import { useOrganization } from "../data/organization";
import { organizationRoles, projectRoles, projectsOf } from "../model/members";
import { Avatar, Card, Empty, PageHead } from "../ui/bits";
import { MemberActions, MemberState } from "./member-row";
import { LastOwnerNote, MemberDialogs, type MemberTask } from "./member-dialogs";
import { Standing } from "./standing";
import { UserX } from "lucide-react";

/** One member: what they hold, and through what. */
export function MemberPage() {
  const address = useParam("member");
  const { organization, product, names, view } = useOrganization();
  const [task, setTask] = useState<MemberTask>();
  const member = `user/${address}`;
  const membership = organization.members?.find((one) => one.member === member);
  if (membership === undefined)
    return (
      <>
        <PageHead title={names.of(member)} />
        <Empty icon={UserX} title="No member that you may see" />
      </>
    );
  const roles = organizationRoles(product, membership);
  const projects = projectsOf(view.document.projects ?? [], member);
  const groups = (view.document.groups ?? []).filter((group) => group.members?.includes(member) === true);
  return (
    <>
      <Link className="back" href="/members">
        <ArrowLeft className="icon" aria-hidden /> Members
      </Link>
      <PageHead
        title={
          <span className="person">
            <Avatar name={names.of(member)} />
            {names.of(member)}
          </span>
        }
        about={address}
      >
        <MemberActions
          labelled
          row={{ member, name: names.of(member), roles, suspended: membership.suspended === true }}
          onTask={setTask}
        />
      </PageHead>
      <LastOwnerNote member={member} />
      <Card title="Membership">
        <dl className="facts">
          <div>
            <dt>State</dt>
            <dd>
              <MemberState member={member} suspended={membership.suspended === true} />
            </dd>
          </div>
          <Standing roles={roles} groups={groups} none="No role" />
        </dl>
      </Card>
      {projects.length > 0 && (
        <Card title={names.kinds("project")} about="Where they have roles of their own.">
          <dl className="facts">
            {projects.map(({ project, membership: there }) => (
              <div key={project.id}>
                <dt>
                  <Link className="text-link" href={`/projects/${encodeURIComponent(project.id)}`}>
                    {project.name ?? project.id}
                  </Link>
                </dt>
                <dd>{names.roles("project", projectRoles(product, organization, there))}</dd>
              </div>
            ))}
          </dl>
        </Card>
      )}
      <MemberDialogs task={task} onClose={() => setTask(undefined)} />
    </>
  );
}
