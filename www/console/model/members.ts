import type { MembershipDocument, OrganizationDocument, ProjectDocument } from "bailiwick";
import type { View } from "../data/authority";
import type { Product } from "./product";

/** What a member holds on the organization: what was chosen, else the default. */
export function organizationRoles(product: Product, member: MembershipDocument): readonly string[] {
  const usual = product.kind("organization").default;
  return member.roles ?? (usual === undefined ? [] : [usual]);
}

/** What a member holds in a project: what was chosen, else what their organization roles give by default. */
export function projectRoles(
  product: Product,
  organization: OrganizationDocument,
  member: MembershipDocument,
): readonly string[] {
  if (member.roles !== undefined) return member.roles;
  const above = organization.members?.find((one) => one.member === member.member);
  const held = above === undefined ? [] : organizationRoles(product, above);
  return product.usual(held, "project");
}

/** The only active person who holds the role that governs the organization, where there is but one. */
export function lastOwnerOf(product: Product, organization: OrganizationDocument): string | undefined {
  const top = product.top("organization");
  if (top === undefined) return undefined;
  const owners = (organization.members ?? []).filter(
    (one) =>
      one.member.startsWith("user/") &&
      one.suspended !== true &&
      one.until === undefined &&
      organizationRoles(product, one).includes(top),
  );
  return owners.length === 1 ? owners[0]?.member : undefined;
}

/** The people to choose from: all members where one sees them, else those whom one meets in what one may see. */
export function peopleOf(view: View, organization: OrganizationDocument): readonly string[] {
  if (!view.sees.members) return (view.document.people ?? []).map(({ id }) => `user/${id}`);
  return (organization.members ?? []).map(({ member }) => member).filter((member) => member.startsWith("user/"));
}

/** The projects in which a principal has roles of its own. */
export function projectsOf(
  projects: readonly ProjectDocument[],
  member: string,
): readonly { readonly project: ProjectDocument; readonly membership: MembershipDocument }[] {
  return projects.flatMap((project) => {
    const membership = project.members?.find((one) => one.member === member);
    return membership === undefined ? [] : [{ project, membership }];
  });
}
