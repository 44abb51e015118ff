import type { Finding } from "../api/questions.js";
import type { Policy } from "./module.js";
import { type Arguments, need } from "./arguments.js";
import { FINE, FOUND, type Command } from "./command.js";
import { type Fault, compiled, loaded, parsed } from "./faults.js";
import { inside } from "./names.js";
import { read, readPolicy } from "./input.js";
import { dated } from "./moment.js";
import { positionOf } from "./place.js";
import { type Source, textOf } from "./source.js";
import { plainFault, showFault } from "./report.js";
import { type Screen, counted } from "./screen.js";

/** What was found of one document. */
interface Checked {
  readonly file: string;
  /** What is in it, in a few words; nothing if it is wrong or was not looked at. */
  readonly holds?: string;
  readonly fault?: Fault;
  /** What is accepted, and looks like a slip. */
  readonly remarks?: readonly string[];
}

export const check: Command = {
  name: "check",
  summary: "find what is wrong with a policy and its directories",
  forms: ["<policy> [<directory> …]"],
  text: [
    "Compiles the policy, loads each directory under it, and shows every error with its file, line and column.",
    "Then it shows what the audit of the policy finds: who could lift themselves, what nobody can do, what says the same twice.",
  ],
  options: {
    strict: { text: "end with 1 on warnings that the policy does not explain, too" },
  },
  examples: ["check pinecone", "check policy.json acme.json", "check policy.json --strict --json"],
  one: "a document is wrong, or with --strict a warning is not explained",
  run,
};

async function run(args: Arguments, screen: Screen): Promise<number> {
  const [first = "", ...rest] = need(args, ["<policy>", "[<directory> …]"], "check");
  const source = await readPolicy(first);
  const directories: Source[] = [];
  for (const name of rest) directories.push(await read(name));
  const policy = compiled(source);
  const documents = [documentOf(source, policy.fault, policy.fault ? "" : policyHolds(policy.value))];
  const findings = policy.fault ? [] : policy.value.audit();
  for (const directory of directories) {
    if (policy.fault) documents.push({ file: directory.name });
    else documents.push(directoryOf(policy.value, source, directory));
  }
  const faults = documents.flatMap(({ fault }) => fault ?? []);
  const warnings = findings.filter(isWarning);
  const ok = faults.length === 0 && !(args.has("strict") && warnings.length > 0);
  const files = documents.map(({ file, holds }) => ({ file, ok: holds !== undefined }));
  if (args.has("json")) screen.json({ ok, documents: files, errors: faults.map(plainFault), findings, remarks: documents.flatMap(({ remarks = [] }) => remarks) });
  else show(screen, documents, findings);
  return ok ? FINE : FOUND;
}

const isWarning = ({ level, explained }: Finding): boolean => level === "warning" && explained === undefined;

function documentOf({ name }: Source, fault: Fault | undefined, holds: string): Checked {
  return fault === undefined ? { file: name, holds } : { file: name, fault };
}

function directoryOf(policy: Policy, of: Source, source: Source): Checked {
  const directory = loaded(policy, of, source);
  if (directory.fault) return documentOf(source, directory.fault, "");
  directory.value.free();
  return { ...documentOf(source, undefined, directoryHolds(parsed(source))), remarks: inSeconds(source) };
}

/** Ends in the first years after 1970: moments are milliseconds, and these are likely seconds. */
function inSeconds(source: Source): readonly string[] {
  const text = textOf(source);
  return [...text.matchAll(/"until"\s*:\s*(\d{9,10})\b(?!\.)/g)].map(({ 1: digits = "", index }) => {
    const { line, column } = positionOf(text, index);
    const meant = Number(digits) * 1000;
    return `${source.name}:${line}:${column} ends at ${dated(Number(digits))}: moments are milliseconds since 1970, was ${meant} meant (${dated(meant)})?`;
  });
}

function policyHolds(policy: Policy): string {
  const { kinds } = policy;
  const roles = kinds.reduce((sum, kind) => sum + kind.roles.length, 0);
  const actions = kinds.reduce((sum, kind) => sum + kind.actions.length, 0);
  return `${policy.label}: ${counted(kinds.length, "kind")}, ${counted(roles, "role")}, ${counted(actions, "action")}`;
}

function directoryHolds(document: unknown): string {
  const count = (field: string, one: string, many?: string): string => {
    const list = inside(document, field);
    return counted(Array.isArray(list) ? list.length : 0, one, many);
  };
  return [
    count("organizations", "organization"),
    count("people", "person", "people"),
    count("projects", "project"),
    count("resources", "resource"),
  ].join(", ");
}

function show(screen: Screen, documents: readonly Checked[], findings: readonly Finding[]): void {
  for (const { fault } of documents) if (fault !== undefined) (showFault(screen, fault), screen.line());
  const width = Math.max(...documents.map(({ file }) => file.length));
  for (const { file, holds, fault } of documents) {
    const mark = fault ? screen.bad("✗") : holds === undefined ? screen.faint("·") : screen.good("✓");
    const text = fault ? fault.code : (holds ?? "not looked at: the policy is wrong");
    screen.line(`${mark} ${file.padEnd(width)}  ${screen.faint(text)}`);
  }
  const errors = documents.filter(({ fault }) => fault !== undefined).length;
  for (const remark of documents.flatMap(({ remarks = [] }) => remarks)) {
    screen.line();
    screen.line(`${screen.odd("remark")}   ${screen.wrapped(remark, 9)}`);
  }
  // Beside an error nobody reads notes.
  const shown = errors === 0 ? sorted(findings) : findings.filter(isWarning);
  for (const finding of shown) showFinding(screen, finding);
  screen.line();
  screen.line(summary(screen, errors, findings));
}

/** What nobody has explained first, notes last. */
function sorted(findings: readonly Finding[]): Finding[] {
  const rank = (finding: Finding): number => (isWarning(finding) ? 0 : finding.level === "warning" ? 1 : 2);
  return [...findings].sort((one, other) => rank(one) - rank(other));
}

function showFinding(screen: Screen, finding: Finding): void {
  const { level, sentence, explained, key } = finding;
  screen.line();
  const label = isWarning(finding) ? screen.odd("warning") : screen.faint(level.padEnd(7));
  screen.line(`${label}  ${screen.wrapped(sentence, 9)}`);
  if (explained !== undefined) screen.line(`         ${screen.wrapped(`Explained: ${explained}`, 9)}`);
  screen.line(`         ${screen.faint(key)}`);
}

function summary(screen: Screen, errors: number, findings: readonly Finding[]): string {
  const warnings = findings.filter(isWarning).length;
  const explained = findings.filter(({ level }) => level === "warning").length - warnings;
  const notes = findings.filter(({ level }) => level === "note").length;
  const parts = [
    errors === 0 ? screen.good("no errors") : screen.bad(counted(errors, "error")),
    warnings === 0 ? "no warnings" : screen.odd(counted(warnings, "warning")),
    ...(explained === 0 ? [] : [`${explained} explained`]),
    ...(notes === 0 ? [] : [counted(notes, "note")]),
  ];
  return parts.join(", ");
}
