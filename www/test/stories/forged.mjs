// Requests past the page, with all that its person has: their sign-in, and a capsule that is as new as can be.

/** Sends a command; gives the status of the answer, its reason and its sentence. */
export const send = (page, organization, command) =>
  page.evaluate(
    async ([id, fields]) => {
      const authorization = `Bearer ${sessionStorage.getItem("bailiwick-token")}`;
      const base = `/api/organizations/${encodeURIComponent(id)}`;
      const { token } = await (await fetch(`${base}/capsule`, { headers: { authorization } })).json();
      const headers = { authorization, "bailiwick-capsule": token, "content-type": "application/json" };
      const body = JSON.stringify({ id: crypto.randomUUID(), organization: id, ...fields });
      const response = await fetch(`${base}/commands`, { method: "POST", headers, body });
      const { reason = "", text = "" } = await response.json();
      return { status: response.status, reason, text };
    },
    [organization, command],
  );

/** Asks a question past the page, likewise: `who?action=…`; gives the status of the answer and its body. */
export const asks = (page, organization, question) =>
  page.evaluate(
    async ([id, path]) => {
      const authorization = `Bearer ${sessionStorage.getItem("bailiwick-token")}`;
      const base = `/api/organizations/${encodeURIComponent(id)}`;
      const { token } = await (await fetch(`${base}/capsule`, { headers: { authorization } })).json();
      const response = await fetch(`${base}/${path}`, { headers: { authorization, "bailiwick-capsule": token } });
      return { status: response.status, body: await response.json() };
    },
    [organization, question],
  );

/** What commands say beside their name, where all that matters is who sends them. */
const FIELDS = {
  rename_organization: { name: "Mine" },
  invite_member: { invite: "by-hand", address: "friend@acme.example" },
  resend_invite: { invite: "invite-lena" },
  delete_invite: { invite: "invite-lena" },
  create_group: { group: "by-hand", name: "Mine" },
  create_service_account: { account: "by-hand", name: "Mine" },
  configure_sso: { default: [] },
  create_api_key: { key: "by-hand", name: "Mine" },
  rename_project: { name: "Mine" },
  change_resource: { name: "Mine" },
  create_project: { project: "by-hand", name: "Mine" },
};

/** All commands behind a decision point, sent: those that the role model guards with it. */
export async function forge(page, directory, organization, point) {
  const [, action, kind, id] = /^(\S+) ([^/]+)\/(.*)$/.exec(point);
  const policy = await page.evaluate(async () => (await fetch("/api/policy")).json());
  const guarded = Object.entries(policy.commands).filter(([, guards]) => guards[kind] === action);
  const made = Object.entries(policy.kinds).filter(([, { create, parent }]) => create === action && parent === kind);
  const some = someOf(directory, policy, organization, id);
  const commands = [
    ...guarded.map(([command]) => ({ command, ...FIELDS[command], ...about(command, kind, id, some) })),
    ...made.map(([child]) => creation(child, kind, id)),
  ];
  const answers = [];
  for (const command of commands) answers.push({ request: command.command, ...(await send(page, organization, command)) });
  return answers;
}

/** Makes a thing of a kind. */
function creation(child, kind, id) {
  if (child === "project") return { command: "create_project", ...FIELDS.create_project };
  return { command: "create_resource", resource: `${child}/by-hand`, parent: `${kind}/${id}`, name: "Mine" };
}

/** What a command is about. */
function about(command, kind, id, { member, group, account, key, role }) {
  if (kind === "project")
    return keyed(command, id, key) ?? { project: id, ...inProject(command, member) };
  if (kind !== "organization") return { resource: `${kind}/${id}`, ...sharedWith(command, member) };
  if (command === "invite_member") return { roles: [role] };
  if (/_member(_roles)?$/.test(command)) return { member, ...(command === "change_member_roles" && { roles: [role] }) };
  if (/_group$/.test(command)) return command === "create_group" ? {} : { group, ...(command !== "delete_group" && { member }) };
  if (/_service_account$/.test(command)) return { account, ...(!command.startsWith("delete") && { roles: [role] }) };
  return {};
}

/** A key that is there knows its project. */
function keyed(command, project, key) {
  if (!command.endsWith("_api_key")) return undefined;
  if (command === "create_api_key") return { project };
  return { key, ...(command === "change_api_key" && { roles: ["project_key"] }) };
}

const inProject = (command, member) =>
  command.endsWith("_project_member") && { member, ...(!command.startsWith("remove") && { roles: ["project_user"] }) };

const sharedWith = (command, member) => /share$/.test(command) && { with: member, ...(command !== "unshare" && { role: "edit" }) };

/** Somebody and something of an organization, to speak of. */
function someOf(directory, policy, organization, project) {
  const inside = ({ organization: where }) => where === organization;
  const { members } = directory.organizations.find(({ id }) => id === organization);
  return {
    member: members.at(-1).member,
    account: directory.serviceAccounts?.find(inside)?.id ?? "by-hand",
    group: directory.groups?.find(inside)?.id ?? "by-hand",
    key: directory.apiKeys?.find((key) => key.project === project)?.id ?? "by-hand",
    role: policy.kinds.organization.default,
  };
}
