import type { Decision, OrganizationEntry } from "./decision.js";
import type { DirectoryDocument, PolicyDocument } from "./documents.js";
import type { ActionName, KindName } from "./names.js";
import type { Policy } from "./policy.js";
import { Access, accessOver, type AccessOptions } from "./access.js";
import { decisionOf, organizationsOf, unavailable } from "./answers.js";
import { moment, options, word } from "./arguments.js";
import { BailiwickTypeError } from "./errors.js";
import { policySlot } from "./policy.js";
import { Slot, disposable } from "./slot.js";
import { encode } from "./write.js";

/**
 * Organizations with their people, projects and shares, loaded under a policy: every reference in it holds.
 *
 * @example
 * const directory = Directory.load(policy, document);
 * directory.organizations("user/ana@acme.com"); // [{ id: "acme", name: "Acme", edition: "enterprise" }]
 * directory.organizations("user/nobody@acme.com"); // []: active nowhere
 */
export class Directory<P extends PolicyDocument = PolicyDocument> {
  static {
    disposable(this);
  }

  readonly #slot: Slot;

  private constructor(slot: Slot) {
    if (!(slot instanceof Slot)) throw new BailiwickTypeError("a directory is made by Directory.load(…)");
    this.#slot = slot;
    slot.heldBy(this);
  }

  /**
   * Loads a document: an object, JSON text, or the bytes of it (at most 64 MiB). The policy may be freed afterwards.
   *
   * Throws {@link BailiwickError} with a code and a path for what does not hold together, `ERR_FREED`, `ERR_ENGINE_LOST`.
   */
  static load<P extends PolicyDocument>(
    policy: Policy<P>,
    document: DirectoryDocument | string | Uint8Array,
  ): Directory<P> {
    const of = policySlot(policy);
    const bytes = encode(document);
    of.mustLive();
    return new Directory<P>(
      new Slot(
        of.runtime,
        of.runtime.do((engine) => engine.load(of.handle, bytes)),
      ),
    );
  }

  /**
   * Compiles everything that one principal may do in one organization. Unknown names are no error: such an access denies everything,
   * with the reason.
   *
   * @param principal as `user/ana@acme.com`, `service_account/ci` or `api_key/k1`
   * @param organization the id of the organization
   * @example
   * const access = directory.access("user/bo@acme.com", "acme");
   * access.can("delete", "project", "search"); // false: a project user
   */
  access(principal: string, organization: string, settings?: AccessOptions): Access<P> {
    const who = word(principal, "principal");
    const where = word(organization, "organization");
    return accessOver<P>(
      () => this.#live(),
      settings,
      (engine, directory) => engine.access(directory, who, where),
    );
  }

  /** The organizations in which a principal is active, sorted by id: a switcher is for who has more than one. */
  organizations(principal: string): readonly OrganizationEntry[] {
    const who = word(principal, "principal");
    const { runtime, handle } = this.#live();
    return runtime.ask(
      (engine) => organizationsOf(engine.organizations(handle, who)),
      () => [],
    );
  }

  /**
   * Answers as `access.check` does, and tells more: a listed resource that does not exist, and in `ask` the people, for an asker who may
   * view the members there.
   *
   * @param settings `now`: the moment asked about, in milliseconds since 1970; this moment if absent
   * @example
   * directory.check("user/bo@acme.com", "acme", "delete", "project", "search").ask;
   * // [{ remedy: 0, role: "project_owner", on: "project/search", people: ["user/ana@acme.com"] }, …]
   */
  check<K extends KindName<P>>(
    principal: string,
    organization: string,
    action: ActionName<P, K>,
    kind: K,
    id: string,
    settings?: { readonly now?: number },
  ): Decision {
    const who = word(principal, "principal");
    const where = word(organization, "organization");
    const what = [word(action, "action"), word(kind, "kind"), word(id, "id")] as const;
    const [now] = options(settings, "settings", "now");
    const at = now === undefined ? Date.now() : moment(now, "settings.now");
    const { runtime, handle } = this.#live();
    return runtime.ask((engine) => decisionOf(engine.explain(handle, who, where, ...what, at)), unavailable);
  }

  /** Gives its memory back now. Every later call throws `ERR_FREED`; its accesses go on. A second `free()` does nothing. */
  free(): void {
    this.#slot.free();
  }

  #live(): Slot {
    this.#slot.mustLive();
    return this.#slot;
  }
}

export interface Directory<P extends PolicyDocument> {
  /** The same as `free()`, for `using`. */
  [Symbol.dispose](): void;
}
