import type { Matrix } from "../api/decision.js";
import type { PolicyDocument } from "../api/documents.js";
import { BailiwickTypeError } from "../api/errors.js";
import type { Method, Route } from "../guard/routes.js";
import type { Question } from "./places.js";

/** What the service can do, by the name of the handler. */
export type HandlerName =
  | "policy" | "vocabulary" | "keys" | "people" | "signIn" | "me" | "create" | "capsule" | "delta" | "accept"
  | "operate" | "adopt" | "document" | "changes"
  | "command" | "events" | Question["ask"];

/** A row of the table, and what answers behind it. */
export interface Served {
  readonly route: Route;
  readonly handler: HandlerName;
  /** Who must have said who they are. A guarded row demands it by itself. */
  readonly known: boolean;
}

/** What decides which rows there are. */
export interface TableSettings {
  readonly policy: PolicyDocument;
  /** The roles of an organization against its actions: `policy.matrix("organization")`. */
  readonly matrix: Matrix | undefined;
  /** An action that every member has; worked out if absent. */
  readonly member: string | undefined;
  /** What stands before every path: `/api`. */
  readonly prefix: string;
  readonly operator: boolean;
  readonly development: boolean;
}

const ORGANIZATION = "/organizations/{organization}";

/** The table of the authority's own API. */
export function tableOf(settings: TableSettings): readonly Served[] {
  const { prefix, policy } = settings;
  const member = settings.member ?? memberAction(settings);
  const open = (method: Method, path: string, handler: HandlerName, known = true): Served => ({
    route: { method, path: prefix + path, public: true },
    handler,
    known,
  });
  const guarded = (method: Method, path: string, handler: HandlerName, action = member): Served => ({
    route: { method, path: `${prefix}${ORGANIZATION}/${path}`, action, kind: "organization", organization: "organization" },
    handler,
    known: true,
  });
  return [
    open("GET", "/policy", "policy", false),
    open("GET", "/vocabulary", "vocabulary", false),
    open("GET", "/keys", "keys", false),
    open("GET", "/me", "me"),
    open("POST", "/organizations", "create"),
    open("GET", `${ORGANIZATION}/capsule`, "capsule"),
    open("GET", `${ORGANIZATION}/capsule/delta`, "delta"),
    open("POST", `${ORGANIZATION}/invites/{invite}/acceptance`, "accept"),
    guarded("POST", "commands", "command"),
    guarded("POST", "preview", "preview"),
    guarded("GET", "who", "who", questionAction(policy, "who")),
    guarded("GET", "matrix", "matrix", questionAction(policy, "matrix")),
    guarded("GET", "list", "list"),
    guarded("GET", "grantable", "grantable"),
    guarded("GET", "view", "view"),
    guarded("GET", "history", "history"),
    guarded("GET", "events", "events"),
    ...(settings.operator
      ? [
          open("POST", `/operator${ORGANIZATION}/commands`, "operate"),
          open("PUT", `/operator${ORGANIZATION}`, "adopt"),
          open("GET", `/operator${ORGANIZATION}`, "document"),
          open("GET", `/operator${ORGANIZATION}/changes`, "changes"),
        ]
      : []),
    ...(settings.development
      ? [open("GET", "/development/people", "people", false), open("POST", "/development/sign-in", "signIn", false)]
      : []),
  ];
}

/** The first action on an organization that every role of a person there gives: who has it is a member. */
function memberAction({ policy, matrix }: TableSettings): string {
  const roles = policy.holders?.["user"]?.roles?.["organization"] ?? [];
  const columns = (matrix?.roles ?? []).flatMap(({ role }, place) => (roles.includes(role) ? [place] : []));
  const found = matrix?.actions.find(({ cells }) => columns.length > 0 && columns.every((place) => cells[place] === "yes"));
  if (found !== undefined) return found.action;
  throw new BailiwickTypeError(
    "no action on an organization is given by every role of a person: name one, `settings.member`",
    "settings.member",
  );
}

/** What a question needs where it can be asked about organizations alone; else the directory looks at what it is asked about. */
function questionAction(policy: PolicyDocument, question: "who" | "matrix"): string | undefined {
  const needs = Object.entries(policy.questions?.[question] ?? {});
  const [[kind, action] = []] = needs;
  return needs.length === 1 && kind === "organization" ? action : undefined;
}
