import { ArrowRight, FolderPlus } from "lucide-react";
import { Meter, Label } from "react-aria-components";
import { Link } from "wouter";
import { useOrganization } from "../data/organization";
import { kindIcon } from "../shell/nav";
import { Badge, Card, Empty, PageHead } from "../ui/bits";
import { Decided, useOpen } from "../ui/decided";
import { CreateThing } from "./create-thing";
import { RecentActivity } from "./recent";

const SHOWN = 6;

export function Overview() {
  const { organization, names, product } = useOrganization();
  return (
    <>
      <PageHead
        title={organization.name ?? organization.id}
        about={
          <>
            {names.edition(organization.edition)} edition · <YourRoles />
          </>
        }
      />
      <Limits />
      {product.hasProjects && <ThingsCard kind="project" to="/projects" />}
      {product.contentKinds.map((kind) => (
        <ThingsCard key={kind} kind={kind} to={`/content/${kind}`} />
      ))}
      <RecentActivity />
    </>
  );
}

function YourRoles() {
  const { names, roles } = useOrganization();
  return <>You are {names.roles("organization", roles) || "a member"}</>;
}

/** What the edition counts, and how much of it is used, as far as one sees it. */
function Limits() {
  const { organization, product, names, view } = useOrganization();
  const limits = product.policy.editions[organization.edition]?.limits ?? {};
  const rows = Object.entries(limits).flatMap(([limit, most]) => {
    const counts = product.policy.limits?.[limit]?.counts;
    const used = counts === undefined ? undefined : count(counts);
    return used === undefined || most === undefined ? [] : [{ limit, most, used }];
  });
  function count(kind: string): number | undefined {
    const { document, sees } = view;
    if (kind === "user") return sees.members ? (organization.members?.length ?? 0) + (document.invites?.length ?? 0) : undefined;
    if (kind === "project") return document.projects?.length ?? 0;
    return product.kind(kind).private === true ? undefined : document.resources?.filter((one) => one.kind === kind).length;
  }
  if (rows.length === 0) return null;
  return (
    <div className="meters">
      {rows.map(({ limit, most, used }) => (
        <Meter key={limit} className="meter" value={used} maxValue={most} valueLabel={`${used} of ${most}`}>
          {({ percentage, valueText }) => (
            <>
              <div className="meter-text">
                <Label>{names.limit(limit)}</Label>
                <span className="muted">{valueText}</span>
              </div>
              <div className="meter-track">
                <div className={`meter-fill ${percentage >= 100 ? "meter-full" : ""}`} style={{ width: `${Math.min(100, percentage)}%` }} />
              </div>
            </>
          )}
        </Meter>
      ))}
    </div>
  );
}

function ThingsCard({ kind, to }: { readonly kind: string; readonly to: string }) {
  const { product, names, view, id } = useOrganization();
  const create = useOpen();
  const Icon = kind === "project" ? FolderPlus : kindIcon(kind);
  const all = kind === "project" ? (view.document.projects ?? []) : (view.document.resources ?? []).filter((one) => one.kind === kind);
  const coming = product.kind(kind).available === false;
  if (coming && all.length === 0) return null;
  return (
    <Card
      title={
        <>
          {names.kinds(kind)} {coming && <Badge tone="later">Coming soon</Badge>}
        </>
      }
      actions={
        <Decided size="small" point={product.creation(kind, { kind: "organization", id })} onPress={create.open}>
          {`New ${names.kind(kind).toLowerCase()}`}
        </Decided>
      }
    >
      {all.length === 0 ? (
        <Empty icon={Icon} title={`No ${names.kinds(kind).toLowerCase()} yet`} />
      ) : (
        <ul className="cards">
          {all.slice(0, SHOWN).map((thing) => (
            <li key={thing.id}>
              <Link className="card-link" href={`${to}/${encodeURIComponent(thing.id)}`}>
                <Icon className="icon" aria-hidden />
                <span>
                  <b>{thing.name ?? thing.id}</b>
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
      {all.length > SHOWN && (
        <p>
          <Link className="text-link" href={to}>
            All {all.length} <ArrowRight className="icon" aria-hidden />
          </Link>
        </p>
      )}
      <CreateThing kind={kind} {...create} />
    </Card>
  );
}
