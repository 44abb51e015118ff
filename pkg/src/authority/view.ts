import type { DirectoryDocument, GroupDocument, ProjectDocument, ResourceDocument, ServiceAccountDocument } from "../api/documents.js";
import type { Answer } from "./places.js";
import { type Asked, Sight } from "./sight.js";
import { usedOf } from "./used.js";

type Row = DirectoryDocument["organizations"] extends readonly (infer R)[] | undefined ? R : never;

/** An organization as one of its members may see it. */
export interface View {
  readonly revision: number;
  readonly organization: string;
  /** A directory's document, without all that the asker may not see. */
  readonly document: DirectoryDocument;
  /** Whether members, invites, groups and service accounts are all there; else only whoever asks, and by their names the groups that they
   * are in and whatever they meet where they may ask who has what. */
  readonly sees: { readonly members: boolean };
  /** How much of each limit of the policy is used: what every member's access carries. */
  readonly used: Readonly<Record<string, number>>;
}

/** What the asker may see. They must be active in the organization. */
export function viewOf(asked: Asked): Answer {
  const { directory, organization, as, now } = asked;
  const standing = directory.matrix(organization, "organization", organization, { as, now, limit: 1 });
  if (!standing.ok && OUTSIDE.has(standing.decision.reason)) return standing;
  const sight = new Sight(asked);
  try {
    const whole = sight.document;
    const members = sight.seesPeople(`organization/${organization}`);
    const document = cut(asked, whole, sight, members);
    const used = usedOf(asked.rules.document, whole);
    return { ok: true, revision: whole.revision ?? 0, organization, document, sees: { members }, used };
  } finally {
    sight.free();
  }
}

const OUTSIDE: ReadonlySet<string> = new Set(["unknown_principal", "not_a_member", "suspended", "unavailable"]);

function cut({ organization, as }: Asked, whole: DirectoryDocument, sight: Sight, members: boolean): DirectoryDocument {
  const document: DirectoryDocument = {
    format: 1,
    policy: whole.policy,
    revision: whole.revision,
    organizations: (whole.organizations ?? []).filter(({ id }) => id === organization).map((row) => home(row, as, members)),
    projects: (whole.projects ?? []).filter(({ id }) => sight.knows(`project/${id}`)).map((row) => projectOf(row, sight)),
    apiKeys: (whole.apiKeys ?? []).filter(({ id, project }) => as === `api_key/${id}` || sight.seesPeople(`project/${project}`)),
    resources: (whole.resources ?? []).filter(({ kind, id }) => sight.knows(`${kind}/${id}`)).map((row) => resourceOf(row, sight)),
    invites: members ? (whole.invites ?? []) : [],
  };
  const { groups = [], serviceAccounts = [], people = [] } = whole;
  const named = principalsIn(document);
  return {
    ...document,
    groups: members ? groups : groups.filter((row) => isMet(row, as, named)).map((row) => groupOf(row, as)),
    serviceAccounts: members ? serviceAccounts : serviceAccounts.flatMap((row) => accountOf(row, as, named)),
    people: people.filter(({ id }) => as === `user/${id}` || named.has(`user/${id}`)),
  };
}

/** Whether the asker is in a group, or meets it where they may ask who has what. */
function isMet({ id, members }: GroupDocument, as: string, named: ReadonlySet<string>): boolean {
  return members?.includes(as) === true || named.has(`group/${id}`);
}

/** By its name; of who is in it, only whoever asks. */
function groupOf({ members, ...rest }: GroupDocument, as: string): GroupDocument {
  return members?.includes(as) === true ? { ...rest, members: [as] } : rest;
}

/** The asker's own row whole; one that they meet by its name. */
function accountOf(row: ServiceAccountDocument, as: string, named: ReadonlySet<string>): ServiceAccountDocument[] {
  const { id, organization, name } = row;
  if (as === `service_account/${id}`) return [row];
  return named.has(`service_account/${id}`) ? [{ id, organization, ...(name === undefined ? {} : { name }) }] : [];
}

function home(row: Row, as: string, members: boolean): Row {
  if (members) return row;
  const { creator, sso, ...rest } = row;
  return { ...rest, members: (row.members ?? []).filter(({ member }) => member === as) };
}

/** By its name to every member; who is in it, and who made it, to who may ask that. */
function projectOf(row: ProjectDocument, sight: Sight): ProjectDocument {
  if (sight.seesPeople(`project/${row.id}`)) return row;
  const { members, creator, ...rest } = row;
  return rest;
}

/** Where it lies, and what it uses, as far as the asker knows that; its shares and its creator to who may ask there. */
function resourceOf({ shares, creator, parent, uses, ...rest }: ResourceDocument, sight: Sight): ResourceDocument {
  const people = sight.seesPeople(`${rest.kind}/${rest.id}`);
  return {
    ...rest,
    ...(sight.knows(parent) ? { parent } : { parent: "" }),
    ...(uses === undefined ? {} : { uses: uses.filter((name) => sight.knows(name)) }),
    ...(people && creator !== undefined ? { creator } : {}),
    ...(people && shares !== undefined ? { shares } : {}),
  };
}

/** The fields of a document in which principals stand: a `name` may read like one, and names nobody. */
const PRINCIPALS: ReadonlySet<string> = new Set(["member", "members", "creator", "with", "sender"]);

/** Every principal that a document names. */
function principalsIn(part: unknown, field = "", found = new Set<string>()): Set<string> {
  if (typeof part === "string" && PRINCIPALS.has(field) && part.includes("/")) found.add(part);
  if (typeof part === "object" && part !== null)
    for (const [name, inner] of Object.entries(part)) principalsIn(inner, Array.isArray(part) ? field : name, found);
  return found;
}
