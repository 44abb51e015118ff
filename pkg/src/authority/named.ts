import type { PeopleMatrix, Told, WhoPage } from "../api/questions.js";
import type { DirectoryDocument } from "../api/documents.js";
import { type Asked, Sight } from "./sight.js";

/** An answer about people with what they are called: by `user/…`, `group/…`, `service_account/…`. */
export type Named<T> = T & { readonly names?: Readonly<Record<string, string>> };

/** Adds the names of whom the answer names, and of the groups by which they come. Who sees all members has them from the view. */
export function withNames<T extends WhoPage | PeopleMatrix>(told: Told<T>, asked: Asked): Told<T | Named<T>> {
  if (!told.ok) return told;
  const sight = new Sight(asked);
  try {
    if (sight.seesPeople(`organization/${asked.organization}`)) return told;
    return { ...told, names: namesOf(spokenOf(told), sight.document) };
  } finally {
    sight.free();
  }
}

function spokenOf(page: WhoPage | PeopleMatrix): ReadonlySet<string> {
  if ("rows" in page) return new Set(page.rows.map(({ principal }) => principal));
  const groups = page.items.flatMap(({ via }) => via.map(({ group }) => `group/${group ?? ""}`));
  return new Set([...page.items.map(({ principal }) => principal), ...groups]);
}

function namesOf(spoken: ReadonlySet<string>, whole: DirectoryDocument): Readonly<Record<string, string>> {
  const { people = [], groups = [], serviceAccounts = [], apiKeys = [] } = whole;
  const names: [principal: string, name: string][] = [];
  for (const [kind, rows] of [["user", people], ["group", groups], ["service_account", serviceAccounts], ["api_key", apiKeys]] as const)
    for (const { id, name } of rows) if (name !== undefined && spoken.has(`${kind}/${id}`)) names.push([`${kind}/${id}`, name]);
  return Object.fromEntries(names);
}
