import type { Access, Button, Decision } from "bailiwick";
import type { Example } from "./example";
import { type State, link } from "./state";

/** One action as somebody sees it. */
export interface Row {
  readonly action: string;
  readonly label: string;
  readonly kind: string;
  readonly id: string;
  readonly button: Button;
}

/** A row, with the whole answer beside it. */
export interface Missing extends Row {
  readonly decision: Decision;
}

/** What one rendering shows: somebody, somewhere, at a moment. */
export class Scene {
  readonly now: number;
  readonly access: Access;

  constructor(
    readonly example: Example,
    readonly state: State,
  ) {
    this.now = state.at === 0 ? Math.max(Date.now(), example.changed) : state.at;
    this.access = example.directory.access(state.as, state.in, { clock: () => this.now });
  }

  get names() {
    return this.example.names;
  }

  /** Who asks, by name. */
  get who(): string {
    return this.names.of(this.state.as);
  }

  /** Who asks, by first name: inside a sentence. */
  get short(): string {
    if (this.state.as.startsWith("api_key/")) return "this key";
    return this.state.as.startsWith("user/") ? (this.who.split(" ", 1)[0] ?? this.who) : this.who;
  }

  /** The same, where a sentence begins. */
  get starts(): string {
    return this.short.charAt(0).toUpperCase() + this.short.slice(1);
  }

  /** The organization, by name. */
  get where(): string {
    return this.state.in === "" ? "No organization yet" : this.names.of(`organization/${this.state.in}`);
  }

  /** When a change would happen: never before the last one. */
  get then(): number {
    return Math.max(this.state.at === 0 ? Date.now() : this.state.at, this.example.changed);
  }

  /** The organization as the document has it. */
  get organization() {
    return this.example.document.organizations?.find(({ id }) => id === this.state.in);
  }

  /** The address of this scene with something changed. */
  link(change: Partial<State>): string {
    return link(this.state, change);
  }

  /** The actions that a kind declares, without the handing out of roles. */
  actions(kind: string): string[] {
    return this.#kind(kind).actions.filter((action) => !action.startsWith("grant "));
  }

  /** The roles that a kind declares. */
  roles(kind: string): readonly string[] {
    return this.#kind(kind).roles;
  }

  /** Whether the policy has this kind. */
  hasKind(kind: string): boolean {
    return this.example.policy.kinds.some((one) => one.kind === kind);
  }

  /** The kinds of content: what lies in an organization beside projects. */
  contentKinds(): string[] {
    return this.example.policy.kinds
      .filter(({ parent, kind }) => parent === "organization" && kind !== "project")
      .map(({ kind }) => kind);
  }

  /** One button for each action. */
  rows(actions: readonly string[], kind: string, id: string): Row[] {
    return actions.map((action) => ({
      action,
      label: this.names.action(kind, action),
      kind,
      id,
      button: this.access.button(action, kind, id),
    }));
  }

  /** The whole answer, from the directory: it may name people. */
  decide({ action, kind, id }: Pick<Row, "action" | "kind" | "id">): Decision {
    return this.example.directory.check(this.state.as, this.state.in, action, kind, id, { now: this.now });
  }

  /** The rows that are no enabled button, each with why. */
  missing(rows: readonly Row[]): Missing[] {
    return rows
      .filter(({ button }) => button.state !== "enabled")
      .map((row) => ({ ...row, decision: this.decide(row) }));
  }

  /** Whether the action is allowed on the organization. */
  may(action: string | undefined): boolean {
    return action !== undefined && this.access.can(action, "organization", this.state.in);
  }

  /** Why nothing at all is shown, if that is so. */
  shut(): Decision | undefined {
    const [action] = this.actions("organization");
    if (action === undefined) return undefined;
    const decision = this.decide({ action, kind: "organization", id: this.state.in });
    return ["unknown_principal", "not_a_member", "suspended", "stale", "unavailable"].includes(decision.reason)
      ? decision
      : undefined;
  }

  /** The roles of the organization by which the person may do anything on it: for the matrix of that kind only. */
  held(kind: string): ReadonlySet<string> {
    if (kind !== "organization") return new Set();
    const via = this.actions(kind).flatMap((action) => this.access.check(action, kind, this.state.in).via);
    return new Set(via.filter(({ on }) => on.startsWith("organization/")).map(({ role }) => role));
  }

  /** Gives the access back. */
  close(): void {
    this.access.free();
  }

  #kind(kind: string) {
    return (
      this.example.policy.kinds.find((one) => one.kind === kind) ?? { actions: [] as string[], roles: [] as string[] }
    );
  }
}
