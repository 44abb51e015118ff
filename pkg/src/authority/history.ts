import type { Change, Fact, Note } from "../api/commands.js";
import type { Answer } from "./places.js";
import { pageSize } from "./page.js";
import { type Asked, Sight } from "./sight.js";

/** A change as one may see it. */
export interface SeenChange extends Change {
  /** How many of its facts and notes, and of the names in them, are left out; of its command only the name is there then, but for who gave it. */
  readonly withheld?: number;
}

/** Gives the texts of the changes before a revision, the newest first. */
export type Log = (before: number) => Iterable<string>;

/** After so many letters a page ends, however few changes they are: one change may come near a MiB. */
const LONGEST_PAGE = 1 << 20;

/** What changed, the newest first, for who may ask the organization's `who`. */
export function historyOf(asked: Asked, log: Log, before?: number, limit?: number): Answer {
  const { directory, rules, organization, as, now } = asked;
  const [action] = Object.keys(rules.document.kinds["organization"]?.actions ?? {});
  const told = directory.who(organization, action ?? "", "organization", organization, { as, now, limit: 1 });
  if (!told.ok) return told;
  const { found, next } = pageOf(log(before ?? Number.MAX_SAFE_INTEGER), pageSize(limit));
  const sight = new Sight(asked);
  try {
    return { ok: true, changes: found.map((change) => seen(change, sight, as)), ...(next === undefined ? {} : { next }) };
  } finally {
    sight.free();
  }
}

/** At least one, if there is any; `next` where there are more. */
function pageOf(log: Iterable<string>, most: number): { readonly found: readonly Change[]; readonly next?: number | undefined } {
  const found: Change[] = [];
  let letters = 0;
  for (const text of log) {
    if (found.length === most || letters >= LONGEST_PAGE) return { found, next: found.at(-1)?.after };
    found.push(JSON.parse(text) as Change);
    letters += text.length;
  }
  return { found };
}

function seen(change: Change, sight: Sight, as: string): SeenChange {
  const keys = new Set(
    [...change.removed, ...change.added].flatMap((fact) =>
      fact.fact === "api_key" && !sight.seesPeople(`project/${fact.project}`) ? [`api_key/${fact.id}`] : [],
    ),
  );
  const facts = (list: readonly Fact[]): Fact[] =>
    list.filter((fact) => isSeen(fact, sight, keys)).map((fact) => withoutNames(fact, sight));
  const [removed, added] = [facts(change.removed), facts(change.added)];
  const notes = change.notes?.filter((note) => isNoted(note, sight));
  const shown = { ...change, removed, added, ...(notes === undefined ? {} : { notes }) };
  const withheld = parts(change) - parts(shown);
  // What moved nothing has no facts by which to tell whether its names may be told.
  if (withheld === 0 && (parts(change) > 0 || change.actor === as)) return shown;
  return change.actor === as || namesNoMore(change.command, sight)
    ? { ...shown, withheld }
    : { ...shown, command: nameOf(change.command), withheld };
}

/** The command by its name alone. Whoever gave it knows the rest. */
function nameOf(given: Change["command"]): Change["command"] {
  const { id, command, organization } = given as Change["command"] & { organization?: string };
  return { id, command, organization } as Change["command"];
}

/** Whether a command names but one thing, which the asker is told of: which project was deleted is no secret where projects are none. */
function namesNoMore(command: Change["command"], sight: Sight): boolean {
  if (command.command === "delete_project") return sight.knows(`project/${command.project}`);
  return command.command === "delete_resource" && sight.knows(command.resource);
}

/** `keys` are those that the asker may not know. */
function isSeen(fact: Fact, sight: Sight, keys: ReadonlySet<string>): boolean {
  switch (fact.fact) {
    case "person":
      return sight.isMember(`user/${fact.id}`);
    case "binding":
      return isBindingSeen(fact.who, fact.on, sight, keys);
    case "resource":
      return sight.knows(fact.id) && sight.knows(fact.parent);
    case "api_key":
      return sight.seesPeople(`project/${fact.project}`);
    case "retired":
      return sight.knows(fact.id) && !keys.has(fact.id);
    case "sso":
      return Object.values(fact.map ?? {}).flat().every(({ on }) => on === undefined || sight.knows(on));
    default:
      return true;
  }
}

function isBindingSeen(who: string, on: string, sight: Sight, keys: ReadonlySet<string>): boolean {
  return !keys.has(who) && (on.startsWith("organization/") || sight.seesPeople(on));
}

function isNoted(note: Note, sight: Sight): boolean {
  return !("on" in note) || note.on.startsWith("organization/") || sight.seesPeople(note.on);
}

/** The notes of a command as whoever gave it may see them: of private things where they know of these, or named one themselves. */
export function notesFor(asked: Asked, { command, notes = [] }: Change): readonly Note[] {
  const named = "resource" in command ? command.resource : undefined;
  const isOpen = (note: Note): boolean => !("on" in note) || note.on === named || note.on.startsWith("organization/");
  if (notes.every(isOpen)) return notes;
  const sight = new Sight(asked);
  try {
    return notes.filter((note) => isOpen(note) || !("on" in note) || sight.knows(note.on));
  } finally {
    sight.free();
  }
}

/** A fact without the names of what the asker may not know. */
function withoutNames(fact: Fact, sight: Sight): Fact {
  if (fact.fact === "resource" && fact.uses !== undefined)
    return { ...fact, uses: fact.uses.filter((name) => sight.knows(name)) };
  if (fact.fact === "invite" && fact.projects !== undefined)
    return { ...fact, projects: fact.projects.filter(({ project }) => sight.knows(`project/${project}`)) };
  return fact;
}

/** How many facts, notes and names in facts a change has. */
function parts(change: Change): number {
  const names = (fact: Fact): number =>
    1 + (fact.fact === "resource" ? (fact.uses?.length ?? 0) : fact.fact === "invite" ? (fact.projects?.length ?? 0) : 0);
  const facts = [...change.removed, ...change.added];
  return facts.reduce((count, fact) => count + names(fact), change.notes?.length ?? 0);
}
