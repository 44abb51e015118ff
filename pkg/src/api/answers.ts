import type { Refused, Told } from "./questions.js";
import type { Ask, Button, Decision, OrganizationEntry, Page, Reason, Remedy, Via } from "./decision.js";

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
  const reason = own(raw, "reason") as Reason;
  const allowed = own(raw, "allowed");
  if (typeof reason !== "string" || allowed !== (reason === "granted"))
    throw new Error("an answer without its own fields");
  const decision = {
    allowed: allowed === true,
    reason,
    via: listOf<Via>(raw, "via"),
    remedy: listOf<Remedy>(raw, "remedy"),
    ask: listOf<Ask>(raw, "ask"),
  };
  const validUntil = own(raw, "validUntil");
  return typeof validUntil === "number" ? { ...decision, validUntil } : decision;
}

/** A button out of what left the module. */
export function buttonOf(json: string): Button {
  const raw: unknown = JSON.parse(json);
  const state = own(raw, "state") as Button["state"];
  const reason = own(raw, "reason") as Reason;
  if ((state === "enabled") !== (reason === "granted")) throw new Error("an answer without its own fields");
  const text = own(raw, "text");
  return { state, reason, text: typeof text === "string" ? text : "" };
}

/** A page out of what left the module. */
export function pageOf(json: string): Page {
  const raw: unknown = JSON.parse(json);
  const next = own(raw, "next");
  const items = listOf<string>(raw, "items");
  return typeof next === "string" ? { items, next } : { items };
}

/** The organizations out of what left the module. */
export function organizationsOf(raw: unknown): readonly OrganizationEntry[] {
  if (!Array.isArray(raw)) throw new Error("an answer without its own fields");
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

function listOf<T>(raw: unknown, name: string): readonly T[] {
  const list = own(raw, name);
  if (!Array.isArray(list)) throw new Error("an answer without its own fields");
  return list as T[];
}
