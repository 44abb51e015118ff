import { UserPlus, Users } from "lucide-react";
import { useDeferredValue, useMemo, useState } from "react";
import { useCan } from "bailiwick/react";
import { useOrganization } from "../data/organization";
import { organizationRoles } from "../model/members";
import { Empty, PageHead, Trouble } from "../ui/bits";
import { Decided, useOpen } from "../ui/decided";
import { Search } from "../ui/search";
import { useShown } from "../ui/why";
import { Invite } from "./invite";
import { MemberTable } from "./member-table";
import { PendingInvites } from "./pending-invites";
import { useSeesMembers } from "./for-who-sees-members";

/** A member as the table shows one. */
export interface Row {
  readonly member: string;
  readonly name: string;
  readonly address: string;
  readonly roles: readonly string[];
  readonly said: string;
  readonly suspended: boolean;
  /** What a search looks through. */
  readonly text: string;
}

export function Members() {
  const { product, id, organization, names, view } = useOrganization();
  const invite = useOpen();
  const rows = useRows();
  const [search, setSearch] = useState("");
  // A letter is shown at once, what it finds as soon as there is time.
  const wanted = useDeferredValue(search).trim().toLowerCase();
  const found = useMemo(() => rows.filter(({ text }) => text.includes(wanted)), [rows, wanted]);
  const point = useSeesMembers();
  const may = useCan(point?.action ?? "", "organization", id);
  useShown(point, "Who belongs here");
  return (
    <>
      <PageHead
        title="Members"
        about={view.sees.members ? `${rows.length.toLocaleString("en")} in ${organization.name ?? id}` : undefined}
      >
        <Decided
          variant="primary"
          icon={UserPlus}
          point={product.guard("invite_member", { kind: "organization", id })}
          onPress={invite.open}
        >
          Invite
        </Decided>
      </PageHead>
      {!may && (
        <Trouble
          refused
          text={`Who belongs to ${names.of(`organization/${id}`)} is not yours to see. You are shown what is.`}
        />
      )}
      <PendingInvites />
      {rows.length > 0 && (
        <Search of="members" placeholder="Search by name, address or role" value={search} onChange={setSearch} />
      )}
      {found.length === 0 ? (
        <Empty icon={Users} title={wanted === "" ? "No members to show" : `Nobody matches “${search.trim()}”`} />
      ) : (
        <MemberTable rows={found} />
      )}
      <Invite {...invite} />
    </>
  );
}

function useRows(): readonly Row[] {
  const { organization, product, names } = useOrganization();
  return useMemo(
    () =>
      (organization.members ?? [])
        .filter(({ member }) => member.startsWith("user/"))
        .map((member) => {
          const roles = organizationRoles(product, member);
          const name = names.of(member.member);
          const address = member.member.slice("user/".length);
          const said = names.roles("organization", roles);
          const text = `${name} ${address} ${said}`.toLowerCase();
          return { member: member.member, name, address, roles, said, suspended: member.suspended === true, text };
        }),
    [organization, product, names],
  );
}
