import { ArrowRight, FolderKanban } from "lucide-react";
import { Link } from "wouter";
import { useOrganization } from "../data/organization";
import { kindIcon } from "../shell/nav";
import { Badge, Card, Empty, PageHead } from "../ui/bits";
import { Decided, useOpen } from "../ui/decided";
import { CreateThing } from "./create-thing";
import { Limits } from "./limits";
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

function ThingsCard({ kind, to }: { readonly kind: string; readonly to: string }) {
  const { product, names, view, id } = useOrganization();
  const create = useOpen();
  const Icon = kind === "project" ? FolderKanban : kindIcon(kind);
  const all =
    kind === "project"
      ? (view.document.projects ?? [])
      : (view.document.resources ?? []).filter((one) => one.kind === kind);
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
