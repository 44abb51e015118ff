import type { PolicyDocument } from "./documents.js";
import type { KindName, RoleName } from "./names.js";

/** Lists of roles by kind, in which every kind and every role is declared. */
type Roles<P extends PolicyDocument> = { readonly [K in KindName<P>]?: readonly RoleName<P, K>[] };

/** The plain actions of a kind: what a role may `allow`. */
type Plain<P extends PolicyDocument, K extends KindName<P>> = P["kinds"][K] extends { readonly actions?: infer A }
  ? keyof NonNullable<A> & string
  : never;

type RoleOf<P extends PolicyDocument, K extends KindName<P>> = {
  readonly allow?: readonly Plain<P, K>[];
  readonly grant?: readonly RoleName<P, K>[];
  readonly implies?: Roles<P>;
  readonly default?: Roles<P>;
};

type KindOf<P extends PolicyDocument, K extends KindName<P>> = {
  readonly parent?: KindName<P>;
  readonly top?: RoleName<P, K>;
  readonly creator?: RoleName<P, K>;
  readonly default?: RoleName<P, K>;
  readonly sharing?: readonly RoleName<P, K>[];
  readonly roles?: { readonly [role: string]: RoleOf<P, K> };
};

/** The names that a document uses, held against those that it declares. */
type Consistent<P extends PolicyDocument> = {
  readonly holders: { readonly [holder: string]: { readonly roles?: Roles<P>; readonly baseline?: Roles<P> } };
  readonly kinds: { readonly [K in KindName<P>]: KindOf<P, K> };
};

/**
 * A policy document as it is written, with all its names kept for TypeScript. What it uses must be declared in it: a role that allows an
 * action of another kind, or a holder of a role that there is not, does not compile. Nothing is done at runtime, and no module is needed;
 * the rest is said by `Policy.compile`.
 *
 * @example
 * export const studio = definePolicy({ format: 1, name: "studio", kinds: { … }, … });
 * const directory = Directory.load(Policy.compile(studio), document);
 * directory.access(who, where).can("delte", "project", "search"); // does not compile: no such action
 */
export function definePolicy<const P extends PolicyDocument>(document: P & Consistent<P>): P {
  return document;
}
