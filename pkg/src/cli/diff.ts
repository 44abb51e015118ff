import type { RoleMapping, Totals } from "../api/questions.js";
import { type Arguments, need } from "./arguments.js";
import { FINE, FOUND, type Command } from "./command.js";
import { type ReadPolicy, Wrong, needDirectory, needPolicy } from "./documents.js";
import { faultOf, parsed } from "./faults.js";
import { type Movement, compareDirectories, comparePolicies } from "./compare.js";
import { type Changes, changesOf } from "./changes.js";
import { read } from "./input.js";
import { type Source, textOf } from "./source.js";
import { BailiwickError, BailiwickTypeError } from "./module.js";
import { momentOf } from "./moment.js";
import { inside } from "./names.js";
import { nearest } from "./nearest.js";
import { type Screen, counted } from "./screen.js";
import { showChanges, showMovements } from "./differences.js";
import { Usage } from "./usage.js";

export const diff: Command = {
  name: "diff",
  summary: "say who gains and loses what between policies or directories",
  forms: [
    "<old policy> <new policy>",
    "<old policy> <new policy> --directory <file> [--organization <id>]",
    "<policy> --directory <old file> --directory <new file> [--organization <id>]",
  ],
  text: [
    "Two policies: which role gains and loses which action.",
    "Two policies and a directory: who would gain and lose what if its organization moved from the one to the other.",
    "One policy and two directories: who gains and loses what from the one to the other.",
  ],
  options: {
    directory: {
      value: "<file>",
      short: "d",
      multiple: true,
      text: "a directory; given twice, the old one and the new one",
    },
    organization: { value: "<id>", multiple: true, text: "only this organization; else all of them" },
    roles: {
      value: "<file>",
      text: 'what roles are called in the new policy, as JSON: { "project": { "project_user": ["project_editor"] } }',
    },
    now: { value: "<time>", text: "the moment compared: a date, or milliseconds since 1970; else this one" },
  },
  examples: [
    "diff pinecone pinecone-2026",
    "diff pinecone new.json --directory acme.json --organization acme",
    "diff pinecone --directory before.json --directory after.json",
  ],
  one: "there is a difference",
  run,
};

async function run(args: Arguments, screen: Screen): Promise<number> {
  const directories = args.all("directory");
  const [first = "", second] = need(args, ["<policy>", "[<policy>]"], "diff");
  mustFit(args, second, directories.length);
  const old = await needPolicy(first);
  if (second === undefined) return between(args, screen, old, directories);
  const recent = await needPolicy(second);
  if (directories.length === 0) return tables(args, screen, old, recent);
  return moved(args, screen, old, recent, directories[0] ?? "");
}

/** Which of the three forms was meant. */
function mustFit(args: Arguments, second: string | undefined, directories: number): void {
  const wrong = (message: string): never => {
    throw new Usage(message, { command: "diff" });
  };
  if (second === undefined && directories !== 2)
    wrong("two policies are compared, or one policy with --directory twice");
  if (second !== undefined && directories > 1) wrong("two policies take one --directory");
  if (directories === 0)
    for (const option of ["organization", "now", "roles"])
      if (args.has(option)) wrong(`\`--${option}\` needs a --directory`);
  if (second === undefined && args.has("roles")) wrong("`--roles` is for two policies");
}

function tables(args: Arguments, screen: Screen, old: ReadPolicy, recent: ReadPolicy): number {
  const changes: Changes = changesOf(old.policy, recent.policy);
  if (args.has("json")) screen.json(changes);
  else showChanges(screen, changes, old.policy.label, recent.policy.label);
  return changes.same ? FINE : FOUND;
}

async function moved(
  args: Arguments,
  screen: Screen,
  old: ReadPolicy,
  recent: ReadPolicy,
  name: string,
): Promise<number> {
  const { directory, source } = await needDirectory(name, old);
  const file = args.one("roles");
  const roles = file === undefined ? undefined : await read(file);
  const now = momentOf(args.one("now"), "diff");
  const organizations = chosen(args, [source]);
  const movements = attempt(source, roles, () =>
    organizations.map((id) => comparePolicies(directory, id, recent.policy, rolesOf(roles), now)),
  );
  return told(args, screen, movements);
}

async function between(
  args: Arguments,
  screen: Screen,
  of: ReadPolicy,
  [first = "", second = ""]: readonly string[],
): Promise<number> {
  const old = await needDirectory(first, of);
  const recent = await needDirectory(second, of);
  const now = momentOf(args.one("now"), "diff");
  const organizations = chosen(args, [old.source, recent.source]);
  const movements = organizations.map((id) => compareDirectories(of.policy, old.directory, recent.directory, id, now));
  return told(args, screen, movements);
}

function told(args: Arguments, screen: Screen, movements: readonly Movement[]): number {
  const changed = movements.some(({ rows, unmapped }) => rows.length > 0 || unmapped.length > 0);
  if (args.has("json")) screen.json({ same: !changed, organizations: movements });
  else {
    for (const movement of movements) showMovements(screen, movement);
    screen.line(changed ? summary(movements.map(({ totals }) => totals)) : "Nobody gains or loses anything.");
  }
  return changed ? FOUND : FINE;
}

function summary(totals: readonly Totals[]): string {
  const sum = (field: "principals" | "gained" | "lost"): number => totals.reduce((all, one) => all + one[field], 0);
  const who = counted(sum("principals"), "principal");
  return `${who}: ${counted(sum("gained"), "action")} gained, ${counted(sum("lost"), "action")} lost`;
}

/** The organizations that were asked for, or all that there are. */
function chosen(args: Arguments, sources: readonly Source[]): readonly string[] {
  const ids = [...new Set(sources.flatMap((source) => organizationsOf(parsed(source))))].sort();
  const wanted = args.all("organization");
  for (const id of wanted)
    if (!ids.includes(id))
      throw new Usage(`no organization \`${id}\` in ${sources.map(({ name }) => name).join(" or ")}`, {
        command: "diff",
        meant: nearest(id, ids),
      });
  return wanted.length > 0 ? [...new Set(wanted)] : ids;
}

function organizationsOf(document: unknown): string[] {
  const list = inside(document, "organizations");
  return Array.isArray(list) ? list.map((one) => String(inside(one, "id"))) : [];
}

function rolesOf(source: Source | undefined): RoleMapping {
  if (source === undefined) return {};
  try {
    return JSON.parse(textOf(source)) as RoleMapping;
  } catch (error) {
    throw new Usage(`\`${source.name}\` is not JSON: ${(error as Error).message}`, { command: "diff" });
  }
}

/** What cannot stand under the other policy is wrong in the directory, or in the mapping of roles. */
function attempt<T>(directory: Source, roles: Source | undefined, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof BailiwickError || error instanceof BailiwickTypeError)) throw error;
    const mapped =
      roles !== undefined && /^(?!organizations|projects|people|groups|resources|apiKeys)\w+\./.test(error.path);
    const fault = faultOf(mapped ? roles : directory, "directory", error);
    const told = roles === undefined ? "; where roles are called otherwise in the new policy, say so with --roles" : "";
    throw new Wrong({ ...fault, message: `${fault.message}${told}` });
  }
}
