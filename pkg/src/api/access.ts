import type { Button, Decision, Messages, Page, Question } from "./decision.js";
import type { PolicyDocument } from "./documents.js";
import type { Engine } from "./engine.js";
import type { ActionName, KindName } from "./names.js";
import { buttonOf, decisionOf, own, pageOf, unavailable, unavailableButton } from "./answers.js";
import { bytes, mustFit, nameOf, optionalFunction, options, pageSize, text, word, words } from "./arguments.js";
import { type Clock, Moments, nextExpiry } from "./clock.js";
import { BailiwickTypeError } from "./errors.js";
import { type Sentence, sentences } from "./messages.js";
import { runtime } from "./runtime.js";
import { Slot, disposable } from "./slot.js";

/** How an access is to behave. */
export interface AccessOptions {
  /** Where the moment comes from; `Date.now` if absent. Asked only while something in the access ends. */
  readonly clock?: Clock;
  /** Your own sentences for `button().text`, by reason. */
  readonly messages?: Messages;
}

/** For this package only: makes an access on the instance that `from` names, once the settings have been read. */
export let accessOver: <P extends PolicyDocument>(
  from: () => Pick<Slot, "runtime" | "handle">,
  settings: AccessOptions | undefined,
  make: (engine: Engine, handle: number) => number,
) => Access<P>;

/**
 * Everything that one principal may do in one organization, compiled. A question never fails: what is unknown is denied with a reason.
 * Three strings ask it: action, kind, id.
 *
 * @example
 * const access = directory.access("user/bo@acme.com", "acme");
 * access.can("query_vectors", "project", "search"); // true
 * access.can("delete", "project", "search"); // false
 * access.check("delete", "project", "search").reason; // "no_role"
 */
export class Access<P extends PolicyDocument = PolicyDocument> {
  static {
    accessOver = (from, settings, make) => {
      const [clock, messages] = options(settings, "settings", "clock", "messages");
      const moments = new Moments(optionalFunction<Clock>(clock, "settings.clock"));
      const said = sentences(messages);
      const { runtime, handle } = from();
      return new Access(
        new Slot(
          runtime,
          runtime.do((engine) => make(engine, handle)),
        ),
        moments,
        said,
      );
    };
    disposable(this);
  }

  readonly #slot: Slot;
  readonly #moments: Moments;
  readonly #sentences: ReadonlyMap<string, Sentence>;
  /** Whether anything in it ends at all: else no clock is asked. */
  readonly #ends: boolean;
  #info: unknown;

  private constructor(slot: Slot, moments: Moments, said: ReadonlyMap<string, Sentence>) {
    if (!(slot instanceof Slot))
      throw new BailiwickTypeError("an access is made by directory.access(…) or Access.open(…)");
    this.#slot = slot;
    this.#moments = moments;
    this.#sentences = said;
    slot.heldBy(this);
    this.#ends = slot.runtime.do((engine) => nextExpiry(engine, slot.handle, 0)) !== Infinity;
  }

  /**
   * Opens an access from its bytes, as `bytes()` gave them. Throws `ERR_ACCESS` for anything else, `ERR_FORMAT_VERSION` for a version
   * that this module does not know.
   *
   * @example
   * const same = Access.open(access.bytes());
   * same.can("delete", "project", "search"); // false, as before
   */
  static open<P extends PolicyDocument = PolicyDocument>(from: Uint8Array, settings?: AccessOptions): Access<P> {
    runtime();
    const copy = bytes(from);
    if (copy === undefined)
      throw new BailiwickTypeError(`\`bytes\` must be a Uint8Array, not ${nameOf(from)}`, "bytes");
    return accessOver<P>(
      () => ({ runtime: runtime(), handle: 0 }),
      settings,
      (engine) => engine.open(copy),
    );
  }

  /** Whether the principal may do `action` on the resource `id` of `kind`, now. It agrees with `check` always. */
  can<K extends KindName<P>>(action: ActionName<P, K>, kind: K, id: string): boolean {
    const does = word(action, "action");
    const of = word(kind, "kind");
    const on = word(id, "id");
    const now = this.#now();
    const { runtime, handle } = this.#live();
    return runtime.ask((engine) => engine.can(handle, does, of, on, now) === true, no);
  }

  /**
   * The whole answer: why, by which bindings, what would change it, and whom to ask.
   *
   * @example
   * access.check("delete", "project", "search");
   * // { allowed: false, reason: "no_role", via: [], remedy: [{ change: "role", role: "project_owner", on: "project/search" }],
   * //   ask: [{ remedy: 0, role: "project_owner", on: "project/search" }] }
   */
  check<K extends KindName<P>>(action: ActionName<P, K>, kind: K, id: string): Decision {
    const question = ask(action, kind, id);
    return this.#decide(question, this.#now());
  }

  /** What a console shows for the action: enabled, disabled with a sentence, or hidden. A hint: the edge and the server enforce. */
  button<K extends KindName<P>>(action: ActionName<P, K>, kind: K, id: string): Button {
    const question = ask(action, kind, id);
    const now = this.#now();
    const { runtime, handle } = this.#live();
    const button = runtime.ask(
      (engine) => buttonOf(engine.button(handle, question.action, question.kind, question.id, now)),
      unavailableButton,
    );
    const sentence = this.#sentences.get(button.reason);
    if (sentence === undefined) return button;
    return { ...button, text: text(sentence(this.#decide(question, now), question), "messages") };
  }

  /**
   * A whole table in one call: one byte for each cell, row by row (ids by actions), 1 where it is allowed. At most 64 Mi cells.
   *
   * @example
   * const cells = access.canMany(["rename", "delete"], "project", ["search", "ads"]);
   * cells[0 * 2 + 1]; // 0: "delete" on "search" is refused
   */
  canMany<K extends KindName<P>>(actions: readonly ActionName<P, K>[], kind: K, ids: readonly string[]): Uint8Array {
    const columns = words(actions, "actions");
    const of = word(kind, "kind");
    const rows = words(ids, "ids");
    const cells = columns.length * rows.length;
    mustFit(cells);
    const now = this.#now();
    const { runtime, handle } = this.#live();
    const table = runtime.ask(
      (engine) => engine.canMany(handle, columns, of, rows, now),
      () => new Uint8Array(cells),
    );
    return table.length === cells ? table : new Uint8Array(cells);
  }

  /**
   * The ids of a kind on which the action is allowed: exact, sorted, paged.
   *
   * @param settings `limit`: 1 to 1,000 items, 100 if absent; `after`: the `next` of the page before. A foreign or older one throws
   * `ERR_CURSOR`.
   * @example
   * for (let page = access.list("run", "automation"); ; page = access.list("run", "automation", { after: page.next })) {
   *   show(page.items);
   *   if (page.next === undefined) break;
   * }
   */
  list<K extends KindName<P>>(
    action: ActionName<P, K>,
    kind: K,
    settings?: { readonly after?: string | undefined; readonly limit?: number | undefined },
  ): Page {
    const does = word(action, "action");
    const of = word(kind, "kind");
    const [after, limit] = options(settings, "settings", "after", "limit");
    const cursor = after === undefined ? undefined : cursorOf(after);
    const most = limit === undefined ? 100 : pageSize(limit, "settings.limit");
    const now = this.#now();
    const { runtime, handle } = this.#live();
    return runtime.ask(
      (engine) => pageOf(engine.list(handle, does, of, cursor, most, now)),
      (): Page => ({ items: [] }),
    );
  }

  /**
   * The next end in it, in milliseconds since 1970: a cached answer is valid only before that. `Infinity` when nothing ends any more,
   * 0 once the module broke.
   */
  get nextExpiry(): number {
    const now = this.#now();
    const { runtime, handle } = this.#live();
    return runtime.ask(
      (engine) => nextExpiry(engine, handle, now),
      () => 0,
    );
  }

  /** Who asks: `user/ana@acme.com`. */
  get principal(): string {
    return String(own(this.#read(), "principal"));
  }

  /** The id of the organization. */
  get organization(): string {
    return String(own(this.#read(), "organization"));
  }

  /** The revision of the directory that it was made from. */
  get revision(): number {
    return Number(own(this.#read(), "revision"));
  }

  /** A copy of the access as bytes, for `Access.open`. They are not signed: take them only from where you put them. */
  bytes(): Uint8Array {
    const { runtime, handle } = this.#live();
    return runtime.do((engine) => engine.bytes(handle));
  }

  /** Gives its memory back now. Every later call throws `ERR_FREED`; a second `free()` does nothing. */
  free(): void {
    this.#slot.free();
  }

  #decide({ action, kind, id }: Question, now: number): Decision {
    const { runtime, handle } = this.#live();
    return runtime.ask((engine) => decisionOf(engine.check(handle, action, kind, id, now)), unavailable);
  }

  /** No clock is asked while nothing ends. */
  #now(): number {
    return this.#ends ? this.#moments.now() : 0;
  }

  /** The slot, after everything that could run foreign code has run. */
  #live(): Slot {
    this.#slot.mustLive();
    return this.#slot;
  }

  #read(): unknown {
    const { runtime, handle } = this.#live();
    this.#info ??= runtime.do((engine) => engine.accessInfo(handle));
    return this.#info;
  }
}

export interface Access<P extends PolicyDocument> {
  /** The same as `free()`, for `using`. */
  [Symbol.dispose](): void;
}

const no = (): boolean => false;

function cursorOf(after: unknown): string {
  const cursor = text(after, "settings.after");
  mustFit(cursor.length);
  return cursor;
}

function ask(action: unknown, kind: unknown, id: unknown): Question {
  return { action: word(action, "action"), kind: word(kind, "kind"), id: word(id, "id") };
}
