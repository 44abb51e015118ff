import type { Refused, Told } from "./questions.js";
import type { Button, Decision, OrganizationEntry, Page } from "./decision.js";
import { BailiwickError } from "./errors.js";

/** The answer of an instance that broke. */
export function unavailable(): Decision {
  return { allowed: false, reason: "unavailable", via: [], remedy: [], ask: [] };
}

/** The button of an instance that broke. */
export function unavailableButton(): Button {
  return { state: "hidden", reason: "unavailable", text: "" };
}

/**
 * A decision out of what left the module. Only own fields count: one that a polluted prototype swallowed or invents is a broken answer,
 * and a broken answer is no grant.
 */
export function decisionOf(json: string): Decision {
  return decisionIn(JSON.parse(json));
}

function decisionIn(raw: unknown): Decision {
  const decision = whole<Decision>(raw, "allowed", "reason", "via", "remedy", "ask");
  if (decision.allowed !== (decision.reason === "granted")) throw broken();
  return decision;
}

/** A button out of what left the module. */
export function buttonOf(json: string): Button {
  const button = whole<Button>(JSON.parse(json), "state", "reason", "text");
  if ((button.state === "enabled") !== (button.reason === "granted")) throw broken();
  return button;
}

/** A page out of what left the module; nothing leaves it for a cursor that is none of the list's. */
export function pageOf(json: string): Page {
  if (json === "") throw new BailiwickError("ERR_CURSOR", OTHER_LIST);
  return whole<Page>(JSON.parse(json), "items");
}

const OTHER_LIST = "this cursor belongs to another list or another revision, start again";

/** The organizations out of what left the module. */
export function organizationsOf(json: string): readonly OrganizationEntry[] {
  const raw: unknown = JSON.parse(json);
  if (!Array.isArray(raw)) throw broken();
  return raw as OrganizationEntry[];
}

/** What was told about everyone: JSON text, so that every field is its own. */
export function toldOf<T>(text: string): Told<T> {
  const raw: unknown = JSON.parse(text);
  const ok = own(raw, "ok");
  if (ok === true) return { ok, ...(own(raw, "answer") as T) };
  return { ok: false, decision: decisionIn(own(raw, "decision")), text: String(own(raw, "text")) };
}

/** The refusal of an instance that broke. */
export function unavailableAnswer(): Refused {
  return { ok: false, decision: unavailable(), text: "" };
}

/** One own field of a plain object, or nothing. */
export function own(raw: unknown, name: string): unknown {
  return typeof raw === "object" && raw !== null && Object.hasOwn(raw, name)
    ? (raw as Record<string, unknown>)[name]
    : undefined;
}

/** An object that has these fields for its own. */
function whole<T>(raw: unknown, ...fields: string[]): T {
  if (fields.some((name) => own(raw, name) === undefined)) throw broken();
  return raw as T;
}

/** Whoever asked takes it for a broken module. */
export function broken(): Error {
  return new Error("an answer without its own fields");
}
