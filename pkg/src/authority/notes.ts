import type { Change, Fact } from "../api/commands.js";
import type { Note } from "./places.js";
import { type Roster, placeOf } from "./roster.js";

/**
 * Who must be told of a change: each whose membership or organization roles it touched, each address whose invite came or went, everybody
 * where the organization itself changed, and whoever created one that is gone. `everyone` is as it is after the change.
 */
export function toldBy(change: Change, organization: string, everyone: () => Iterable<string>): Set<string> {
  const told = new Set<string>();
  for (const fact of [...change.removed, ...change.added]) {
    for (const who of touched(fact, organization)) told.add(who);
    if (fact.fact === "organization") for (const who of everyone()) told.add(who);
  }
  return told;
}

function touched(fact: Fact, organization: string): string[] {
  switch (fact.fact) {
    case "member":
      return [fact.member];
    case "binding":
      return fact.on === `organization/${organization}` && fact.who.startsWith("user/") ? [fact.who] : [];
    case "invite":
      return [placeOf(fact.address)];
    case "organization":
      return fact.creator?.startsWith("user/") === true ? [fact.creator] : [];
    default:
      return [];
  }
}

/** What somebody is told: all that is true of them at a revision, so that a later note makes every earlier one needless. */
export function noteFor(to: string, roster: Roster, revision: number): Note {
  const entry = roster.entry(to);
  const invites = to.startsWith("address:") ? roster.invites(to.slice("address:".length)) : [];
  return {
    to,
    organization: roster.id,
    revision,
    ...(entry === undefined ? {} : { entry }),
    ...(roster.creator === to ? { created: true } : {}),
    ...(roster.exists ? {} : { gone: true }),
    invites,
  };
}
