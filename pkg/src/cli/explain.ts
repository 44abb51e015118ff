import type { Ask, Decision, Reason, Remedy, Via } from "../api/decision.js";
import { type Arguments, need } from "./arguments.js";
import { FINE, FOUND, type Command } from "./command.js";
import { needDirectory, needPolicy } from "./documents.js";
import { parsed } from "./faults.js";
import { dated, momentOf } from "./moment.js";
import { actionsOf, idsOf, inside, whole } from "./names.js";
import { nearest } from "./nearest.js";
import type { Screen } from "./screen.js";

const NAMES = ["<policy>", "<directory>", "<principal>", "<organization>", "<action>", "<kind>", "<id>"] as const;

export const explain: Command = {
  name: "explain",
  summary: "say why somebody may do something, or why not",
  forms: [NAMES.join(" ")],
  text: [
    "Asks the directory one question and tells the whole answer: the bindings that carry it, or what would change it and whom to ask.",
  ],
  options: {
    now: { value: "<time>", text: "the moment asked about: a date, or milliseconds since 1970; else this one" },
  },
  examples: ["explain pinecone acme.json user/bo@acme.com acme delete project search"],
  one: "it is denied",
  run,
};

/** One question, and who asks it where. */
interface Question {
  readonly principal: string;
  readonly organization: string;
  readonly action: string;
  readonly kind: string;
  readonly id: string;
}

async function run(args: Arguments, screen: Screen): Promise<number> {
  const [first, second, principal, organization, action, kind, id] = need(
    joined(args),
    NAMES,
    "explain",
  ) as readonly string[] & { readonly [N in 0 | 1 | 2 | 3 | 4 | 5 | 6]: string };
  const now = momentOf(args.one("now"), "explain");
  const of = await needPolicy(first);
  const { directory, source } = await needDirectory(second, of);
  const question = { principal, organization, action, kind, id };
  const decision = directory.check(principal, organization, action, kind, id, { now });
  const meant = decision.allowed ? undefined : meantBy(decision.reason, question, parsed(of.source), parsed(source));
  if (args.has("json")) screen.json({ ...question, now, ...decision, ...(meant && { didYouMean: meant }) });
  else if (decision.allowed) granted(screen, question, decision);
  else denied(screen, question, decision, meant);
  return decision.allowed ? FINE : FOUND;
}

/** The last two words may be one, as answers name things: `project/search`. */
function joined(args: Arguments): Arguments {
  const last = args.words.at(-1) ?? "";
  const slash = last.indexOf("/");
  if (args.words.length !== NAMES.length - 1 || slash < 1) return args;
  return args.with([...args.words.slice(0, -1), last.slice(0, slash), last.slice(slash + 1)]);
}

function granted(screen: Screen, { principal, action, kind, id }: Question, decision: Decision): void {
  screen.line(`${screen.good("Yes.")} ${screen.strong(principal)} may ${action} ${kind}/${id}.`);
  screen.line();
  for (const via of decision.via) screen.line(`  ${screen.wrapped(`${carried(via)}.`, 2)}`);
  if (decision.validUntil !== undefined)
    screen.line(`  ${screen.sentence(`It ends at ${dated(decision.validUntil)}.`)}`);
}

/** How one binding carries a grant. */
function carried({ role, on, how, group, implied, until }: Via): string {
  const holder = {
    direct: "They hold",
    group: `Their group \`${group ?? ""}\` holds`,
    members: "Every member holds",
    platform: "Whoever is known here holds",
  }[how];
  const end = until === undefined ? "" : `, until ${dated(until)}`;
  return `${holder} \`${role}\` on \`${on}\`${end}${implied ? ", and that role implies it here" : ""}`;
}

function denied(screen: Screen, question: Question, decision: Decision, meant: string | undefined): void {
  const { principal, action, kind, id } = question;
  screen.line(`${screen.bad("No.")} ${screen.strong(principal)} may not ${action} ${kind}/${id}.`);
  screen.line();
  screen.line(`  ${screen.wrapped(`${REASONS[decision.reason](question)}.`, 2)} ${screen.faint(decision.reason)}`);
  if (meant !== undefined) screen.line(`  ${screen.odd(`Did you mean \`${meant}\`?`)}`);
  if (decision.remedy.length === 0) return;
  screen.line();
  screen.line(decision.remedy.length === 1 ? "  This would change it:" : "  Any of these would change it:");
  for (const [index, remedy] of decision.remedy.entries()) {
    screen.line(`    ${screen.wrapped(changed(remedy), 4)}`);
    for (const ask of decision.ask) if (ask.remedy === index) screen.line(`      ${screen.wrapped(asked(ask), 6)}`);
  }
}

/** What a remedy gives. */
function changed(remedy: Remedy): string {
  if (remedy.change === "edition") {
    const what = remedy.feature ?? remedy.limit;
    return `- the edition \`${remedy.edition}\`${what === undefined ? "" : `, for \`${what}\``}`;
  }
  if (remedy.change === "role") return `- the role \`${remedy.role}\` on \`${remedy.on}\``;
  return `- a share of \`${remedy.on}\` as \`${remedy.role}\``;
}

/** Who can make it. */
function asked({ role, on, people }: Ask): string {
  const names = people?.map((one) => `\`${one}\``).join(", ");
  const who = `whoever holds \`${role}\` on \`${on}\``;
  return names === undefined || names === "" ? `ask ${who}` : `ask ${names}: ${who}`;
}

const REASONS: { readonly [reason in Reason]: (question: Question) => string } = {
  granted: () => "It is granted",
  stale: () => "The answer is out of date",
  unknown_principal: ({ principal }) => `Nobody is known as \`${principal}\``,
  not_a_member: ({ organization }) => `They are no member of \`${organization}\`, if there is such an organization`,
  suspended: ({ organization }) => `They are suspended in \`${organization}\``,
  unknown_kind: ({ kind }) => `The policy has no kind \`${kind}\``,
  unknown_action: ({ action, kind }) => `The policy has no action \`${action}\` on kind \`${kind}\``,
  not_available_yet: () => "It is coming soon, and not available to anyone yet",
  unknown_resource: ({ kind, id }) => `There is no \`${kind}/${id}\` here that they may know of`,
  expired: () => "A role that gave it has ended",
  no_role: () => "No role that they hold here gives it",
  feature_unavailable: () => "The organization's edition does not have the feature that it needs",
  limit_reached: () => "The limit of the organization's edition is used up",
  not_grantable: () => "They may not hand that role out",
  last_owner: () => "Somebody has to remain who owns it",
  conflict: () => "It contradicts what is there",
  invite_expired: () => "The invite has ended",
  contact_support: () => "Only the operator does this",
  unavailable: () => "The module broke",
};

/** A name of the documents that is near one that they do not have. */
function meantBy(reason: Reason, question: Question, policy: unknown, directory: unknown): string | undefined {
  const under = (sort: string): string[] => idsOf(directory).filter((id) => id.startsWith(`${sort}/`));
  const bare = (sort: string): string[] => under(sort).map((id) => id.slice(sort.length + 1));
  if (reason === "unknown_principal") return whole(question.principal, idsOf(directory)) ?? nearest(question.principal, idsOf(directory));
  if (reason === "not_a_member") return nearest(question.organization, bare("organization"));
  if (reason === "unknown_kind") return nearest(question.kind, Object.keys(inside(policy, "kinds") as object));
  if (reason === "unknown_action") return nearest(question.action, actionsOf(policy, question.kind));
  if (reason === "unknown_resource") return nearest(question.id, bare(question.kind));
  return undefined;
}
