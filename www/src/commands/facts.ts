import type { Change, Fact, Note } from "bailiwick";
import type { Names } from "../names";
import { day } from "../time";

/** One fact of a directory as a sentence without its full stop. */
export function factText(fact: Fact, names: Names): string {
  const until = (end: number | undefined) => (end === undefined ? "" : `, until ${day(end)}`);
  switch (fact.fact) {
    case "person":
      return `${fact.name ?? fact.id} is known`;
    case "organization":
      return `Organization ${fact.name ?? fact.id}, ${names.edition(fact.edition)}`;
    case "domain":
      return `The domain ${fact.domain}`;
    case "sso":
      return "The configuration of single sign-on";
    case "member":
      return `${names.of(fact.member)} belongs to ${names.of(`organization/${fact.organization}`)}${fact.suspendedBy === undefined ? "" : ", suspended"}`;
    case "service_account":
      return `Service account ${fact.name ?? fact.id}${fact.suspended === true ? ", suspended" : ""}`;
    case "group":
      return `Group ${fact.name ?? fact.id}`;
    case "grouped":
      return `${names.of(fact.member)} is in the group ${names.of(`group/${fact.group}`)}`;
    case "resource": {
      const uses = (fact.uses ?? []).map((one) => names.of(one)).join(", ");
      return `${names.kind(fact.id.split("/", 1)[0] ?? "")} ${fact.name ?? names.of(fact.id)}${uses === "" ? "" : `, which uses ${uses}`}`;
    }
    case "api_key":
      return `API key ${fact.name ?? fact.id}${fact.rotations === undefined ? "" : `, rotated ${fact.rotations} times`}`;
    case "invite":
      return `Invite for ${fact.address}${until(fact.expires)}`;
    case "binding":
      return `${names.of(fact.who)}: ${names.roleOn(fact.on, fact.role)} of ${names.of(fact.on)}${until(fact.until)}`;
    case "retired":
      return `The identifier ${fact.id} is used up`;
  }
}

/** What came out otherwise than was asked for. */
export function noteText(note: Note, names: Names): string {
  switch (note.note) {
    case "dropped":
      return `${names.roleOn(note.on, note.role)} of ${names.of(note.on)} was not given: who invited may not give it any more.`;
    case "kept":
      return `${names.roleOn(note.on, note.role)} of ${names.of(note.on)} was kept: somebody has to hold it.`;
    case "unknown_value":
      return `“${note.value}” stands for no role.`;
    case "suspended":
      return `${names.of(note.member)} was suspended.`;
    case "succeeded":
      return `${names.of(note.who)} takes over ${names.of(note.on)} as ${names.roleOn(note.on, note.role)}.`;
  }
}

/** The names with those of what a change adds: a preview speaks of things that are not there yet. */
export function namesAfter(names: Names, { added }: Change): Names {
  const more = added.flatMap((fact): [string, string][] => {
    if (fact.fact === "resource") return [[fact.id, fact.name ?? fact.id.slice(fact.id.indexOf("/") + 1)]];
    if (
      fact.fact === "organization" ||
      fact.fact === "group" ||
      fact.fact === "service_account" ||
      fact.fact === "api_key"
    )
      return [[`${fact.fact}/${fact.id}`, fact.name ?? fact.id]];
    return fact.fact === "person" ? [[`user/${fact.id}`, fact.name ?? fact.id]] : [];
  });
  return more.length === 0 ? names : names.with(more);
}
