// The workload's facts in Bailiwick's own documents.
import * as W from './workload.mjs';
import { names } from './bailiwick-names.mjs';

export { names };

const actions = list => Object.fromEntries(list.map(a => [names.action(a), {}]));
const allow = list => ({ allow: list.map(names.action) });

export const policy = {
  format: 1, name: 'peers', label: 'Peers',
  editions: { only: { label: 'Only' } },
  holders: { user: { roles: {
    organization: ['owner', ...Object.keys(W.ORG_ROLE_DEFS).filter(r => r !== 'org_owner')],
    project: Object.keys(W.PROJECT_ROLE_DEFS),
    ...Object.fromEntries(W.RESOURCE_TYPES.map(t => [t, Object.keys(W.LEVEL_DEFS[t])])) } } },
  kinds: {
    platform: { actions: { create_organization: {} }, roles: { person: { allow: ['create_organization'] } } },
    organization: {
      parent: 'platform', top: 'owner', creator: 'owner', default: 'org_user', create: 'create_organization',
      actions: actions(W.ORG_PERMS),
      roles: {
        owner: { ...allow(W.ORG_PERMS), grant: ['owner', 'org_user', 'billing_admin'], implies: { project: ['owner'] } },
        org_user: allow(W.ORG_ROLE_DEFS.org_user), billing_admin: allow(W.ORG_ROLE_DEFS.billing_admin) } },
    project: {
      parent: 'organization', top: 'owner', creator: 'owner', create: names.action('org:projects.create'),
      actions: actions(W.PROJECT_PERMS),
      roles: { owner: { ...allow(W.PROJECT_PERMS), grant: ['owner', 'user'] }, user: allow(W.PROJECT_ROLE_DEFS.user) } },
    ...Object.fromEntries(W.RESOURCE_TYPES.map(t => [t, {
      parent: 'project', private: true, sharing: ['edit', W.lowLevel(t)], creator: 'edit', create: names.action(`project:${t}.create`),
      actions: actions(W.RESOURCE_ACTIONS),
      roles: { edit: { ...allow(W.LEVEL_DEFS[t].edit), grant: ['edit', W.lowLevel(t)] }, [W.lowLevel(t)]: allow(W.LEVEL_DEFS[t][W.lowLevel(t)]) } }])),
  },
  nobody: ['rename_organization', 'delete_organization', 'invite_member', 'resend_invite',
    'delete_invite', 'change_member_roles', 'suspend_member', 'restore_member', 'remove_member',
    'rename_project', 'delete_project', 'add_project_member', 'change_project_member', 'remove_project_member',
    'create_service_account', 'change_service_account', 'delete_service_account', 'create_api_key', 'change_api_key',
    'rotate_api_key', 'delete_api_key', 'change_resource', 'delete_resource', 'share', 'change_share',
    'unshare', 'create_group', 'add_to_group', 'remove_from_group', 'delete_group', 'configure_sso', 'change_edition', 'who',
    'matrix', 'upgrade'],
};

/** The directory's text. Whoever is not asked owns what is shared, for Bailiwick keeps somebody who holds it in full. */
export function directory(u) {
  const me = `user/${u.principal}`, boss = 'user/boss@peers.dev';
  return JSON.stringify({
    format: 1,
    people: [{ id: 'boss@peers.dev' }, { id: u.principal, email: 'me@peers.dev' }],
    organizations: [{ id: u.org, edition: 'only', members: [{ member: boss, roles: ['owner'] }, { member: me, roles: u.orgRoles }] }],
    projects: u.projects.map(p => ({ id: p.id, organization: u.org, members: p.role ? [{ member: me, roles: [p.role] }] : [] })),
    resources: u.resources.filter(x => x.level).map(x => ({ kind: x.type, id: x.id, parent: `project/${x.project}`,
      shares: x.level === 'edit' ? [{ with: me, role: 'edit' }] : [{ with: me, role: x.level }, { with: boss, role: 'edit' }] })),
  });
}

/** Everything as one text: whose access it is, the policy, the directory. */
export const text = u => [JSON.stringify([`user/${u.principal}`, u.org]), JSON.stringify(policy), directory(u)].join('\n');

/** The access from that text. */
export function accessOf({ Policy, Directory }, from) {
  const first = from.indexOf('\n'), second = from.indexOf('\n', first + 1);
  const loaded = Directory.load(Policy.compile(from.slice(first + 1, second)), from.slice(second + 1));
  const access = loaded.access(...JSON.parse(from.slice(0, first)));
  loaded.free();
  return access;
}

/** What the harness asks. */
export const asked = access => ({
  check: (action, type, id) => access.can(action, type, id),
  checkMany: (actions, type, ids) => access.canMany(actions, type, ids),
});
