// The conformance vectors: a policy, a directory, questions, and the answers that the contract demands.
import { checkError } from "./documents.mjs";
import { knownFields, must, same, tally } from "./equal.mjs";
import { walkChecks } from "./walk.mjs";

/**
 * Runs all vectors through the package.
 *
 * @param api the package: { Policy, Directory, Access }
 * @param vectors by file name
 * @param policies documents by name: the presets, and what several vectors share
 */
export function runVectors(api, vectors, policies) {
  const result = { passed: 0, failures: [] };
  for (const [file, vector] of Object.entries(vectors)) {
    const one = runVector(api, file, vector, policies);
    result.passed += one.passed;
    result.failures.push(...one.failures);
  }
  return result;
}

function runVector(api, file, vector, policies) {
  const { checks, close } = openVector(api, file, vector, policies);
  const result = tally(checks);
  close();
  return result;
}

/**
 * One vector as checks that have yet to be run, one after the other: its name, what throws if it fails, and the path of its question.
 *
 * @returns `{ checks, close }`; `close` gives the memory back
 */
export function openVector(api, file, vector, policies) {
  knownFields(vector, ["$schema", "name", "note", "policy", "directory", "questions"], file);
  const document = typeof vector.policy === "string" ? policies[vector.policy] : vector.policy;
  must(document !== undefined, `${file}: no policy \`${vector.policy}\``);
  must(vector.questions?.length > 0, `${file}: no questions`);
  const policy = api.Policy.compile(document);
  const directory = vector.directory === undefined ? undefined : api.Directory.load(policy, vector.directory);
  const documents = { policy: document, directory: vector.directory };
  const checks = vector.questions.flatMap((question, place) => {
    const at = `questions[${place}]`;
    if (question.ask === "walk") {
      const ask = (walking, then, step) => run(api, walking, then, step);
      const steps = walkChecks(api, file, place, policy, vector.directory, question, ask);
      return steps.map(([name, check], step) => [name, check, `${at}.steps[${step}]`]);
    }
    const check = () =>
      question.ask === "error" ? checkError(api, at, policy, documents, question) : run(api, directory, question, at);
    return [[`${file}: ${at}: ${JSON.stringify(question)}`, check, at]];
  });
  const close = () => {
    directory?.free();
    policy.free();
  };
  return { checks, close };
}

/** What may be asked, and the fields of each beside `ask`, `note` and `expect`. */
export const FIELDS = {
  check: ["principal", "organization", "action", "kind", "id", "now"],
  explain: ["principal", "organization", "action", "kind", "id", "now"],
  held: ["principal", "organization", "action", "kind", "id", "moments"],
  can_many: ["principal", "organization", "actions", "kind", "ids", "now"],
  list: ["principal", "organization", "action", "kind", "now", "limit"],
  organizations: ["principal"],
};

const RUN = { check, explain, held, can_many: canMany, list, organizations };

function run(api, directory, question, at) {
  must(Object.hasOwn(RUN, question.ask), `${at}: no such question \`${question.ask}\``);
  knownFields(question, ["ask", "note", "expect", ...FIELDS[question.ask]], at);
  must(directory !== undefined, `${at}: the vector has no \`directory\` to ask`);
  must(question.ask === "held" || question.expect !== undefined, `${at}: nothing is expected: add \`expect\``);
  RUN[question.ask](directory, question, at, api);
}

/** An access that has travelled as bytes, asked at a moment that the question says. */
function withAccess({ Access }, directory, { principal, organization, now = 0 }, ask) {
  const clock = { now };
  const made = directory.access(principal, organization);
  const access = Access.open(made.bytes(), { clock: () => clock.now });
  made.free();
  try {
    ask(access, clock);
  } finally {
    access.free();
  }
}

/** Asks an access, in every way in which one question can be asked. */
function check(directory, question, at, api) {
  const { action, kind, id, expect } = question;
  withAccess(api, directory, question, (access) => {
    const decision = access.check(action, kind, id);
    compare(decision, expect, at);
    same(access.can(action, kind, id), decision.allowed, `${at}: can`);
    same([...access.canMany([action], kind, [id])], [Number(decision.allowed)], `${at}: canMany`);
    same(pages(access, action, kind, 1000).flat().includes(id), decision.allowed, `${at}: list`);
    const button = access.button(action, kind, id);
    same(button.reason, decision.reason, `${at}: button`);
    same(button.state === "enabled", decision.allowed, `${at}: button`);
    if (expect.button !== undefined) {
      knownFields(expect.button, ["state", "text"], at);
      for (const [field, value] of Object.entries(expect.button)) same(button[field], value, `${at}: button.${field}`);
    }
  });
}

/** Asks the directory, which knows every resource and may name people. */
function explain(directory, { principal, organization, action, kind, id, now = 0, expect }, at) {
  compare(directory.check(principal, organization, action, kind, id, { now }), expect, at);
}

/** Every expected field is compared; `null` says that the field is absent. */
function compare(decision, expect, at) {
  knownFields(expect, ["allowed", "reason", "via", "remedy", "ask", "validUntil", "button"], at);
  must(typeof expect.reason === "string", `${at}: no reason is expected`);
  same(decision.reason, expect.reason, `${at}: reason`);
  same(decision.allowed, expect.reason === "granted", `${at}: allowed`);
  for (const [field, value] of Object.entries(expect)) {
    if (field === "button") continue;
    if (value === null)
      must(!Object.hasOwn(decision, field), `${at}: \`${field}\` is there: ${JSON.stringify(decision)}`);
    else same(decision[field], value, `${at}: ${field}`);
  }
}

/** One access, asked at one moment after the other. */
function held(directory, question, at, api) {
  const { action, kind, id } = question;
  withAccess(api, directory, question, (access, clock) => {
    for (const moment of question.moments) {
      knownFields(moment, ["now", "reason"], at);
      clock.now = moment.now;
      same(access.check(action, kind, id).reason, moment.reason, `${at}: at ${moment.now}`);
      same(access.can(action, kind, id), moment.reason === "granted", `${at}: at ${moment.now}`);
    }
  });
}

function canMany(directory, question, at, api) {
  withAccess(api, directory, question, (access) => {
    same([...access.canMany(question.actions, question.kind, question.ids)], question.expect.bits, at);
  });
}

/** `items` and `next` are of the first page, `rest` is what the pages after it hold. */
function list(directory, question, at, api) {
  const { action, kind, limit = 1000, expect } = question;
  knownFields(expect, ["items", "next", "rest"], at);
  withAccess(api, directory, question, (access) => {
    const [first, ...rest] = pages(access, action, kind, limit);
    same(first, expect.items, at);
    same(access.list(action, kind, { limit }).next !== undefined, expect.next, `${at}: next`);
    same(rest.flat(), expect.rest ?? [], `${at}: rest`);
  });
}

function pages(access, action, kind, limit) {
  const found = [];
  let after;
  do {
    const page = access.list(action, kind, { after, limit });
    must(page.items.length <= limit, "a page is longer than asked for");
    found.push([...page.items]);
    after = page.next;
  } while (after !== undefined);
  return found;
}

function organizations(directory, { principal, expect }, at) {
  same(
    directory.organizations(principal).map(({ id }) => id),
    expect,
    at,
  );
}
