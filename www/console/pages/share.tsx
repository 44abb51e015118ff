import { useState } from "react";
import type { ResourceDocument } from "bailiwick";
import { useOrganization } from "../data/organization";
import { useFetched } from "../data/resource";
import { peopleOf } from "../model/members";
import { dateOf, day, endOf } from "../model/time";
import { Skeleton, Trouble } from "../ui/bits";
import { CommandDialog } from "../ui/command";
import { Line, Pick } from "../ui/fields";
import { fresh } from "../ui/fresh";
import { PrincipalPicker } from "../ui/principal";

interface Shared {
  readonly resource: ResourceDocument;
  readonly isOpen: boolean;
  readonly onOpenChange: (is: boolean) => void;
}

/** Gives somebody a level on one thing. */
export const ShareDialog = fresh(function ShareDialog({ resource, isOpen, onOpenChange }: Shared) {
  const receivers = useReceivers(resource);
  const { view } = useOrganization();
  const hint = view.sees.members
    ? "A person, a group, or everyone."
    : "Everyone, a group of yours, whom you meet in what is shared, or anybody by their whole address.";
  const [receiver, setReceiver] = useState("");
  const [role, setRole] = useState("");
  const [until, setUntil] = useState("");
  const end = endOf(until);
  const choose = (chosen: string) => {
    setReceiver(chosen);
    setRole("");
  };
  return (
    <CommandDialog
      title={`Share ${resource.name ?? resource.id}`}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      fields={
        receiver === "" || role === ""
          ? undefined
          : {
              command: "share",
              resource: `${resource.kind}/${resource.id}`,
              with: receiver,
              role,
              ...(end !== undefined && { until: end }),
            }
      }
      submit="Share"
    >
      <PrincipalPicker
        label="With"
        hint={hint}
        options={receivers}
        value={receiver}
        onChange={choose}
        addresses
        autoFocus
      />
      {receiver !== "" && <LevelPicker resource={resource} receiver={receiver} value={role} onChange={setRole} />}
      <Line label="Until" type="date" value={until} onChange={setUntil} hint="Empty: without an end." />
    </CommandDialog>
  );
});

/** Another level, or another end, for who has one. */
export const ChangeShareDialog = fresh(function ChangeShareDialog({
  resource,
  share,
  isOpen,
  onOpenChange,
}: Shared & { readonly share: { readonly with: string; readonly role: string; readonly until?: number | undefined } }) {
  const { names } = useOrganization();
  const [role, setRole] = useState(share.role);
  const [until, setUntil] = useState(dateOf(share.until));
  const end = until === dateOf(share.until) ? share.until : endOf(until);
  const same = role === share.role && end === share.until;
  return (
    <CommandDialog
      title={`What ${names.of(share.with)} has`}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      fields={
        same
          ? undefined
          : {
              command: "change_share",
              resource: `${resource.kind}/${resource.id}`,
              with: share.with,
              role,
              ...(end !== undefined && { until: end }),
            }
      }
      submit="Save"
    >
      <LevelPicker resource={resource} receiver={share.with} value={role} onChange={setRole} held={share.role} />
      <Line label="Until" type="date" value={until} onChange={setUntil} hint="Empty: without an end." />
    </CommandDialog>
  );
});

interface LevelProps {
  readonly resource: ResourceDocument;
  readonly receiver: string;
  readonly value: string;
  readonly onChange: (role: string) => void;
  readonly held?: string;
}

function LevelPicker({ resource, receiver, value, onChange, held }: LevelProps) {
  const { link, names, view, product } = useOrganization();
  const { kind, id } = resource;
  const { value: told, error } = useFetched(`${receiver} ${kind}/${id}`, view.revision, () =>
    link.grantable(receiver, kind, id),
  );
  if (error !== undefined) return <Trouble text={error} />;
  if (told === undefined) return <Skeleton lines={2} label="Asking which levels may be given" />;
  if (!told.ok) return <Trouble text={told.text} refused />;
  const ends = new Map(told.roles.map(({ role, until }) => [role, until]));
  const levels = (product.kind(kind).sharing ?? []).filter((role) => ends.has(role) || role === held);
  if (levels.length === 0) return <p className="muted">There is no level that you may give to {names.of(receiver)}.</p>;
  const options = levels.map((role) => ({ id: role, label: names.role(kind, role), hint: aboutLevel(role) }));
  function aboutLevel(role: string): string {
    const allowed = product.kind(kind).roles?.[role]?.allow ?? [];
    const end = ends.get(role);
    return (
      allowed.map((action) => names.action(kind, action)).join(", ") +
      (end === undefined ? "" : `; until ${day(end)} at the latest`)
    );
  }
  return <Pick label="Level" value={value} onChange={onChange} options={options} />;
}

/** Whoever has nothing of their own on it yet, as the policy lets kinds of principals hold something there. */
function useReceivers(resource: ResourceDocument): readonly string[] {
  const { product, organization, view, me } = useOrganization();
  const has = new Set(resource.shares?.map((share) => share.with));
  const may = (holder: string) => product.rolesFor(holder, resource.kind).length > 0;
  const { groups = [], serviceAccounts = [] } = view.document;
  return [
    ...(may("members") ? ["members"] : []),
    ...(may("group") ? groups.map(({ id }) => `group/${id}`) : []),
    ...peopleOf(view, organization),
    ...(may("service_account") ? serviceAccounts.map(({ id }) => `service_account/${id}`) : []),
  ].filter((one) => !has.has(one) && one !== me);
}
