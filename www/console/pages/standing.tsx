import { useOrganization } from "../data/organization";
import type { View } from "../data/authority";

type Group = NonNullable<View["document"]["groups"]>[number];

/** Facts of what somebody is here: roles on the organization, or `none`, and the groups that they are in, if any. */
export function Standing({ roles, groups, none }: { readonly roles: readonly string[]; readonly groups: readonly Group[]; readonly none: string }) {
  const { names } = useOrganization();
  return (
    <>
      <div>
        <dt>{roles.length > 1 ? "Roles" : "Role"}</dt>
        <dd>{names.roles("organization", roles) || none}</dd>
      </div>
      {groups.length > 0 && (
        <div>
          <dt>{groups.length > 1 ? "Groups" : "Group"}</dt>
          <dd>{groups.map((group) => group.name ?? group.id).join(", ")}</dd>
        </div>
      )}
    </>
  );
}
