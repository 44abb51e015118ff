import type { Access } from "./access.js";
import type { Button, Decision, Page } from "./decision.js";
import type { PolicyDocument } from "./documents.js";
import type { ActionName, KindName } from "./names.js";

/**
 * An access, asked about one kind: `access.view("project")`.
 *
 * @example
 * const projects = access.view("project");
 * projects.can("query_vectors", "search"); // true
 * projects.can("delete", "search"); // false
 */
export class KindView<P extends PolicyDocument, K extends KindName<P>> {
  constructor(
    private readonly access: Access<P>,
    /** The kind that it answers for. */
    readonly kind: K,
  ) {}

  /** As `access.can`. */
  can(action: ActionName<P, K>, id: string): boolean {
    return this.access.can(action, this.kind, id);
  }

  /** As `access.check`. */
  check(action: ActionName<P, K>, id: string): Decision {
    return this.access.check(action, this.kind, id);
  }

  /** As `access.button`. */
  button(action: ActionName<P, K>, id: string): Button {
    return this.access.button(action, this.kind, id);
  }

  /** As `access.canMany`. */
  canMany(actions: readonly ActionName<P, K>[], ids: readonly string[]): Uint8Array {
    return this.access.canMany(actions, this.kind, ids);
  }

  /** As `access.list`. */
  list(
    action: ActionName<P, K>,
    settings?: { readonly after?: string | undefined; readonly limit?: number | undefined },
  ): Page {
    return this.access.list(action, this.kind, settings);
  }
}
