import { FolderKanban } from "lucide-react";
import { Link } from "wouter";
import { useOrganization } from "../data/organization";
import { kindIcon } from "../shell/nav";
import { YourLevel } from "./your-level";

interface Thing {
  readonly id: string;
  readonly name?: string | undefined;
  readonly members?: readonly unknown[] | undefined;
}

/** The way to a project or a thing, with what one is to it. */
export function ThingCard({ kind, thing }: { readonly kind: string; readonly thing: Thing }) {
  const Icon = kind === "project" ? FolderKanban : kindIcon(kind);
  const to = kind === "project" ? "/projects" : `/content/${kind}`;
  return (
    <Link className="card-link" href={`${to}/${encodeURIComponent(thing.id)}`}>
      <Icon className="icon" aria-hidden />
      <span>
        <b>{thing.name ?? thing.id}</b>
        <span className="muted">
          <About kind={kind} thing={thing} />
        </span>
      </span>
    </Link>
  );
}

/** Who sees its members is told how many; the others, what they hold themselves. */
function About({ kind, thing: { id, members } }: { readonly kind: string; readonly thing: Thing }) {
  const { product, view } = useOrganization();
  if (kind !== "project")
    return <YourLevel kind={kind} id={id} {...(product.kind(kind).available === false && { none: "Not in use yet" })} />;
  if (!view.sees.members || members === undefined) return <YourLevel kind={kind} id={id} none="No role of yours" />;
  return members.length === 1 ? "1 with a role of its own" : `${members.length} with roles of their own`;
}
