import type { CommandName } from "../api/commands.js";
import { nearest } from "./nearest.js";
import { fieldsAt } from "./fields.js";

/** A name that is wrong: where it stands, and the documents that say which names there are. */
export interface Wrong {
  readonly kind: "policy" | "directory";
  readonly code: string;
  readonly path: string;
  /** The name that stands there. */
  readonly word?: string | undefined;
  readonly document: unknown;
  /** The policy of a directory. */
  readonly policy?: unknown;
}

/** The name that was meant in a document, if one that it declares is near. */
export function meantIn(wrong: Wrong): string | undefined {
  if (wrong.word === undefined) return undefined;
  const names = declared(wrong, policyFor(wrong));
  return whole(wrong.word, names) ?? nearest(wrong.word, names);
}

/** The policy by whose names a document goes. */
export const policyFor = ({ kind, document, policy }: Wrong): unknown => (kind === "policy" ? document : policy);

/** The only name that has the sort in front of what was written: `user/bo@acme.com` for `bo@acme.com`. */
export function whole(word: string, names: readonly string[]): string | undefined {
  const found = names.filter((name) => name.includes("/") && name.slice(name.indexOf("/") + 1) === word);
  return found.length === 1 ? found[0] : undefined;
}

/** The names that may stand at a place where an error of this code would say that another one is unknown. */
export function declared({ kind, code, path, document, word = "" }: Wrong, policy: unknown): string[] {
  const of = (field: string): string[] => keysOf(inside(policy, field));
  switch (code) {
    case "ERR_UNKNOWN_FIELD":
      return fieldsAt(kind, path);
    case "ERR_UNKNOWN_KIND":
      if (kind === "directory" && path.endsWith(".parent") && !word.includes("/")) return idsOf(document);
      return path.endsWith(".counts") ? [...of("kinds"), "user", "service_account", "api_key"] : of("kinds");
    case "ERR_UNKNOWN_ACTION":
      return actionsOf(policy, actionKind(policy, path));
    case "ERR_UNKNOWN_ROLE":
      return rolesOf(policy, kind === "policy" ? roleKind(path) : heldKind(document, path));
    case "ERR_UNKNOWN_FEATURE":
      return of("features");
    case "ERR_UNKNOWN_LIMIT":
      return of("limits");
    case "ERR_UNKNOWN_EDITION":
      return of("editions");
    case "ERR_UNKNOWN_HOLDER":
      return ["user", "service_account", "api_key", "group", "members"];
    case "ERR_UNKNOWN_COMMAND":
      return path.startsWith("questions")
        ? QUESTIONS
        : path.startsWith("nobody")
          ? [...COMMANDS, ...QUESTIONS]
          : COMMANDS;
    case "ERR_VALUE":
      return ["anyone", "people", "member", "sso"];
    default:
      return kind === "directory" ? idsFor(document, path, word) : [];
  }
}

/** The actions of a kind, and what its roles may be handed out by. */
export function actionsOf(policy: unknown, kind: string | undefined): string[] {
  if (kind === undefined) return [];
  const grants = rolesOf(policy, kind).map((role) => `grant ${role}`);
  return [...keysOf(inside(policy, "kinds", kind, "actions")), ...grants];
}

/** The roles of a kind. */
export function rolesOf(policy: unknown, kind: string | undefined): string[] {
  return kind === undefined ? [] : keysOf(inside(policy, "kinds", kind, "roles"));
}

/** All ids of a directory: `user/…`, `group/…`, `service_account/…`, `organization/…`, `project/…`, and of its other kinds. */
export function idsOf(document: unknown): string[] {
  return Object.entries(SORTS)
    .flatMap(([field, sort]) => listOf(document, field).map((id) => `${sort}/${id}`))
    .concat(resourcesOf(document), "members");
}

const SORTS = {
  people: "user",
  groups: "group",
  serviceAccounts: "service_account",
  organizations: "organization",
  projects: "project",
  apiKeys: "api_key",
} as const;

function idsFor(document: unknown, path: string, word: string): string[] {
  if (word.includes("/")) return idsOf(document);
  if (/\.organization$/.test(path)) return listOf(document, "organizations");
  if (/\.project$/.test(path)) return listOf(document, "projects");
  return idsOf(document);
}

function listOf(document: unknown, field: string): string[] {
  const list = inside(document, field);
  return Array.isArray(list) ? list.map((one) => inside(one, "id")).filter((id) => typeof id === "string") : [];
}

function resourcesOf(document: unknown): string[] {
  const list = inside(document, "resources");
  if (!Array.isArray(list)) return [];
  return list.map((one) => `${String(inside(one, "kind"))}/${String(inside(one, "id"))}`);
}

/** On which kind an action is looked for at a place of a policy. */
function actionKind(policy: unknown, path: string): string | undefined {
  const [top, first, second] = path.split(".");
  if (top === "commands" || top === "questions") return second;
  if (top === "organizations") return "organization";
  if (top?.startsWith("assertions")) return text(inside(policy, "assertions", indexOf(top), "on"));
  return second === "create" ? text(inside(policy, "kinds", first, "parent")) : first;
}

/** On which kind a role is looked for at a place of a policy: what stands last before the list, or the kind itself. */
function roleKind(path: string): string | undefined {
  if (path.startsWith("holders.api_key.default")) return "project";
  const steps = path.replaceAll(/\[\d+\]/g, "").split(".");
  const above = steps.at(-2) ?? "";
  return ["implies", "default", "roles", "baseline"].includes(above) ? steps.at(-1) : steps[1];
}

/** On which kind a role is looked for at a place of a directory. */
function heldKind(document: unknown, path: string): string | undefined {
  if (path.startsWith("resources")) return text(inside(document, "resources", indexOf(path), "kind"));
  return /^(projects|apiKeys)|\.projects\[/.test(path) ? "project" : "organization";
}

const indexOf = (step: string): string => /\[(\d+)\]/.exec(step)?.[1] ?? "";

const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

/** What lies inside a document, by its own fields. */
export function inside(document: unknown, ...steps: readonly (string | undefined)[]): unknown {
  let here = document;
  for (const step of steps) {
    if (typeof here !== "object" || here === null || step === undefined || !Object.hasOwn(here, step)) return undefined;
    here = (here as Record<string, unknown>)[step];
  }
  return here;
}

function keysOf(value: unknown): string[] {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
}

const named = (names: Record<CommandName, true>): string[] => Object.keys(names);

const COMMANDS = named({
  sign_up: true,
  create_organization: true,
  rename_organization: true,
  delete_organization: true,
  invite_member: true,
  resend_invite: true,
  delete_invite: true,
  accept_invite: true,
  change_member_roles: true,
  suspend_member: true,
  restore_member: true,
  remove_member: true,
  leave_organization: true,
  create_project: true,
  rename_project: true,
  delete_project: true,
  move_project: true,
  add_project_member: true,
  change_project_member: true,
  remove_project_member: true,
  create_service_account: true,
  change_service_account: true,
  delete_service_account: true,
  create_api_key: true,
  change_api_key: true,
  rotate_api_key: true,
  delete_api_key: true,
  create_resource: true,
  change_resource: true,
  delete_resource: true,
  share: true,
  change_share: true,
  unshare: true,
  create_group: true,
  add_to_group: true,
  remove_from_group: true,
  delete_group: true,
  configure_sso: true,
  verify_domain: true,
  release_domain: true,
  sign_in: true,
  change_edition: true,
});

const QUESTIONS = ["who", "matrix", "upgrade"];
