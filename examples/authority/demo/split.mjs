// A directory of several organizations, cut into one document for each: each moves into a place of its own.

/** The documents by the ids of their organizations, each with the people that it names. */
export function split(directory) {
  return new Map(directory.organizations.map((organization) => [organization.id, documentOf(directory, organization)]));
}

function documentOf(directory, organization) {
  const inside = (list = []) => list.filter((row) => row.organization === organization.id);
  const projects = inside(directory.projects);
  const resources = below(directory.resources ?? [], new Set([`organization/${organization.id}`, ...projects.map(({ id }) => `project/${id}`)]));
  const document = {
    format: directory.format,
    policy: directory.policy,
    organizations: [organization],
    groups: inside(directory.groups),
    serviceAccounts: inside(directory.serviceAccounts),
    projects,
    apiKeys: (directory.apiKeys ?? []).filter(({ project }) => projects.some(({ id }) => id === project)),
    resources,
    invites: inside(directory.invites),
  };
  const text = JSON.stringify(document);
  const isNamed = ({ id, email = id }) => text.includes(JSON.stringify(`user/${id}`)) || text.includes(JSON.stringify(email));
  return { ...document, people: directory.people.filter(isNamed) };
}

/** The resources that lie in these, or in one that does. */
function below(resources, parents) {
  const found = new Set(parents);
  for (let before = 0; before < found.size; ) {
    before = found.size;
    for (const { kind, id, parent } of resources) if (found.has(parent)) found.add(`${kind}/${id}`);
  }
  return resources.filter(({ parent }) => found.has(parent));
}
