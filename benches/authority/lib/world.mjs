// Organizations to begin with, and commands of which many are refused.

export const ORGANIZATIONS = ["north", "south", "west"];
export const OPERATOR = "operator@soak.example";

/** Nobody suspends or removes this one. */
export const ownerOf = (organization) => `owner@${organization}.example`;

const NAMES = ["ada", "ben", "cleo", "dan", "eva", "finn", "gus", "hana", "ivo", "june"];
const PROJECTS = ["alpha", "beta", "gamma", "delta"];

export const peopleOf = (organization) => NAMES.map((name) => `${name}@${organization}.example`);
export const projectsOf = (organization) => PROJECTS.map((name) => `${organization}-${name}`);

/** An organization as it moves in. */
export function documentOf(organization) {
  const [owner, people] = [ownerOf(organization), peopleOf(organization)];
  return {
    format: 1,
    people: [owner, ...people].map((id) => ({ id })),
    organizations: [
      {
        id: organization,
        name: organization,
        edition: "enterprise",
        creator: `user/${owner}`,
        members: [
          { member: `user/${owner}`, roles: ["organization_owner"] },
          ...people.map((id, place) => ({ member: `user/${id}`, roles: [ROLES[place % ROLES.length]] })),
        ],
      },
    ],
    projects: projectsOf(organization).map((id, place) => ({
      id,
      organization,
      members: people.filter((_, at) => at % (place + 2) === 0).map((one) => ({ member: `user/${one}`, roles: ["project_user"] })),
    })),
  };
}

const ROLES = ["organization_user", "organization_user", "organization_billing_admin", "organization_owner"];
const PROJECT_ROLES = ["project_owner", "project_user"];

/** A command by somebody, entitled or not. What it names may be gone. The owner stays. */
export function commandIn({ organization, dice, id, invites, made, isOwner }) {
  const people = peopleOf(organization);
  const member = `user/${dice.pick(people)}`;
  const project = dice.pick(projectsOf(organization));
  const fresh = `${organization}-${id}`;
  const makers = [
    () => ({ command: "rename_organization", name: `Organization ${id}` }),
    () => ({ command: "change_member_roles", member, roles: [dice.pick(ROLES)] }),
    () => ({ command: "suspend_member", member }),
    () => ({ command: "restore_member", member }),
    () => (dice.once(2) ? { command: "restore_member", member } : { command: "remove_member", member, successor: `user/${ownerOf(organization)}` }),
    () => ({ command: "invite_member", invite: fresh, address: member.slice(5), roles: [dice.pick(ROLES)], projects: [{ project, roles: ["project_user"] }] }),
    () => ({ command: "invite_member", invite: fresh, address: member.slice(5), roles: ["organization_user"] }),
    () => ({ command: "invite_member", invite: fresh, address: dice.pick(people), roles: ["organization_user"] }),
    () => ({ command: "delete_invite", invite: dice.pick(invites) ?? fresh }),
    () => ({ command: "add_project_member", project, member, roles: [dice.pick(PROJECT_ROLES)] }),
    () => ({ command: "change_project_member", project, member, roles: [dice.pick(PROJECT_ROLES)] }),
    () => ({ command: "remove_project_member", project, member }),
    () => ({ command: "create_api_key", project, key: fresh, roles: ["project_key"] }),
    () => ({ command: "delete_api_key", key: dice.pick(made.create_api_key) ?? fresh }),
    () => ({ command: "delete_project", project: dice.pick(made.create_project) ?? fresh }),
    () => ({ command: "rename_project", project, name: `Project ${id}` }),
    () => ({ command: "create_project", project: fresh }),
    () => (isOwner || dice.once(2) ? { command: "restore_member", member } : { command: "leave_organization" }),
  ];
  return { id, organization, ...dice.pick(makers)() };
}

/** What the product's API is asked, and what that needs. */
export function requestIn(organization, dice) {
  const project = dice.pick(projectsOf(organization));
  return dice.pick([
    { method: "GET", path: "/billing", question: ["view_billing", "organization", organization] },
    { method: "DELETE", path: `/projects/${project}`, question: ["delete", "project", project] },
    { method: "POST", path: `/projects/${project}/query`, question: ["query_vectors", "project", project] },
  ]);
}
