import type { Change, Command, HostCommand } from "./commands.js";
import type { Decision, OrganizationEntry } from "./decision.js";
import type { DirectoryDocument, PolicyDocument } from "./documents.js";
import type { ActionName, KindName } from "./names.js";
import type { Policy } from "./policy.js";
import type {
  Compared,
  Grantable,
  ListPage,
  PeopleMatrix,
  Preview,
  QuerySettings,
  RoleMapping,
  Told,
  WhoPage,
} from "./questions.js";
import { Access, accessOver, type AccessOptions } from "./access.js";
import { decisionOf, organizationsOf, toldOf, unavailable, unavailableAnswer } from "./answers.js";
import { moment, mustFit, options, pageSize, text, word } from "./arguments.js";
import { BailiwickTypeError } from "./errors.js";
import { policySlot } from "./policy.js";
import { Slot, disposable } from "./slot.js";
import { bring, encode, written } from "./write.js";

/**
 * Organizations with their people, projects and shares, loaded under a policy: every reference in it holds.
 *
 * @example
 * const directory = Directory.load(policy, document);
 * directory.organizations("user/ana@acme.com"); // [{ id: "acme", name: "Acme", edition: "enterprise" }]
 * directory.organizations("user/nobody@acme.com"); // []: active nowhere
 */
export class Directory<out P extends PolicyDocument = PolicyDocument> {
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
    const text = written(document);
    of.mustLive();
    return new Directory<P>(
      new Slot(
        of.runtime,
        of.runtime.do((engine) => engine.load(of.handle, bring(engine, text))),
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

  /**
   * An access cut down to travel: what one principal may do in one organization, with an end of its own. It opens with the vocabulary of
   * the policy, `Access.openCapsule(bytes, policy.vocabulary())`. Sign it before it leaves: `bailiwick/capsule`.
   *
   * Throws `ERR_LIFETIME` unless it ends after it is issued.
   *
   * @param life `issuedAt` and `notAfter`, in milliseconds since 1970
   * @example
   * const issuedAt = Date.now();
   * const bytes = directory.capsule("user/bo@acme.com", "acme", { issuedAt, notAfter: issuedAt + 5 * 60_000 });
   */
  capsule(
    principal: string,
    organization: string,
    life: { readonly issuedAt: number; readonly notAfter: number },
  ): Uint8Array {
    const who = word(principal, "principal");
    const where = word(organization, "organization");
    const [issuedAt, notAfter] = options(life, "life", "issuedAt", "notAfter");
    const from = moment(issuedAt, "life.issuedAt");
    const until = moment(notAfter, "life.notAfter");
    const { runtime, handle } = this.#live();
    return runtime.do((engine) => engine.capsuleOf(handle, who, where, from, until));
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
    const at = momentOf(settings);
    const { runtime, handle } = this.#live();
    return runtime.ask((engine) => decisionOf(engine.explain(handle, who, where, ...what, at)), unavailable);
  }

  /**
   * Carries a command out for a principal, if the policy lets them. A refusal is an answer and changes nothing; the same command id twice
   * changes once. Accesses made before stay as they were: make new ones. TypeScript knows the roles of the policy: one that an API key may
   * not hold does not compile in `create_api_key`.
   *
   * Throws {@link BailiwickError} for a command that names what the policy does not have (`ERR_UNKNOWN_ROLE` at `roles[0]`), for a moment
   * before the last change (`ERR_CLOCK`), and `ERR_ENGINE_LOST`.
   *
   * @example
   * const outcome = directory.apply({ id: "c1", command: "leave_organization", organization: "acme" }, "user/ana@acme.com");
   * if (!outcome.ok) outcome.text; // "An organization keeps an owner: make another one first."
   */
  apply(
    command: Command<P> | string | Uint8Array,
    actor: string,
    settings?: { readonly now?: number | undefined },
  ): Told<{ readonly change: Change }> {
    return this.#apply(command, word(actor, "actor"), settings);
  }

  /** `apply` for what only the host may do: people sign up and sign in, domains are verified, editions change. Never give it a request. */
  applyAsHost(
    command: HostCommand<P> | string | Uint8Array,
    settings?: { readonly now?: number | undefined },
  ): Told<{ readonly change: Change }> {
    return this.#apply(command, undefined, settings);
  }

  #apply(command: unknown, actor: string | undefined, settings: unknown): Told<{ readonly change: Change }> {
    const bytes = encode(command);
    const at = momentOf(settings);
    const { runtime, handle } = this.#live();
    return toldOf(runtime.do((engine) => engine.apply(handle, bytes, actor, at)));
  }

  /**
   * What a command of `settings.as` (absent: of the host) would come to: the change, and exactly who would gain and lose what. Changes
   * nothing.
   *
   * @example
   * const preview = directory.preview(command, { as: "user/ana@acme.com" });
   * if (preview.ok) preview.rows; // [{ principal: "user/bo@acme.com", kind: "project", id: "search", gained: ["delete", …], lost: [] }]
   */
  preview(command: Command<P> | HostCommand<P> | string | Uint8Array, settings?: QuerySettings): Told<Preview> {
    const bytes = encode(command);
    const { as, after, limit, now } = queryOf(settings);
    const { runtime, handle } = this.#live();
    return runtime.ask(
      (engine) => toldOf<Preview>(engine.preview(handle, bytes, as, after, limit, now)),
      unavailableAnswer,
    );
  }

  /** Replays a change of `apply`. Throws `ERR_REVISION` for one of another revision, `ERR_CHANGE` for one that does not fit. */
  commit(change: Change | string | Uint8Array): void {
    const bytes = encode(change);
    const { runtime, handle } = this.#live();
    runtime.do((engine) => engine.commit(handle, bytes));
  }

  /** The directory as a document. It is canonical: equal directories have equal documents, byte for byte. */
  document(): DirectoryDocument {
    const { runtime, handle } = this.#live();
    return JSON.parse(runtime.do((engine) => engine.document(handle))) as DirectoryDocument;
  }

  /** Grows by one with each change. */
  get revision(): number {
    const { runtime, handle } = this.#live();
    return runtime.do((engine) => engine.revision(handle));
  }

  /**
   * Who may do an action on a resource, and through what: everybody of whom `check` says yes.
   *
   * @example
   * directory.who("acme", "delete", "project", "search", { as: "user/bo@acme.com" }); // { ok: false, decision: { reason: "no_role", … }, … }
   */
  who<K extends KindName<P>>(
    organization: string,
    action: ActionName<P, K>,
    kind: K,
    id: string,
    settings?: QuerySettings,
  ): Told<WhoPage> {
    const where = word(organization, "organization");
    const what = [word(action, "action"), word(kind, "kind"), word(id, "id")] as const;
    const { as, after, limit, now } = queryOf(settings);
    const { runtime, handle } = this.#live();
    return runtime.ask(
      (engine) => toldOf<WhoPage>(engine.who(handle, where, as, ...what, after, limit, now)),
      unavailableAnswer,
    );
  }

  /** Everybody who may do anything on a resource, by actions. The roles of a kind by actions are `policy.matrix(kind)`. */
  matrix(organization: string, kind: KindName<P>, id: string, settings?: QuerySettings): Told<PeopleMatrix> {
    const where = word(organization, "organization");
    const what = [word(kind, "kind"), word(id, "id")] as const;
    const { as, after, limit, now } = queryOf(settings);
    const { runtime, handle } = this.#live();
    return runtime.ask(
      (engine) => toldOf<PeopleMatrix>(engine.people(handle, where, as, ...what, after, limit, now)),
      unavailableAnswer,
    );
  }

  /** On what a principal may do an action: everything of which `check` says yes; what the asker may not see is counted. */
  list<K extends KindName<P>>(
    organization: string,
    principal: string,
    action: ActionName<P, K>,
    kind: K,
    settings?: QuerySettings,
  ): Told<ListPage> {
    const where = word(organization, "organization");
    const what = [word(principal, "principal"), word(action, "action"), word(kind, "kind")] as const;
    const { as, after, limit, now } = queryOf(settings);
    const { runtime, handle } = this.#live();
    return runtime.ask(
      (engine) => toldOf<ListPage>(engine.listOf(handle, where, as, ...what, after, limit, now)),
      unavailableAnswer,
    );
  }

  /**
   * What a role picker offers: the roles that `settings.as` may give to a target there; exactly those of which a command is accepted.
   *
   * @param target `user/<id>`, `service_account/<id>`, `api_key/<id>`, `group/<id>`, `members`, or an address that would be invited
   */
  grantable(
    organization: string,
    target: string,
    kind: KindName<P>,
    id: string,
    settings?: Pick<QuerySettings, "as" | "now">,
  ): Told<{ readonly roles: readonly Grantable[] }> {
    const where = word(organization, "organization");
    const what = [word(target, "target"), word(kind, "kind"), word(id, "id")] as const;
    const { as, now } = queryOf(settings);
    const { runtime, handle } = this.#live();
    return runtime.ask(
      (engine) => toldOf<{ roles: Grantable[] }>(engine.grantable(handle, where, as, ...what, now)),
      unavailableAnswer,
    );
  }

  /** What everybody would gain and lose under another policy, its roles called otherwise as `roles` says. */
  compare(
    organization: string,
    other: Policy,
    roles: RoleMapping,
    settings?: QuerySettings,
  ): Told<Compared> {
    const where = word(organization, "organization");
    const of = policySlot(other);
    const bytes = encode(roles);
    const { as, after, limit, now } = queryOf(settings);
    of.mustLive();
    const { runtime, handle } = this.#live();
    return runtime.ask(
      (engine) => toldOf<Compared>(engine.compare(handle, of.handle, bytes, where, as, after, limit, now)),
      unavailableAnswer,
    );
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

export interface Directory<out P extends PolicyDocument> {
  /** The same as `free()`, for `using`. */
  [Symbol.dispose](): void;
}

function momentOf(settings: unknown): number {
  const [now] = options(settings, "settings", "now");
  return now === undefined ? Date.now() : moment(now, "settings.now");
}

/** Settings of a question, each read once. */
function queryOf(settings: unknown): { as?: string; after?: string; limit: number; now: number } {
  const [as, now, after, limit] = options(settings, "settings", "as", "now", "after", "limit");
  const query = {
    limit: limit === undefined ? 1_000 : pageSize(limit, "settings.limit"),
    now: now === undefined ? Date.now() : moment(now, "settings.now"),
  };
  return {
    ...query,
    ...(as === undefined ? {} : { as: word(as, "settings.as") }),
    ...(after === undefined ? {} : { after: cursorOf(after) }),
  };
}

function cursorOf(after: unknown): string {
  const cursor = text(after, "settings.after");
  mustFit(cursor.length);
  return cursor;
}
