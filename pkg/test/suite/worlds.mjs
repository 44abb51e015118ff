// Small directories around one asker.

export const asker = "user/asker@x.com";
const owner = "user/owner@x.com";

function base(document, edition, memberRoles) {
  const { top } = document.kinds.organization;
  const member = memberRoles === undefined ? { member: asker } : { member: asker, roles: memberRoles };
  return {
    format: 1,
    people: [{ id: "owner@x.com" }, { id: "asker@x.com" }],
    organizations: [{ id: "acme", edition, members: [{ member: owner, roles: [top] }, member] }],
  };
}

/** The asker holds exactly these roles on the organization. */
export function organizationWorld(document, roles, edition) {
  return base(document, edition, roles);
}

/** The asker holds exactly these roles on one project, and a thing of every kind lies in it. */
export function projectWorld(document, roles, edition) {
  const below = Object.entries(document.kinds).filter(([, kind]) => kind.parent === "project");
  return {
    ...base(document, edition, [idleRole(document)]),
    projects: [{ id: "thing", organization: "acme", members: [{ member: asker, roles }] }],
    resources: below.map(([kind]) => ({ kind, id: "thing", parent: "project/thing" })),
  };
}

/** Another's resource, shared at these levels with the receiver. */
export function sharedWorld(document, kind, levels, receiver) {
  const shares = [
    { with: owner, role: document.kinds[kind].sharing[0] },
    ...levels.map((role) => ({ with: receiver, role })),
  ];
  return {
    ...base(document, fullEdition(document)),
    groups: [{ id: "team", organization: "acme", members: [asker] }],
    resources: [{ kind, id: "thing", parent: "organization/acme", creator: owner, shares }],
  };
}

/** The edition with the most features. */
export function fullEdition(document) {
  const count = ([, edition]) => edition.features?.length ?? 0;
  return Object.entries(document.editions).reduce((best, one) => (count(one) >= count(best) ? one : best))[0];
}

/** The first edition without features. */
export function bareEdition(document) {
  return Object.entries(document.editions).find(([, edition]) => (edition.features?.length ?? 0) === 0)[0];
}

/** The last organization role that gives nothing on projects. */
function idleRole(document) {
  const { roles } = document.kinds.organization;
  return document.holders.user.roles.organization.findLast((role) => roles[role].implies?.project === undefined);
}
