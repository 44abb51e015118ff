import type { PolicyDocument } from "bailiwick";
import { compiled, loaded } from "../../../pkg/src/cli/faults";
import { positionOf } from "../../../pkg/src/cli/place";
import type { Directory, Policy } from "../../../pkg/src/cli/module";
import { type Failure, runVector } from "../../../pkg/src/cli/vector";
import { aboutOf, answerTo, isOpen } from "./answer";
import { placed, problemOf, stretchOf } from "./place";
import type { Answered, Evaluation, Labels, PlacedFinding, PolicyView, Problem, Texts, Tree } from "./protocol";
import { treeOf } from "./tree";

const encoder = new TextEncoder();
const source = (name: string, text: string) => ({ name, bytes: encoder.encode(text) });

interface Compiled {
  readonly text: string;
  readonly policy?: Policy;
  readonly view?: PolicyView;
  readonly problems: readonly Problem[];
}

interface Loaded {
  readonly text: string;
  readonly of: Compiled;
  readonly directory?: Directory | undefined;
  readonly tree?: Tree;
  readonly problems: readonly Problem[];
}

let last: { policy?: Compiled; directory?: Loaded } = {};

/** The policy of a text, compiled once while the text stays. */
export function policyOf(text: string): Compiled {
  if (last.policy?.text === text) return last.policy;
  last.directory?.directory?.free();
  last.policy?.policy?.free();
  last = { policy: compile(text) };
  return last.policy as Compiled;
}

/** The directory of a text under a policy, loaded once while both stay. */
export function directoryOf(policy: Compiled, text: string): Loaded {
  if (last.directory?.text === text && last.directory.of === policy) return last.directory;
  last.directory?.directory?.free();
  last.directory = load(policy, text);
  return last.directory;
}

/** All that is to be seen of three texts. */
export function evaluate(texts: Texts): Evaluation {
  const start = performance.now();
  const policy = policyOf(texts.policy);
  const directory = directoryOf(policy, texts.directory);
  const { answers, problems } = answered(texts, policy, directory);
  return {
    of: texts,
    problems: [...policy.problems, ...directory.problems, ...problems],
    policy: policy.view,
    tree: directory.tree,
    answers,
    milliseconds: performance.now() - start,
  };
}

function compile(text: string): Compiled {
  const read = compiled(source("policy", text));
  if (read.fault !== undefined) return { text, problems: [problemOf("policy", text, read.fault)] };
  const policy = read.value;
  const findings = policy.audit().map((finding) => ({ ...finding, from: stretchOf(text, placeOf(finding)).from }));
  const view = { name: policy.name, label: policy.label, matrices: matricesOf(policy), findings, labels: labelsOf(policy) };
  return { text, policy, view, problems: findings.filter(isOpenFinding).map((finding) => findingProblem(text, finding)) };
}

/** A warning that the policy does not explain, or a note. */
const isOpenFinding = ({ explained }: PlacedFinding) => explained === undefined;

function findingProblem(text: string, finding: PlacedFinding): Problem {
  const { key, level, sentence } = finding;
  return placed("policy", text, placeOf(finding), { level, code: key, message: sentence });
}

/** Where a policy says what a finding speaks of: its first role, else its first action. */
function placeOf({ key, roles: [role], actions: [action] }: Omit<PlacedFinding, "from">): string {
  if (key.startsWith("stale_explanation")) return `explained.${key.slice("stale_explanation/".length)}`;
  const [kind, name] = splitAt(role ?? action ?? "");
  return `kinds.${kind}.${role === undefined ? "actions" : "roles"}.${name}`;
}

function splitAt(word: string): readonly [string, string] {
  const slash = word.indexOf("/");
  return [word.slice(0, slash), word.slice(slash + 1)];
}

export function matricesOf(policy: Policy) {
  return policy.kinds
    .flatMap(({ kind }) => policy.matrix(kind) ?? [])
    .filter(({ roles, actions }) => roles.length > 0 && actions.length > 0);
}

export function labelsOf(policy: Policy): Labels {
  const kinds = Object.fromEntries(policy.kinds.map(({ kind, label }) => [kind, label]));
  const roles = policy.kinds.flatMap(({ kind }) =>
    (policy.matrix(kind)?.roles ?? []).map(({ role, label }) => [`${kind}/${role}`, label] as const),
  );
  return { kinds, roles: Object.fromEntries(roles) };
}

function load(of: Compiled, text: string): Loaded {
  if (of.policy === undefined || text.trim() === "") return { text, of, problems: [] };
  const read = loaded(of.policy, source("policy", of.text), source("directory", text));
  if (read.fault !== undefined) return { text, of, problems: [problemOf("directory", text, read.fault)] };
  const directory = read.value;
  return { text, of, directory, tree: treeOf(directory.document()), problems: [] };
}

interface Answers {
  readonly answers?: readonly Answered[];
  readonly problems: readonly Problem[];
}

function answered(texts: Texts, { policy }: Compiled, { directory, problems: wrong }: Loaded): Answers {
  const { questions, problem } = questionsOf(texts.questions);
  if (problem !== undefined) return { problems: [problem] };
  if (policy === undefined || wrong.length > 0) return { problems: [] };
  const world = { policy, directory, directoryText: texts.directory };
  const failures = failuresOf(texts, questions);
  const answers = questions.map((question, place): Answered => {
    const own = failures.get(place) ?? [];
    return {
      place,
      from: stretchOf(texts.questions, `[${place}]`).from,
      ask: askOf(question),
      asked: aboutOf(question),
      note: noteOf(question),
      answer: answerTo(world, question),
      verdict: own.length > 0 ? "differs" : isOpen(question) ? "open" : "expected",
      failures: own,
    };
  });
  return { answers, problems: answers.flatMap((answer) => differing(texts.questions, answer)) };
}

function differing(text: string, { place, failures, answer, verdict }: Answered): Problem[] {
  if (verdict === "open" && answer.sort === "none")
    return [placed("questions", text, `[${place}]`, { level: "error", code: "question", message: answer.text })];
  return failures.map(({ path, message, difference }) =>
    placed("questions", text, path.replace(/^questions/, "") || `[${place}]`, {
      level: "warning",
      code: "differs",
      message: difference === undefined ? message : `not the expected answer: ${difference.of || "the whole"}`,
    }),
  );
}

const askOf = (question: unknown) => String((question as { readonly ask?: unknown } | null)?.ask ?? "");

function noteOf(question: unknown): string | undefined {
  const note = (question as { readonly note?: unknown } | null)?.note;
  return typeof note === "string" ? note : undefined;
}

/** The list of questions, or why it is none. */
export function questionsOf(text: string): { readonly questions: readonly unknown[]; readonly problem?: Problem } {
  const about = { level: "error", code: "ERR_JSON" } as const;
  if (text.trim() === "") return { questions: [] };
  try {
    const read: unknown = JSON.parse(text);
    if (Array.isArray(read)) return { questions: read };
    const problem = placed("questions", text, "", { ...about, message: "the questions are a list: [ … ]" });
    return { questions: [], problem };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const at = /position (\d+)/.exec(message)?.[1];
    const from = Math.min(at === undefined ? text.trimEnd().length : Number(at), text.length);
    const where = { document: "questions", from, to: Math.min(from + 1, text.length), path: "" } as const;
    const sentence = message.replace(/ \(?(in JSON )?at position.*/, "");
    return { questions: [], problem: { ...about, ...where, ...positionOf(text, from), message: sentence } };
  }
}

/** What the runner of vectors says of those questions that expect something, by their place. */
function failuresOf(texts: Texts, questions: readonly unknown[]): ReadonlyMap<number, readonly Failure[]> {
  const places = questions.flatMap((question, place) => (isOpenSafely(question) ? [] : [place]));
  if (places.length === 0) return new Map();
  const vector = {
    name: "playground",
    policy: "policy",
    ...(texts.directory.trim() !== "" && { directory: JSON.parse(texts.directory) as unknown }),
    questions: places.map((place) => questions[place]),
  };
  const policies = { policy: JSON.parse(texts.policy) as PolicyDocument };
  const { failures } = runVector({ name: "questions", bytes: encoder.encode("") }, vector, policies);
  const found = new Map<number, Failure[]>();
  for (const failure of failures) {
    const [, number = "0", rest = ""] = /^questions\[(\d+)\](.*)$/.exec(failure.path) ?? [];
    const place = places[Number(number)] ?? 0;
    const own = { ...failure, path: `questions[${place}]${rest}` };
    found.set(place, [...(found.get(place) ?? []), own]);
  }
  return found;
}

/** A question of another form is one for the runner, which says what is wrong with it. */
function isOpenSafely(question: unknown): boolean {
  try {
    return isOpen(question);
  } catch {
    return false;
  }
}
