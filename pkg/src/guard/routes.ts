import type { PolicyDocument } from "../api/documents.js";
import type { ActionName, KindName } from "../api/names.js";
import { arrayOf, flag, nameOf, text } from "../api/arguments.js";
import { BailiwickError, BailiwickTypeError } from "../api/errors.js";
import type { METHODS } from "./reasons.js";

/** The methods that a row may name. */
export type Method = (typeof METHODS)[number];

interface AnyRoute {
  readonly method: Method;
  /** Segments, `{name}` for any one, `{name*}` for all that is left: `/v1/orgs/{org}/projects/{project}`. */
  readonly path: string;
  /** The parameters in which a percent sign may stand, encoded as `%25`. */
  readonly encoded?: readonly string[];
  /** Where a wider row matches too: that this one goes first. */
  readonly overrides?: boolean;
}

/** A row by which everybody passes. */
export interface PublicRoute extends AnyRoute {
  readonly public: true;
}

/** A row by which passes who may do an action on what the path names. Every parameter is used, or listed in `unchecked`. */
export interface GuardedRoute<P extends PolicyDocument, K extends KindName<P>> extends AnyRoute {
  readonly public?: false;
  readonly action: ActionName<P, K>;
  readonly kind: K;
  /** The parameter that is the resource's id; none for the kinds `organization` and `platform`. */
  readonly id?: string;
  /** The parameter that must be the organization of the capsule. */
  readonly organization?: string;
  /** Kinds above, and the parameters that must be what the resource lies in. */
  readonly parents?: { readonly [kind in KindName<P>]?: string };
  /** The parameters that say nothing about who may. */
  readonly unchecked?: readonly string[];
  /** Whether every denial reads as if there were no such thing. */
  readonly hidden?: boolean;
}

/** One row of the table. */
export type Route<P extends PolicyDocument = PolicyDocument> =
  PublicRoute | { [K in KindName<P>]: GuardedRoute<P, K> }[KindName<P>];

/** What is kept of a row. */
export interface Row {
  readonly pattern: string;
  /** By its segments: the name of a parameter, or nothing. */
  readonly names: readonly (string | undefined)[];
  /** Whether the last of them takes all that is left. */
  readonly rest: boolean;
  /** None lets everybody pass. */
  readonly need: { readonly action: string; readonly kind: string; readonly id: string } | undefined;
}

/** A table, read: its rows, and the lines in which they cross. */
export interface Table {
  readonly rows: readonly Row[];
  readonly lines: string;
}

/** Reads the rows, each field of them once. What they mean is checked in the module. */
export function tableOf(routes: unknown): Table {
  if (!Array.isArray(routes))
    throw new BailiwickTypeError(`\`routes\` must be an array, not ${nameOf(routes)}`, "routes");
  const read = Array.from(routes, (route, place) => new Reader(route, `routes[${place}]`).row());
  return { rows: read.map(([row]) => row), lines: read.map(([, line]) => line).join("\n") };
}

/** The fields of a row as it comes. */
class Reader {
  readonly #fields: Map<string, unknown>;

  constructor(
    route: unknown,
    readonly place: string,
  ) {
    this.#fields = new Map(entriesOf(route, place));
  }

  row(): [Row, string] {
    const isPublic = this.#flag("public");
    const [method, path] = [this.#must("method"), this.#must("path")];
    const flags = `${isPublic ? "p" : ""}${this.#flag("overrides") ? "o" : ""}`;
    const encoded = this.#list("encoded").flatMap((name) => ["e", name, ""]);
    const names = path.split("/").map((part) => /^\{(.*?)\*?\}$/.exec(part)?.[1]);
    const known = { pattern: path, names, rest: path.endsWith("*}") };
    if (isPublic) return this.#done({ ...known, need: undefined }, [method, path, flags, "", "", "", "", ...encoded]);
    const [action, kind] = [this.#must("action"), this.#must("kind")];
    const [id, organization] = [this.#may("id"), this.#may("organization")];
    const hidden = this.#flag("hidden") ? "h" : "";
    const parents = this.#parents();
    const unchecked = this.#list("unchecked").flatMap((name) => ["u", name, ""]);
    const line = [method, path, flags + hidden, action, kind, id, organization, ...parents, ...unchecked, ...encoded];
    return this.#done({ ...known, need: { action, kind, id } }, line);
  }

  /** A field that nobody reads could be one that was meant to guard. */
  #done(row: Row, line: readonly string[]): [Row, string] {
    for (const [name] of this.#fields)
      throw this.#fault("ERR_UNKNOWN_FIELD", "a row has no such field, or a public one needs none", name);
    return [row, line.join("\t")];
  }

  #take(name: string): unknown {
    const value = this.#fields.get(name);
    this.#fields.delete(name);
    return value;
  }

  #must(name: string): string {
    const value = this.#take(name);
    if (value === undefined) throw this.#fault("ERR_MISSING_FIELD", "a row says this", name);
    return this.#plain(value, name);
  }

  #may(name: string): string {
    const value = this.#take(name);
    return value === undefined ? "" : this.#plain(value, name);
  }

  #flag(name: string): boolean {
    return flag(this.#take(name), `${this.place}.${name}`);
  }

  #parents(): string[] {
    const value = this.#take("parents");
    if (value === undefined) return [];
    const above = entriesOf(value, `${this.place}.parents`);
    return above.flatMap(([kind, name]) => ["p", this.#plain(kind, "parents"), this.#plain(name, `parents.${kind}`)]);
  }

  #list(name: string): string[] {
    const value = this.#take(name);
    if (value === undefined) return [];
    return Array.from(arrayOf(value, `${this.place}.${name}`), (item, place) => this.#plain(item, `${name}[${place}]`));
  }

  /** A text that can stand between tabs, and is there: an empty one would be as good as none. */
  #plain(value: unknown, name: string): string {
    const given = text(value, `${this.place}.${name}`);
    if (given !== "" && !/[\t\n]/.test(given)) return given;
    throw this.#fault("ERR_VALUE", "it is empty, or has a tab or a line break in it", name);
  }

  #fault(code: string, message: string, name: string): BailiwickError {
    return new BailiwickError(code, message, `${this.place}.${name}`);
  }
}

/** The own fields of an object. */
function entriesOf(value: unknown, place: string): [string, unknown][] {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return Object.entries(value);
  throw new BailiwickTypeError(`\`${place}\` must be an object, not ${nameOf(value)}`, place);
}
