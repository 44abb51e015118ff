import type { DirectoryDocument, MembershipDocument } from "../../../pkg/src/api/documents";
import type { Directory, Policy } from "../../../pkg/src/cli/module";
import type { Bound, Reach, Scope, Tree } from "./protocol";

/** The resources of a directory as they lie below one another, with who is bound where. */
export function treeOf(document: DirectoryDocument): Tree {
  const { people = [], organizations = [], groups = [], serviceAccounts = [], apiKeys = [] } = document;
  const names = new Map<string, string | undefined>();
  for (const { id, name } of people) names.set(`user/${id}`, name);
  for (const { id, name } of serviceAccounts) names.set(`service_account/${id}`, name);
  for (const { id, name } of groups) names.set(`group/${id}`, name);
  for (const { id, name } of apiKeys) names.set(`api_key/${id}`, name);
  const below = belowOf(document, names);
  return {
    scopes: organizations.map(({ id, name, edition, members = [] }) => ({
      kind: "organization",
      id,
      name,
      aside: edition,
      bound: [
        ...members.map((member) => boundOf(member, names)),
        ...serviceAccounts
          .filter(({ organization, roles = [] }) => organization === id && roles.length > 0)
          .map(({ id: account, roles = [], suspended }) => ({
            who: `service_account/${account}`,
            name: names.get(`service_account/${account}`),
            roles,
            suspended,
          })),
      ],
      below: below(`organization/${id}`),
    })),
    groups: groups.map(({ id, organization, name, members = [] }) => ({ id, organization, name, members })),
    principals: [...names].filter(([id]) => !id.startsWith("group/")).map(([id, name]) => ({ id, name })),
  };
}

/** The scopes below one, by `kind/id`. */
function belowOf(document: DirectoryDocument, names: ReadonlyMap<string, string | undefined>) {
  const { projects = [], apiKeys = [], resources = [] } = document;
  const children = new Map<string, (() => Scope)[]>();
  const add = (parent: string, scope: () => Scope) => {
    const list = children.get(parent);
    if (list === undefined) children.set(parent, [scope]);
    else list.push(scope);
  };
  const below = (parent: string): Scope[] => (children.get(parent) ?? []).map((scope) => scope());
  for (const { id, name, organization, members = [] } of projects)
    add(`organization/${organization}`, () => {
      const keys = apiKeys
        .filter(({ project }) => project === id)
        .map(({ id: key, roles = [] }) => ({ who: `api_key/${key}`, name: names.get(`api_key/${key}`), roles }));
      const bound = [...members.map((member) => boundOf(member, names)), ...keys];
      return { kind: "project", id, name, bound, below: below(`project/${id}`) };
    });
  for (const { kind, id, name, parent, shares = [] } of resources)
    add(parent, () => ({
      kind,
      id,
      name,
      bound: shares.map(({ with: who, role, until }) => ({ who, name: names.get(who), roles: [role], until })),
      below: below(`${kind}/${id}`),
    }));
  return below;
}

function boundOf(
  { member, roles = [], suspended, until }: MembershipDocument,
  names: ReadonlyMap<string, string | undefined>,
): Bound {
  return { who: member, name: names.get(member), roles, until, suspended };
}

/** How many actions of each resource somebody may do. */
export function reachOf(policy: Policy, directory: Directory, tree: Tree, principal: string): Reach {
  const actions = new Map(policy.kinds.map((kind) => [kind.kind, kind.actions]));
  const reach: Record<string, readonly [number, number]> = {};
  for (const organization of tree.scopes) {
    const access = directory.access(principal, organization.id);
    for (const [kind, ids] of byKind([organization])) {
      const columns = actions.get(kind) ?? [];
      const cells = access.canMany(columns, kind, ids);
      ids.forEach((id, row) => {
        const own = cells.subarray(row * columns.length, (row + 1) * columns.length);
        reach[`${kind}/${id}`] = [own.reduce((sum, cell) => sum + cell, 0), columns.length];
      });
    }
    access.free();
  }
  return reach;
}

function byKind(scopes: readonly Scope[], found = new Map<string, string[]>()): Map<string, string[]> {
  for (const { kind, id, below } of scopes) {
    const ids = found.get(kind);
    if (ids === undefined) found.set(kind, [id]);
    else ids.push(id);
    byKind(below, found);
  }
  return found;
}
