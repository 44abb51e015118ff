import { Send, Trash2 } from "lucide-react";
import { useState } from "react";
import type { InviteDocument } from "bailiwick";
import { useOrganization } from "../data/organization";
import { day } from "../model/time";
import { Badge, Card } from "../ui/bits";
import { CommandDialog, useRun } from "../ui/command";
import { Decided } from "../ui/decided";

/** Who was asked in and has not come yet: into the organization, or into one of its projects. */
export function PendingInvites({ project }: { readonly project?: string }) {
  const { view } = useOrganization();
  const all = view.document.invites ?? [];
  const invites =
    project === undefined ? all : all.filter(({ projects = [] }) => projects.some((one) => one.project === project));
  const [doomed, setDoomed] = useState<InviteDocument>();
  const [open, setOpen] = useState(false);
  if (invites.length === 0 && doomed === undefined) return null;
  return (
    <Card title="Pending invites" about="They count as members, and give nothing until they are accepted.">
      <ul className="rows">
        {invites.map((invite) => (
          <li key={invite.id}>
            <Pending invite={invite} onDelete={() => (setDoomed(invite), setOpen(true))} />
          </li>
        ))}
      </ul>
      {doomed !== undefined && (
        <CommandDialog
          title={`Delete the invite of ${doomed.address}`}
          isOpen={open}
          onOpenChange={setOpen}
          fields={{ command: "delete_invite", invite: doomed.id }}
          submit="Delete"
          grave
        >
          <p>They can no longer accept it.</p>
        </CommandDialog>
      )}
    </Card>
  );
}

function Pending({ invite, onDelete }: { readonly invite: InviteDocument; readonly onDelete: () => void }) {
  const { product, id, names } = useOrganization();
  const run = useRun();
  const here = { kind: "organization", id };
  const ended = invite.expires <= Date.now();
  return (
    <div className="row">
      <div className="row-text">
        <b>{invite.address}</b>
        <span className="muted">
          {names.roles("organization", invite.roles ?? []) || "No organization role"}
          {(invite.projects ?? []).map(
            ({ project, roles }) =>
              `, ${names.of(`project/${project}`)}${roles === undefined ? "" : ` (${names.roles("project", roles)})`}`,
          )}
        </span>
        <span className="muted">
          Sent by {names.of(invite.sender)},{" "}
          {ended ? <Badge tone="ended">ended {day(invite.expires)}</Badge> : `until ${day(invite.expires)}`}
        </span>
      </div>
      <div className="row-actions">
        <Decided
          size="small"
          icon={Send}
          point={product.guard("resend_invite", here)}
          onPress={() => void run({ command: "resend_invite", invite: invite.id })}
        >
          Send again
        </Decided>
        <Decided size="small" icon={Trash2} point={product.guard("delete_invite", here)} onPress={onDelete}>
          Delete
        </Decided>
      </div>
    </div>
  );
}
