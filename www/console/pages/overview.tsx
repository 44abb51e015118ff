import { ArrowRight, FolderKanban } from "lucide-react";
import { Link } from "wouter";
import { useOrganization } from "../data/organization";
import { kindIcon } from "../shell/nav";
import { Card, Empty, PageHead } from "../ui/bits";
import { Decided, useOpen } from "../ui/decided";
import { People, YourAccess } from "./at-a-glance";
import { CreateThing } from "./create-thing";
import { Limits } from "./limits";
import { RecentActivity } from "./recent";
import { ThingCard } from "./thing-card";

/** So many things on the page, shared out among its kinds. */
const SHOWN = 12;

export function Overview() {
  const { organization, names, product } = useOrganization();
  const kinds = [...(product.hasProjects ? ["project"] : []), ...product.contentKinds.filter(isThere)];
  function isThere(kind: string): boolean {
    return product.kind(kind).available !== false;
  }
  return (
    <>
      <PageHead title={organization.name ?? organization.id} about={`${names.edition(organization.edition)} edition`} />
      <div className="overview">
        <div className="overview-part">
          {kinds.map((kind) => (
            <Things key={kind} kind={kind} most={Math.ceil(SHOWN / kinds.length)} />
          ))}
          <RecentActivity />
        </div>
        <div className="overview-part">
          <YourAccess />
          <People />
          <Limits />
        </div>
      </div>
    </>
  );
}

function Things({ kind, most }: { readonly kind: string; readonly most: number }) {
  const { product, names, view, id } = useOrganization();
  const create = useOpen();
  const all =
    kind === "project"
      ? (view.document.projects ?? [])
      : (view.document.resources ?? []).filter((one) => one.kind === kind);
  const icon = kind === "project" ? FolderKanban : kindIcon(kind);
  return (
    <Card
      title={names.kinds(kind)}
      actions={
        <Decided size="small" point={product.creation(kind, { kind: "organization", id })} onPress={create.open}>
          {`New ${names.kind(kind).toLowerCase()}`}
        </Decided>
      }
    >
      {all.length === 0 ? (
        <Empty icon={icon} title={`No ${names.kinds(kind).toLowerCase()} yet`} />
      ) : (
        <ul className="cards cards-some">
          {all.slice(0, most).map((thing) => (
            <li key={thing.id}>
              <ThingCard kind={kind} thing={thing} />
            </li>
          ))}
        </ul>
      )}
      {all.length > 0 && (
        <p>
          <Link className="text-link" href={kind === "project" ? "/projects" : `/content/${kind}`}>
            All {all.length} <ArrowRight className="icon" aria-hidden />
          </Link>
        </p>
      )}
      <CreateThing kind={kind} {...create} />
    </Card>
  );
}
