import type { DirectoryDocument, ProjectDocument, ResourceDocument } from "../api/documents.js";
import type { Answer } from "./places.js";
import { type Asked, Sight } from "./sight.js";

type Row = DirectoryDocument["organizations"] extends readonly (infer R)[] | undefined ? R : never;

/** An organization as one of its members may see it. */
export interface View {
  readonly revision: number;
  readonly organization: string;
  /** A directory's document, without all that the asker may not see. */
  readonly document: DirectoryDocument;
  /** Whether members, invites, groups and service accounts are all there; else only whoever asks. */
  readonly sees: { readonly members: boolean };
}

/** What the asker may see. They must be active in the organization. */
export function viewOf(asked: Asked): Answer {
  const { directory, organization, as, now } = asked;
  const standing = directory.matrix(organization, "organization", organization, { as, now, limit: 1 });
  if (!standing.ok && OUTSIDE.has(standing.decision.reason)) return standing;
  const whole = directory.document();
  const sight = new Sight(asked, whole);
  try {
    const members = sight.seesPeople(`organization/${organization}`);
    const document = cut(asked, whole, sight, members);
    return { ok: true, revision: whole.revision ?? 0, organization, document, sees: { members } };
  } finally {
    sight.free();
  }
}

const OUTSIDE: ReadonlySet<string> = new Set(["unknown_principal", "not_a_member", "suspended", "unavailable"]);

function cut({ organization, as }: Asked, whole: DirectoryDocument, sight: Sight, members: boolean): DirectoryDocument {
  const all = <T>(rows: readonly T[] | undefined): readonly T[] => (members ? (rows ?? []) : []);
  const own = <T extends { readonly id: string }>(kind: string, rows: readonly T[] | undefined): readonly T[] =>
    (rows ?? []).filter((row) => members || as === `${kind}/${row.id}`);
  const document: DirectoryDocument = {
    format: 1,
    policy: whole.policy,
    revision: whole.revision,
    organizations: (whole.organizations ?? []).filter(({ id }) => id === organization).map((row) => home(row, as, members)),
    groups: all(whole.groups),
    serviceAccounts: own("service_account", whole.serviceAccounts),
    projects: (whole.projects ?? []).filter(({ id }) => sight.knows(`project/${id}`)).map((row) => projectOf(row, sight)),
    apiKeys: (whole.apiKeys ?? []).filter(({ id, project }) => as === `api_key/${id}` || sight.seesPeople(`project/${project}`)),
    resources: (whole.resources ?? []).filter(({ kind, id }) => sight.knows(`${kind}/${id}`)).map((row) => resourceOf(row, sight)),
    invites: all(whole.invites),
  };
  const named = peopleIn(document);
  const people = (whole.people ?? []).filter(({ id }) => as === `user/${id}` || named.has(`user/${id}`));
  return { ...document, people };
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

/** Every user that a document names. */
function peopleIn(part: unknown, field = "", found = new Set<string>()): Set<string> {
  if (typeof part === "string" && PRINCIPALS.has(field) && part.startsWith("user/")) found.add(part);
  if (typeof part === "object" && part !== null)
    for (const [name, inner] of Object.entries(part)) peopleIn(inner, Array.isArray(part) ? field : name, found);
  return found;
}
