import type * as documents from "../api/documents.js";

/** All the fields of a type: one that is missing or too many does not compile. */
const fields = <T>(names: { readonly [F in keyof Required<T>]: true }): string[] => Object.keys(names);

type Item<L> = NonNullable<L> extends readonly (infer One)[] ? One : never;
type Entry<R> = NonNullable<R>[keyof NonNullable<R>];

const noted = { label: true, source: true } as const;
const named = { id: true, name: true } as const;
const member = fields<documents.MembershipDocument>({
  member: true,
  roles: true,
  suspended: true,
  suspendedBy: true,
  until: true,
});

/** What lies where in a policy; `*` is any name. */
const POLICY: { readonly [place: string]: string[] } = {
  "": fields<documents.PolicyDocument>({
    $schema: true,
    format: true,
    name: true,
    ...noted,
    features: true,
    limits: true,
    editions: true,
    holders: true,
    invites: true,
    organizations: true,
    kinds: true,
    commands: true,
    questions: true,
    nobody: true,
    assertions: true,
    explained: true,
  }),
  "features.*": fields<Entry<documents.PolicyDocument["features"]>>(noted),
  "limits.*": fields<Entry<documents.PolicyDocument["limits"]>>({ ...noted, counts: true }),
  "editions.*": fields<documents.EditionDocument>({ ...noted, features: true, limits: true }),
  "holders.*": fields<documents.HolderDocument>({
    ...noted,
    feature: true,
    roles: true,
    baseline: true,
    default: true,
  }),
  invites: fields<NonNullable<documents.PolicyDocument["invites"]>>({ to: true, days: true }),
  organizations: fields<NonNullable<documents.PolicyDocument["organizations"]>>({ further: true }),
  "kinds.*": fields<documents.KindDocument>({
    ...noted,
    parent: true,
    plural: true,
    private: true,
    available: true,
    feature: true,
    top: true,
    creator: true,
    default: true,
    sharing: true,
    create: true,
    use: true,
    run: true,
    actions: true,
    roles: true,
  }),
  "kinds.*.actions.*": fields<documents.ActionDocument>({
    ...noted,
    feature: true,
    limit: true,
    available: true,
    requestable: true,
  }),
  "kinds.*.roles.*": fields<documents.RoleDocument>({
    ...noted,
    allow: true,
    implies: true,
    grant: true,
    default: true,
    feature: true,
  }),
  assertions: fields<documents.AssertionDocument>({ source: true, only: true, may: true, on: true }),
};

/** What lies where in a directory. */
const DIRECTORY: { readonly [place: string]: string[] } = {
  "": fields<documents.DirectoryDocument>({
    $schema: true,
    format: true,
    policy: true,
    revision: true,
    changed: true,
    people: true,
    organizations: true,
    groups: true,
    serviceAccounts: true,
    projects: true,
    apiKeys: true,
    resources: true,
    invites: true,
    applied: true,
    retired: true,
  }),
  people: fields<documents.PersonDocument>({ ...named, email: true }),
  organizations: fields<documents.OrganizationDocument>({
    ...named,
    edition: true,
    creator: true,
    members: true,
    sso: true,
  }),
  "organizations.members": member,
  "organizations.sso": fields<documents.SsoDocument>({ domains: true, default: true, map: true }),
  groups: fields<documents.GroupDocument>({ ...named, organization: true, members: true }),
  serviceAccounts: fields<documents.ServiceAccountDocument>({
    ...named,
    organization: true,
    roles: true,
    suspended: true,
  }),
  projects: fields<documents.ProjectDocument>({ ...named, organization: true, creator: true, members: true }),
  "projects.members": member,
  apiKeys: fields<documents.ApiKeyDocument>({ ...named, project: true, creator: true, rotations: true, roles: true }),
  resources: fields<documents.ResourceDocument>({
    ...named,
    kind: true,
    parent: true,
    creator: true,
    uses: true,
    shares: true,
  }),
  "resources.shares": fields<documents.ShareDocument>({ with: true, role: true, until: true }),
  invites: fields<documents.InviteDocument>({
    id: true,
    organization: true,
    address: true,
    roles: true,
    projects: true,
    sender: true,
    expires: true,
  }),
  "invites.projects": fields<Item<documents.InviteDocument["projects"]>>({ project: true, roles: true }),
  applied: fields<Item<documents.DirectoryDocument["applied"]>>({ id: true, digest: true }),
};

/** The fields that may stand beside the one at a path. */
export function fieldsAt(kind: "policy" | "directory", path: string): string[] {
  const steps = path
    .replaceAll(/\[\d+\]/g, "")
    .split(".")
    .slice(0, -1);
  const place = kind === "policy" ? steps.map(starred).join(".") : steps.join(".");
  return (kind === "policy" ? POLICY : DIRECTORY)[place] ?? [];
}

/** In a policy every second step is a name of its own. */
const starred = (step: string, index: number): string => (index % 2 === 1 ? "*" : step);
