import type { DirectoryDocument, PolicyDocument } from "../api/documents.js";

/** How much of each limit of the policy is used in the one organization of a document, as decisions count it: pending invites are people. */
export function usedOf({ limits = {} }: PolicyDocument, whole: DirectoryDocument): Readonly<Record<string, number>> {
  const people = (whole.organizations?.[0]?.members?.length ?? 0) + (whole.invites?.length ?? 0);
  const counted: Readonly<Record<string, number | undefined>> = {
    user: people,
    members: people,
    service_account: whole.serviceAccounts?.length,
    api_key: whole.apiKeys?.length,
    group: whole.groups?.length,
    project: whole.projects?.length,
  };
  const of = (kind: string): number =>
    Object.hasOwn(counted, kind) ? (counted[kind] ?? 0) : (whole.resources ?? []).filter((row) => row.kind === kind).length;
  return Object.fromEntries(Object.entries(limits).map(([limit, { counts }]) => [limit, of(counts)]));
}
