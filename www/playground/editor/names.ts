import type { Location, Segment } from "jsonc-parser";
import { actionsOf, declared, idsOf, inside, rolesOf } from "../../../pkg/src/cli/names";
import type { DocumentId } from "../engine/protocol";

/** The documents as far as they can be read, for the names in them. */
export interface Readable {
  readonly policy: unknown;
  readonly directory: unknown;
  readonly questions: unknown;
}

/** The names that may stand at a place, from the policy and the directory. */
export function namesAt(document: DocumentId, { path, isAtPropertyKey }: Location, read: Readable): readonly string[] {
  const steps = isAtPropertyKey ? path.slice(0, -1) : path;
  if (document === "policy") return inPolicy(steps, isAtPropertyKey, read);
  if (isAtPropertyKey) return [];
  return document === "directory" ? inDirectory(steps, read) : inQuestion(steps, read);
}

/** Which names stand where in a policy, by the error that another one would be. */
const VALUES: readonly (readonly [RegExp, string])[] = [
  [/\.allow\[\d+\]$/, "ERR_UNKNOWN_ACTION"],
  [/^kinds\.[^.]+\.(create|use|run)$/, "ERR_UNKNOWN_ACTION"],
  [/^(commands|questions)\.[^.]+\.[^.]+$/, "ERR_UNKNOWN_ACTION"],
  [/^organizations\.further$|^assertions\[\d+\]\.may$/, "ERR_UNKNOWN_ACTION"],
  [/\.grant\[\d+\]$|\.sharing\[\d+\]$/, "ERR_UNKNOWN_ROLE"],
  [/\.(implies|default|roles|baseline)\.[^.]+\[\d+\]$/, "ERR_UNKNOWN_ROLE"],
  [/^holders\.api_key\.default\[\d+\]$/, "ERR_UNKNOWN_ROLE"],
  [/^kinds\.[^.]+\.(top|creator|default)$/, "ERR_UNKNOWN_ROLE"],
  [/^kinds\.[^.]+\.parent$|\.counts$|^assertions\[\d+\]\.on$/, "ERR_UNKNOWN_KIND"],
  [/\.feature$|^editions\.[^.]+\.features\[\d+\]$/, "ERR_UNKNOWN_FEATURE"],
  [/^kinds\..*\.limit$/, "ERR_UNKNOWN_LIMIT"],
];

const KEYS: readonly (readonly [RegExp, string])[] = [
  [/\.(implies|default|baseline)$|^holders\.[^.]+\.roles$/, "ERR_UNKNOWN_KIND"],
  [/^(commands|questions)\.[^.]+$/, "ERR_UNKNOWN_KIND"],
  [/^editions\.[^.]+\.limits$/, "ERR_UNKNOWN_LIMIT"],
];

function inPolicy(steps: readonly Segment[], isKey: boolean, { policy }: Readable): readonly string[] {
  const path = written(steps);
  const code = (isKey ? KEYS : VALUES).find(([place]) => place.test(path))?.[1];
  if (code === undefined) return [];
  // A key is looked for as the value under it would be.
  return declared({ kind: "policy", code, path: isKey ? `${path}.` : path, document: policy }, policy);
}

function inDirectory(steps: readonly Segment[], { policy, directory }: Readable): readonly string[] {
  const path = written(steps);
  const field = lastName(steps);
  const own = (code: string) => declared({ kind: "directory", code, path, document: directory }, policy);
  switch (field) {
    case "roles":
      return own("ERR_UNKNOWN_ROLE");
    case "role":
      return path.startsWith("resources") ? sharingOf(policy, inside(directory, "resources", String(steps[1]), "kind")) : [];
    case "kind":
      return kindsOf(policy).filter((kind) => !["platform", "organization", "project"].includes(kind));
    case "edition":
      return own("ERR_UNKNOWN_EDITION");
    case "policy": {
      const name = inside(policy, "name");
      return typeof name === "string" ? [name] : [];
    }
    default:
      return idsFor(field, path, directory);
  }
}

function idsFor(field: string | undefined, path: string, directory: unknown): readonly string[] {
  const ids = idsOf(directory);
  const of = (...sorts: readonly string[]) => ids.filter((id) => sorts.some((sort) => id === sort || id.startsWith(`${sort}/`)));
  const bare = (sort: string) => of(sort).map((id) => id.slice(sort.length + 1));
  switch (field) {
    case "organization":
      return bare("organization");
    case "project":
      return bare("project");
    case "member":
      return path.startsWith("organizations") ? of("user") : of("user", "service_account", "group", "members");
    case "members":
      return of("user");
    case "with":
      return of("user", "service_account", "group", "members");
    case "creator":
    case "sender":
      return of("user", "service_account");
    case "parent":
      return ids.filter((id) => !/^(user|group|service_account|api_key)\/|^members$/.test(id));
    default:
      return [];
  }
}

function inQuestion(steps: readonly Segment[], read: Readable): readonly string[] {
  const { policy, directory, questions } = read;
  const field = lastName(steps);
  const question = inside(questions, ...steps.slice(0, lastNamePlace(steps)).map(String));
  const kind = inside(question, "kind");
  const ids = idsOf(directory);
  const principals = ids.filter((id) => /^(user|service_account|api_key)\//.test(id));
  switch (field) {
    case "principal":
    case "people":
      return principals;
    case "as":
      return [...principals, "host"];
    case "kind":
      return kindsOf(policy);
    case "action":
    case "actions":
      return typeof kind === "string" ? actionsOf(policy, kind) : everyAction(policy);
    case "id":
    case "ids":
      return typeof kind !== "string" || steps.includes("command")
        ? []
        : ids.filter((id) => id.startsWith(`${kind}/`)).map((id) => id.slice(kind.length + 1));
    case "on":
      return ids.filter((id) => !principals.includes(id));
    case "role":
    case "roles":
      return rolesIn(policy, question);
    default:
      return idsFor(field, "", directory);
  }
}

/** The roles that a command may name, or any. */
function rolesIn(policy: unknown, question: unknown): readonly string[] {
  const command = inside(question, "command");
  if (typeof command === "string" && /project|api_key/.test(command)) return rolesOf(policy, "project");
  if (typeof command === "string" && /member|invite|service_account/.test(command)) return rolesOf(policy, "organization");
  return [...new Set(kindsOf(policy).flatMap((kind) => rolesOf(policy, kind)))];
}

const everyAction = (policy: unknown) => [...new Set(kindsOf(policy).flatMap((kind) => actionsOf(policy, kind)))];

const kindsOf = (policy: unknown) => Object.keys((inside(policy, "kinds") as object | undefined) ?? {});

function sharingOf(policy: unknown, kind: unknown): readonly string[] {
  const sharing = typeof kind === "string" ? inside(policy, "kinds", kind, "sharing") : undefined;
  return Array.isArray(sharing) ? sharing.map(String) : [];
}

const lastNamePlace = (steps: readonly Segment[]) => steps.findLastIndex((step) => typeof step === "string");

function lastName(steps: readonly Segment[]): string | undefined {
  const name = steps[lastNamePlace(steps)];
  return typeof name === "string" ? name : undefined;
}

/** A path as errors carry it. */
function written(steps: readonly Segment[]): string {
  return steps.map((step, at) => (typeof step === "number" ? `[${step}]` : at === 0 ? step : `.${step}`)).join("");
}
