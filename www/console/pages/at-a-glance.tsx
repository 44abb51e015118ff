import type { LucideIcon } from "lucide-react";
import { Bot, MailQuestion, Users, UsersRound } from "lucide-react";
import { Link } from "wouter";
import { useOrganization } from "../data/organization";
import { Card } from "../ui/bits";
import { Granted } from "../ui/decided";

/** What one is here oneself. */
export function YourAccess() {
  const { names, roles, view, me } = useOrganization();
  const groups = (view.document.groups ?? []).filter(({ members }) => members?.includes(me) === true);
  return (
    <Card title="You">
      <dl className="facts">
        <div>
          <dt>{roles.length > 1 ? "Roles" : "Role"}</dt>
          <dd>{names.roles("organization", roles) || "Member"}</dd>
        </div>
        {groups.length > 0 && (
          <div>
            <dt>{groups.length === 1 ? "Group" : "Groups"}</dt>
            <dd>{groups.map((group) => group.name ?? group.id).join(", ")}</dd>
          </div>
        )}
      </dl>
    </Card>
  );
}

/** How many belong here, for who may see who they are. */
export function People() {
  const { product, id } = useOrganization();
  const point = product.asking("who", { kind: "organization", id });
  return point === undefined ? null : (
    <Granted point={point} label="People in numbers">
      <Counts />
    </Granted>
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
