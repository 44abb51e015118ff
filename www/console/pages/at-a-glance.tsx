import type { LucideIcon } from "lucide-react";
import { Bot, MailQuestion, Users, UsersRound } from "lucide-react";
import { Link } from "wouter";
import { useOrganization } from "../data/organization";
import { Card } from "../ui/bits";
import { ForWhoSeesMembers } from "./for-who-sees-members";
import { Standing } from "./standing";

/** What one is here oneself. */
export function YourAccess() {
  const { roles, view, me } = useOrganization();
  const groups = (view.document.groups ?? []).filter(({ members }) => members?.includes(me) === true);
  return (
    <Card title="You">
      <dl className="facts">
        <Standing roles={roles} groups={groups} none="Member" />
      </dl>
    </Card>
  );
}

/** How many belong here, for who may see who they are. */
export function People() {
  return (
    <ForWhoSeesMembers label="People in numbers">
      <Counts />
    </ForWhoSeesMembers>
  );
}

function Counts() {
  const { organization, product, names, view } = useOrganization();
  const { invites = [], groups = [], serviceAccounts = [] } = view.document;
  const members = (organization.members ?? []).filter(({ member }) => member.startsWith("user/"));
  return (
    <Card title="People">
      <ul className="counts">
        <Count to="/members" icon={Users} label="Members" count={members.length} />
        {invites.length > 0 && (
          <Count to="/members" icon={MailQuestion} label="Pending invites" count={invites.length} />
        )}
        {product.has("create_group") && <Count to="/groups" icon={UsersRound} label="Groups" count={groups.length} />}
        {product.has("create_service_account") && (
          <Count
            to="/accounts"
            icon={Bot}
            label={`${names.holder("service_account")}s`}
            count={serviceAccounts.length}
          />
        )}
      </ul>
    </Card>
  );
}

interface CountProps {
  readonly to: string;
  readonly icon: LucideIcon;
  readonly label: string;
  readonly count: number;
}

function Count({ to, icon: Icon, label, count }: CountProps) {
  return (
    <li>
      <Link className="nav-link" href={to}>
        <Icon className="icon" aria-hidden />
        <span>{label}</span>
        <span className="count">{count.toLocaleString("en")}</span>
      </Link>
    </li>
  );
}
