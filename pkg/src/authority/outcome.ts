import type { Change } from "../api/commands.js";
import type { Told } from "../api/questions.js";
import type { Outcome, Person, Refusal } from "./places.js";
import type { Rules } from "./rules.js";
import { BailiwickError, BailiwickTypeError, Directory } from "bailiwick";

/** What leaves: a change with its revision, or the refusal. */
export function outcomeOf(told: Told<{ readonly change: Change }>): Outcome {
  return told.ok ? { ok: true, change: told.change, revision: told.change.after } : told;
}

/** A refusal that must come. */
export function refused(told: Told<object>): Refusal {
  if (told.ok) throw new Error("what must be refused was accepted");
  return told;
}

/**
 * What the core says of a command whose id was used before, however long ago: it is asked with a directory that knows nothing but that
 * command. The same content and actor changed nothing now, any other is a conflict.
 */
export function answerAgain(rules: Rules, made: Change, command: string, actor: string | undefined, now: number): Outcome {
  const { notes, ...change } = made;
  const directory = Directory.load(rules.policy, { format: 1, revision: made.before });
  try {
    directory.commit({ ...change, removed: [], added: [] });
    return outcomeOf(carryOut(directory, command, actor, Math.max(now, made.at)));
  } finally {
    directory.free();
  }
}

/** The refusal of a command as if its id were new: a stranger does not learn which ids are used. Nothing, where it would be accepted. */
export function refusalAsNew(directory: Directory, command: string, actor: string, now: number): Refusal | undefined {
  const asNew = JSON.stringify({ ...stated(command), id: crypto.randomUUID() });
  const told = directory.preview(asNew, { as: actor, now, limit: 1 });
  return told.ok ? undefined : told;
}

/** Carries a command out for an actor; for the host where there is none. */
export function carryOut(directory: Directory, command: string, actor: string | undefined, now: number): Told<{ readonly change: Change }> {
  return actor === undefined ? directory.applyAsHost(command, { now }) : directory.apply(command, actor, { now });
}

/** What a command says of itself, as far as it is JSON: whatever is wrong with it is said by the core. */
export interface Stated {
  readonly id?: unknown;
  readonly command?: unknown;
  readonly organization?: unknown;
  readonly [field: string]: unknown;
}

/** Reads a command. */
export function stated(command: string): Stated {
  if (typeof command !== "string") throw new BailiwickTypeError("`command` must be JSON text", "command");
  try {
    const read: unknown = JSON.parse(command);
    return typeof read === "object" && read !== null ? (read as Stated) : {};
  } catch {
    return {};
  }
}

/** Whoever asks, by name: nothing would be the host. */
export function asker(principal: string): string {
  if (typeof principal !== "string") throw new BailiwickTypeError("the principal must be a string", "as");
  return principal;
}

/** Throws `ERR_ORGANIZATION` for a command that names another organization, which is not decided here. */
export function mustName(command: Stated, organization: string): void {
  if (command.organization === undefined || command.organization === organization) return;
  throw new BailiwickError("ERR_ORGANIZATION", `this place decides for \`${organization}\` alone`, "organization");
}

/** A person as a directory's document has them. */
export function personRow({ id, email, name }: Person): { id: string; email?: string; name?: string } {
  return { id, ...(email === undefined || email === id ? {} : { email }), ...(name === undefined ? {} : { name }) };
}

/** The address of a person: their id, where it is one. */
export function addressOf({ id, email }: Person): string {
  return email ?? id;
}
