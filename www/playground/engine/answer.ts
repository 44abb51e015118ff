import { Access, Directory, type Policy } from "../../../pkg/src/cli/module";
import { inside } from "../../../pkg/src/cli/names";
import type { Answer, Asked, Step } from "./protocol";

type Fields = Readonly<Record<string, unknown>>;

/** A world in which questions are asked. */
export interface World {
  readonly policy: Policy;
  /** Its text, for questions that change it. */
  readonly directoryText: string;
  readonly directory: Directory | undefined;
}

/** What is answered; a question that cannot be asked is answered by a sentence. */
export function answerTo(world: World, question: unknown): Answer {
  try {
    return asked(world, question as Fields);
  } catch (error) {
    return { sort: "none", text: error instanceof Error ? error.message : String(error) };
  }
}

function asked(world: World, question: Fields): Answer {
  const ask = word(question, "ask");
  if (ask === "walk") return { sort: "steps", steps: walked(world, question) };
  if (ask === "error") return refusal(question);
  const { directory } = world;
  if (directory === undefined) throw new Error("there is no directory to ask");
  const ways: Readonly<Record<string, (directory: Directory, question: Fields) => Answer>> = {
    check,
    explain,
    held,
    can_many: canMany,
    list,
    organizations,
  };
  const way = Object.hasOwn(ways, ask) ? ways[ask] : undefined;
  if (way === undefined) throw new Error(`there is no question \`${ask}\``);
  return way(directory, question);
}

/** What a question is about, as far as it can be told in a line. */
export function aboutOf(question: unknown): Asked {
  const told = (field: string) => {
    const value = inside(question, field);
    return typeof value === "string" ? value : undefined;
  };
  const many = (field: string) => {
    const value = inside(question, field);
    return Array.isArray(value) ? value.join(", ") : undefined;
  };
  const [kind, id] = [told("kind"), told("id") ?? many("ids")];
  const [principal, action, now] = [told("principal"), told("action") ?? many("actions"), inside(question, "now")];
  const on = kind === undefined ? told("document") : id === undefined ? kind : `${kind}/${id}`;
  return {
    ...(principal !== undefined && { principal }),
    ...(action !== undefined && { action }),
    ...(on !== undefined && { on }),
    ...(typeof now === "number" && now > 0 && { now }),
  };
}

/** Asks an access that travelled as bytes, at a moment that may be moved. */
function withAccess<T>(directory: Directory, question: Fields, ask: (access: Access, clock: { now: number }) => T): T {
  const clock = { now: momentOf(question) };
  const made = directory.access(word(question, "principal"), word(question, "organization"));
  const access = Access.open(made.bytes(), { clock: () => clock.now });
  made.free();
  try {
    return ask(access, clock);
  } finally {
    access.free();
  }
}

const target = (question: Fields) =>
  [word(question, "action"), word(question, "kind"), word(question, "id")] as const;

function check(directory: Directory, question: Fields): Answer {
  return withAccess(directory, question, (access) => ({
    sort: "decision",
    decision: access.check(...target(question)),
    button: access.button(...target(question)),
  }));
}

function explain(directory: Directory, question: Fields): Answer {
  const [principal, organization] = [word(question, "principal"), word(question, "organization")];
  const decision = directory.check(principal, organization, ...target(question), { now: momentOf(question) });
  return { sort: "decision", decision };
}

function held(directory: Directory, question: Fields): Answer {
  return withAccess(directory, question, (access, clock) => {
    const moments = listOf(question, "moments").map((moment) => {
      clock.now = momentOf(moment as Fields);
      return { now: clock.now, reason: access.check(...target(question)).reason };
    });
    return { sort: "moments", moments };
  });
}

function canMany(directory: Directory, question: Fields): Answer {
  return withAccess(directory, question, (access) => {
    const [actions, ids] = [wordsOf(question, "actions"), wordsOf(question, "ids")];
    return { sort: "cells", actions, ids, bits: [...access.canMany(actions, word(question, "kind"), ids)] };
  });
}

function list(directory: Directory, question: Fields): Answer {
  return withAccess(directory, question, (access) => {
    const limit = typeof question["limit"] === "number" ? question["limit"] : 1000;
    const [action, kind] = [word(question, "action"), word(question, "kind")];
    const first = access.list(action, kind, { limit });
    const rest: string[] = [];
    for (let after = first.next; after !== undefined; ) {
      const page = access.list(action, kind, { limit, after });
      rest.push(...page.items);
      after = page.next;
    }
    return { sort: "items", items: first.items, next: first.next !== undefined, rest };
  });
}

function organizations(directory: Directory, question: Fields): Answer {
  const items = directory.organizations(word(question, "principal")).map(({ id }) => id);
  return { sort: "items", items, next: false, rest: [] };
}

/** The runner compares the refusal; what is shown is the one expected. */
function refusal(question: Fields): Answer {
  const [code, path, under] = ["code", "path", "under"].map((field) => inside(question, "expect", field));
  if (typeof code !== "string") throw new Error("`expect` says with which code the document is refused");
  return { sort: "refusal", code, path: String(path ?? under ?? "") };
}

/** Command after command on a directory of its own. */
function walked({ policy, directoryText }: World, question: Fields): readonly Step[] {
  const directory = Directory.load(policy, directoryText);
  try {
    return listOf(question, "steps").map((step) => stepped(directory, step as Fields));
  } finally {
    directory.free();
  }
}

function stepped(directory: Directory, step: Fields): Step {
  const as = word(step, "as");
  const now = momentOf(step, "at");
  const text = typeof step["text"] === "string" ? step["text"] : JSON.stringify(step["command"]);
  const command = String(inside(step, "command", "command") ?? "a text");
  const settings = as === "host" ? { now } : { as, now };
  try {
    const preview = directory.preview(text, settings);
    const told = as === "host" ? directory.applyAsHost(text, { now }) : directory.apply(text, as, { now });
    if (!told.ok) return { as, command, outcome: told.decision.reason, text: told.text, gained: 0, lost: 0 };
    const { gained, lost } = preview.ok ? preview.totals : { gained: 0, lost: 0 };
    return { as, command, outcome: told.change.repeated === true ? "repeated" : "changed", text: "", gained, lost };
  } catch (error) {
    const { code, message } = error as Error & { readonly code?: string };
    if (code === undefined) throw error;
    return { as, command, outcome: "error", text: `${code}: ${message}`, gained: 0, lost: 0 };
  }
}

/** What has been answered, as an expectation beside the question. */
export function expectationOf(question: unknown, answer: Answer): Fields | undefined {
  switch (answer.sort) {
    case "decision": {
      const { reason, via, remedy, ask, validUntil } = answer.decision;
      const more = answer.decision.allowed ? { via, validUntil: validUntil ?? null } : { remedy, ask };
      const { button } = answer;
      return { expect: { reason, ...more, ...(button && { button: { state: button.state, text: button.text } }) } };
    }
    case "moments":
      return { moments: answer.moments };
    case "cells":
      return { expect: { bits: answer.bits } };
    case "items": {
      const { items, next, rest } = answer;
      if (inside(question, "ask") === "organizations") return { expect: items };
      return { expect: { items, next, ...(rest.length > 0 && { rest }) } };
    }
    case "steps":
      return { steps: listOf(question as Fields, "steps").map((step, at) => expectedStep(step, answer.steps[at])) };
    default:
      return undefined;
  }
}

function expectedStep(step: unknown, found: Step | undefined): unknown {
  if (found === undefined || found.outcome === "error" || inside(step, "expect") !== undefined) return step;
  return { ...(step as Fields), expect: found.outcome };
}

/** Whether a question says nothing of what is right: then there is nothing to compare. */
export function isOpen(question: unknown): boolean {
  switch (inside(question, "ask")) {
    case "held":
      return listOf(question as Fields, "moments").some((moment) => inside(moment, "reason") === undefined);
    case "walk":
      return listOf(question as Fields, "steps").some((step) => inside(step, "expect") === undefined);
    case "error":
      return false;
    default:
      return inside(question, "expect") === undefined;
  }
}

function word(question: Fields, field: string): string {
  const value = inside(question, field);
  if (typeof value !== "string") throw new Error(`\`${field}\` is missing`);
  return value;
}

function listOf(question: Fields, field: string): readonly unknown[] {
  const value = inside(question, field);
  if (!Array.isArray(value)) throw new Error(`\`${field}\` is a list`);
  return value;
}

const wordsOf = (question: Fields, field: string): string[] => listOf(question, field).map(String);

function momentOf(question: Fields, field = "now"): number {
  const value = inside(question, field);
  return typeof value === "number" ? value : 0;
}

