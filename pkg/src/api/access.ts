import type { Button, Decision, Messages, Page, Question } from "./decision.js";
import type { PolicyDocument } from "./documents.js";
import type { Engine } from "./engine.js";
import type { ActionName, KindName } from "./names.js";
import { buttonOf, decisionOf, own, pageOf, unavailable, unavailableButton } from "./answers.js";
import { arrayOf, bytesSeen, givenBytes, mustFit, nameOf, optionalFunction, options, pageSize, text, wellFormed, word, words } from "./arguments.js";
import { type Clock, Moments, nextExpiry } from "./clock.js";
import { BailiwickError, BailiwickTypeError } from "./errors.js";
import { KindView } from "./kind-view.js";
import { type KindMasks, LONGEST, Masks, NO_BIT } from "./masks.js";
import { type Sentence, sentences } from "./messages.js";
import { type Runtime, answering } from "./runtime.js";
import { Slot, disposable } from "./slot.js";
import type { Words } from "./words.js";

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
  make: (engine: Engine, handle: number, words: Words) => number,
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
          runtime.do((engine) => make(engine, handle, runtime.words)),
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
  readonly #masks: Masks;
  readonly #runtime: Runtime;
  /** What `can` looks into first: empty once the access was given back. */
  #quick: ReadonlyMap<string, KindMasks>;
  /** The kind that was asked about last. */
  #lastKind = "";
  #last: KindMasks | undefined;
  /** Whether anything in it ends at all: else no clock is asked. */
  readonly #ends: boolean;
  /** The moment that was last asked about, and the one from which the masks no longer hold. */
  #now = 0;
  #until = Infinity;
  #info: unknown;

  private constructor(slot: Slot, moments: Moments, said: ReadonlyMap<string, Sentence>) {
    if (!(slot instanceof Slot))
      throw new BailiwickTypeError("an access is made by directory.access(…) or Access.open(…)");
    this.#slot = slot;
    this.#moments = moments;
    this.#sentences = said;
    this.#masks = new Masks(slot.runtime, slot.handle);
    slot.heldBy(this);
    this.#until = slot.runtime.do((engine) => nextExpiry(engine, slot.handle, 0));
    this.#ends = this.#until !== Infinity;
    if (this.#ends) this.#until = 0;
    this.#runtime = slot.runtime;
    this.#quick = this.#masks.kinds;
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
    answering();
    let seen = bytesSeen(from);
    if (seen === undefined)
      throw new BailiwickTypeError(`\`bytes\` must be a Uint8Array, not ${nameOf(from)}`, "bytes");
    return accessOver<P>(
      () => {
        seen = bytesSeen(from); // reading the settings may have taken them away
        return { runtime: answering(), handle: 0 };
      },
      settings,
      (engine, _, words) => {
        words.bring(seen as Uint8Array);
        return opened(engine.open(), "ERR_ACCESS");
      },
    );
  }

  /**
   * Opens a capsule: with the vocabulary of its policy it is an access that ends by itself, and then denies with the reason `stale`. The
   * bytes are checked for damage, not for origin: `bailiwick/capsule` verifies who signed them. Throws `ERR_CAPSULE`, and
   * `ERR_POLICY_MISMATCH` for the vocabulary of another policy.
   *
   * @param vocabulary what `policy.vocabulary()` gave: opened already by who opens more than one capsule, or as bytes
   * @example
   * const access = Access.openCapsule(directory.capsule(bo, "acme", { issuedAt, notAfter }), policy.vocabulary());
   * access.can("delete", "project", "search"); // false, as ever
   */
  static openCapsule<P extends PolicyDocument = PolicyDocument>(
    from: Uint8Array,
    vocabulary: Access<P> | Uint8Array,
    settings?: AccessOptions,
  ): Access<P> {
    const known = vocabulary instanceof Access ? vocabulary : Access.open<P>(vocabulary);
    try {
      const copy = givenBytes(from, "bytes");
      return accessOver<P>(
        () => known.#live(),
        settings,
        (engine, handle, words) => {
          words.bring(copy);
          return opened(engine.capsule(handle), "ERR_CAPSULE");
        },
      );
    } finally {
      if (known !== vocabulary) known.free();
    }
  }

  /** Whether the principal may do `action` on the resource `id` of `kind`, now. It agrees with `check` always. */
  can<K extends KindName<P>>(action: ActionName<P, K>, kind: K, id: string): boolean {
    if (this.#ends) this.#refresh();
    if (!this.#runtime.dead) {
      let of = this.#last;
      if (kind !== this.#lastKind) of = this.#turnTo(kind);
      if (of !== undefined) {
        const bit = of.bits.get(action);
        if (bit !== undefined && bit < 32) {
          const first = of.first.get(id);
          if (first !== undefined) return ((first >>> bit) & 1) === 1;
          if (isPlain(id)) return this.#lookUp(of, id, bit);
        }
      }
    }
    this.#refresh();
    return this.#ask(word(action, "action"), word(kind, "kind"), word(id, "id"));
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
    return this.#decide(ask(action, kind, id));
  }

  /** What a console shows for the action: enabled, disabled with a sentence, or hidden. A hint: the edge and the server enforce. */
  button<K extends KindName<P>>(action: ActionName<P, K>, kind: K, id: string): Button {
    const question = ask(action, kind, id);
    const button = this.#asked("button", question, buttonOf, unavailableButton);
    const sentence = this.#sentences.get(button.reason);
    if (sentence === undefined) return button;
    return { ...button, text: text(sentence(this.#decide(question), question), "messages") };
  }

  /**
   * A whole table in one call: one byte for each cell, row by row (ids by actions), 1 where it is allowed. At most 64 Mi cells.
   *
   * @example
   * const cells = access.canMany(["rename", "delete"], "project", ["search", "ads"]);
   * cells[0 * 2 + 1]; // 0: "delete" on "search" is refused
   */
  canMany<K extends KindName<P>>(actions: readonly ActionName<P, K>[], kind: K, ids: readonly string[]): Uint8Array {
    const columns = arrayOf(actions, "actions");
    const of = word(kind, "kind");
    const rows = arrayOf(ids, "ids");
    const { length: width } = columns;
    const { length } = rows;
    mustFit(width * length);
    const table = new Uint8Array(width * length);
    this.#refresh();
    const { runtime } = this.#slot;
    if (runtime.dead) {
      words(columns, "actions");
      words(rows, "ids");
      return table;
    }
    try {
      this.#fill(table, columns, width, of, rows, length);
    } catch (error) {
      runtime.lose(error);
    }
    return runtime.dead ? table.fill(0) : table;
  }

  /**
   * The same for one kind, without naming it in each question.
   *
   * @example
   * const projects = access.view("project");
   * projects.can("delete", "search"); // false
   * projects.canMany(["rename", "delete"], ["search", "ads"]);
   */
  view<K extends KindName<P>>(kind: K): KindView<P, K> {
    return new KindView(this, kind);
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
    const cursor = after === undefined ? "" : word(after, "settings.after") || NO_CURSOR;
    const most = limit === undefined ? 100 : pageSize(limit, "settings.limit");
    return this.#asked("list", { action: does, kind: of, id: cursor }, pageOf, () => ({ items: [] }), most);
  }

  /**
   * The next end in it, in milliseconds since 1970: a cached answer is valid only before that. `Infinity` when nothing ends any more,
   * 0 once the module broke.
   */
  get nextExpiry(): number {
    const now = this.#moment();
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

  /** When the capsule was issued that it was opened from; nothing for an access that was opened as such. */
  get issuedAt(): number | undefined {
    return own(this.#read(), "issuedAt") as number | undefined;
  }

  /** From when on everything is denied as `stale`; nothing for an access that has no end of its own. */
  get notAfter(): number | undefined {
    return own(this.#read(), "notAfter") as number | undefined;
  }

  /** A copy of the access as bytes, for `Access.open`. They are not signed: take them only from where you put them. */
  bytes(): Uint8Array {
    const { runtime, handle } = this.#live();
    return runtime.do((engine) => runtime.words.answer(engine.bytes(handle)).slice());
  }

  /** Gives its memory back now. Every later call throws `ERR_FREED`; a second `free()` does nothing. */
  free(): void {
    this.#quick = NOTHING;
    this.#lastKind = "";
    this.#last = undefined;
    this.#masks.forget();
    this.#slot.free();
  }

  #decide(question: Question): Decision {
    return this.#asked("check", question, decisionOf, unavailable);
  }

  /** Puts the words of a question where the module reads them, and asks. */
  #asked<T>(by: Asking, question: Question, of: (json: string) => T, denial: () => T, limit = 0): T {
    const now = this.#moment();
    const { runtime, handle } = this.#live();
    return runtime.ask((engine) => {
      const { words } = runtime;
      const action = words.put(question.action);
      const kind = words.put(question.kind, action);
      const id = words.put(question.id, action + kind);
      return of(words.text(engine[by](handle, action, kind, id, now, limit)));
    }, denial);
  }

  /** The answer for an id that is not remembered. */
  #lookUp(of: KindMasks, id: string, bit: number): boolean {
    try {
      return ((this.#masks.look(of, id, this.#now) >>> bit) & 1) === 1;
    } catch (error) {
      this.#runtime.lose(error);
      return false;
    }
  }

  /** Remembers which kind is asked about: most questions in a row are about one. */
  #turnTo(kind: string): KindMasks | undefined {
    const of = this.#quick.get(kind);
    if (of === undefined) return undefined;
    this.#lastKind = kind;
    this.#last = of;
    return of;
  }

  /** The answer to `can` where something is not remembered. */
  #ask(action: string, kind: string, id: string): boolean {
    const { runtime } = this.#live();
    if (runtime.dead) return false;
    try {
      const masks = this.#masks;
      const of = masks.kind(kind);
      if (of === undefined) return false;
      const bit = masks.bit(of, action);
      return bit !== NO_BIT && masks.has(of, id, of.first.get(id) ?? masks.look(of, id, this.#now), bit);
    } catch (error) {
      runtime.lose(error);
      return false;
    }
  }

  /** Each name is read once; it is looked at more closely only where it is not one that was asked before. */
  #fill(
    table: Uint8Array,
    actions: readonly unknown[],
    width: number,
    kind: string,
    ids: readonly unknown[],
    length: number,
  ): void {
    const masks = this.#masks;
    const of = masks.kind(kind);
    const bits: number[] = [];
    let narrow = true;
    for (let column = 0; column < width; column += 1) {
      const bit = this.#bit(of, actions[column], column);
      narrow &&= bit < 32;
      bits.push(bit);
    }
    const firsts = of?.first ?? new Map<unknown, number>();
    for (let row = 0, from = 0; row < length; row += 1, from += width) {
      const id = ids[row] as string;
      const first = firsts.get(id) ?? this.#first(of, id, row);
      if (!narrow)
        for (let column = 0; column < width; column += 1)
          table[from + column] = of !== undefined && masks.has(of, id, first, bits[column] as number) ? 1 : 0;
      else if (first !== 0)
        for (let column = 0; column < width; column += 1) table[from + column] = (first >>> (bits[column] as number)) & 1;
    }
  }

  #bit(of: KindMasks | undefined, action: unknown, column: number): number {
    const known = of?.bits.get(action as string);
    if (known !== undefined) return known;
    const name = word(action, `actions[${column}]`);
    return of === undefined ? NO_BIT : this.#masks.bit(of, name);
  }

  #first(of: KindMasks | undefined, id: unknown, row: number): number {
    const name = isPlain(id) ? id : word(id, `ids[${row}]`);
    return of === undefined ? 0 : this.#masks.look(of, name, this.#now);
  }

  /** Forgets what no longer holds. Throws for a freed access. */
  #refresh(): void {
    this.#now = this.#moment();
    const { runtime, handle } = this.#live();
    if (this.#now < this.#until || runtime.dead) return;
    this.#masks.forget();
    this.#until = runtime.ask(
      (engine) => nextExpiry(engine, handle, this.#now),
      () => 0,
    );
  }

  /** No clock is asked while nothing ends. */
  #moment(): number {
    return this.#ends ? this.#moments.now() : 0;
  }

  /** The slot, after everything that could run foreign code has run. */
  #live(): Slot {
    this.#slot.mustLive();
    return this.#slot;
  }

  #read(): unknown {
    const { runtime, handle } = this.#live();
    this.#info ??= JSON.parse(runtime.do((engine) => runtime.words.text(engine.about(handle))));
    return this.#info;
  }
}

export interface Access<P extends PolicyDocument> {
  /** The same as `free()`, for `using`. */
  [Symbol.dispose](): void;
}

/** A question to the module; all but one leave the limit aside. */
type Asking = "check" | "button" | "list";

const NOTHING: ReadonlyMap<string, KindMasks> = new Map();

/** For an empty cursor, which is none of ours, while no cursor at all crosses as an empty word. */
const NO_CURSOR = " ";

/** A word that needs no closer look: short and well-formed. */
function isPlain(id: unknown): id is string {
  return typeof id === "string" && id.length <= LONGEST && wellFormed(id);
}

/** What opening came to; `code` is for bytes that are not whole. */
function opened(handle: number, code: "ERR_ACCESS" | "ERR_CAPSULE"): number {
  if (handle >= 0) return handle;
  if (handle === -3) throw new BailiwickError("ERR_TOO_MANY", "more than a million handles are in use, free some");
  if (handle === -1) throw new BailiwickError(code, "these bytes are not whole, make them anew");
  if (code === "ERR_CAPSULE")
    throw new BailiwickError("ERR_POLICY_MISMATCH", "this capsule needs the vocabulary of another policy");
  throw new BailiwickError("ERR_FORMAT_VERSION", "this build reads version 2 of the bytes of an access, make them anew");
}

function ask(action: unknown, kind: unknown, id: unknown): Question {
  return { action: word(action, "action"), kind: word(kind, "kind"), id: word(id, "id") };
}
