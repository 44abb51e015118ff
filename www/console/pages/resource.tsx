import { ArrowLeft, Pencil, Share2, Trash2, UserRoundX } from "lucide-react";
import { useState } from "react";
import { Link, useLocation } from "wouter";
import { useParam } from "../shell/param";
import type { ResourceDocument } from "bailiwick";
import { useOrganization } from "../data/organization";
import { kindIcon } from "../shell/nav";
import { Card, Empty, PageHead } from "../ui/bits";
import { CommandDialog } from "../ui/command";
import { Decided, useOpen } from "../ui/decided";
import { Choices, Line } from "../ui/fields";
import { fresh } from "../ui/fresh";
import { useUsable } from "./create-thing";
import { ConfirmDelete } from "./confirm-delete";
import { OwnActions } from "./own-actions";
import { ShareDialog } from "./share";
import { Shares } from "./shares";
import { YourLevel } from "./your-level";

export function ResourcePage() {
  const [kind, id] = [useParam("kind"), useParam("resource")];
  const { view, names } = useOrganization();
  const resource = view.document.resources?.find((one) => one.kind === kind && one.id === id);
  return (
    <>
      <Link className="back" href={`/content/${kind}`}>
        <ArrowLeft className="icon" aria-hidden /> {names.kinds(kind)}
      </Link>
      {resource === undefined ? (
        <>
          <PageHead title={`No such ${names.kind(kind).toLowerCase()}`} />
          <Empty icon={UserRoundX} title="It does not exist, or was not shared with you" />
        </>
      ) : (
        <Resource key={`${kind}/${id}`} resource={resource} />
      )}
    </>
  );
}

function Resource({ resource }: { readonly resource: ResourceDocument }) {
  const { names } = useOrganization();
  const { kind, id } = resource;
  return (
    <>
      <PageHead
        title={resource.name ?? id}
        about={
          <>
            You have: <YourLevel kind={kind} id={id} />
          </>
        }
      >
        <ShareIt resource={resource} />
        <EditIt resource={resource} />
        <DeleteIt resource={resource} />
      </PageHead>
      <OwnActions kind={kind} id={id} />
      {(resource.uses?.length ?? 0) > 0 && <Uses resource={resource} />}
      <Shares resource={resource} />
      {resource.creator !== undefined && <p className="muted">Created by {names.of(resource.creator)}</p>}
    </>
  );
}

/* Each button with its dialog: one that opens draws itself, and not the whole page anew. */

function ShareIt({ resource }: { readonly resource: ResourceDocument }) {
  const { product } = useOrganization();
  const share = useOpen();
  return (
    <>
      <Decided variant="primary" icon={Share2} point={product.guard("share", resource)} onPress={share.open}>
        Share
      </Decided>
      <ShareDialog resource={resource} {...share} />
    </>
  );
}

function EditIt({ resource }: { readonly resource: ResourceDocument }) {
  const { product } = useOrganization();
  const edit = useOpen();
  return (
    <>
      <Decided icon={Pencil} point={product.guard("change_resource", resource)} onPress={edit.open}>
        Edit
      </Decided>
      <Edit resource={resource} {...edit} />
    </>
  );
}

function DeleteIt({ resource }: { readonly resource: ResourceDocument }) {
  const { product } = useOrganization();
  const [, go] = useLocation();
  const remove = useOpen();
  const { kind, id } = resource;
  return (
    <>
      <Decided icon={Trash2} point={product.guard("delete_resource", resource)} onPress={remove.open}>
        Delete
      </Decided>
      <ConfirmDelete
        {...remove}
        name={resource.name ?? id}
        fields={{ command: "delete_resource", resource: `${kind}/${id}` }}
        onDone={() => go(`/content/${kind}`)}
      />
    </>
  );
}

/** What it uses; of what one holds nothing on, the name stays unknown. */
function Uses({ resource }: { readonly resource: ResourceDocument }) {
  const { names } = useOrganization();
  return (
    <Card title="Uses">
      <ul className="rows">
        {(resource.uses ?? []).map((used) => {
          const [kind = ""] = used.split("/", 1);
          const Icon = kindIcon(kind);
          return (
            <li key={used} className="row">
              <span className="person">
                <Icon className="icon" aria-hidden />
                <span>
                  <b>{names.of(used)}</b>
                  <span className="muted">{names.kind(kind)}</span>
                </span>
              </span>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}

const Edit = fresh(function Edit({
  resource,
  isOpen,
  onOpenChange,
}: {
  readonly resource: ResourceDocument;
  readonly isOpen: boolean;
  readonly onOpenChange: (is: boolean) => void;
}) {
  const was = resource.name ?? resource.id;
  const [name, setName] = useState(was);
  const [uses, setUses] = useState<readonly string[]>(resource.uses ?? []);
  const usable = useUsable(resource.kind);
  const fields = {
    command: "change_resource" as const,
    resource: `${resource.kind}/${resource.id}`,
    ...(name.trim() !== was && { name: name.trim() }),
    ...(uses.join() !== (resource.uses ?? []).join() && { uses }),
  };
  return (
    <CommandDialog
      title={`Edit ${was}`}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      fields={name.trim() === "" || Object.keys(fields).length === 2 ? undefined : fields}
      submit="Save"
    >
      <Line label="Name" value={name} onChange={setName} required autoFocus />
      {usable.length > 0 && <Choices label="Uses" value={uses} onChange={setUses} choices={usable} />}
    </CommandDialog>
  );
});
