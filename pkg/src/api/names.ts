import type { PolicyDocument } from "./documents.js";

/** The names that a record declares; `string` where the document was text or bytes. */
type Keys<T> = keyof NonNullable<T> & string;

type KindOf<P extends PolicyDocument, K> = K extends keyof P["kinds"] ? P["kinds"][K] : never;

/** The kinds that a policy declares. */
export type KindName<P extends PolicyDocument> = Keys<P["kinds"]>;

/** The roles that a kind declares. */
export type RoleName<P extends PolicyDocument, K extends KindName<P>> =
  KindOf<P, K> extends { readonly roles?: infer R } ? Keys<R> : never;

/** The actions that a kind declares, and `grant <role>` for each of its roles. */
export type ActionName<P extends PolicyDocument, K extends KindName<P>> =
  KindOf<P, K> extends { readonly actions?: infer A } ? Keys<A> | `grant ${RoleName<P, K>}` : never;

type HolderOf<P extends PolicyDocument, H extends string> = H extends keyof P["holders"] ? P["holders"][H] : never;

/** The strings of a list; where the list lost its literals (a document imported as JSON), the names that the kind declares. */
type Listed<L, Declared extends string> =
  L extends readonly (infer Item extends string)[] ? (string extends Item ? Declared : Item) : never;

/**
 * The roles that a holder (`user`, `service_account`, `api_key`, `group`, `members`) may have on a kind.
 *
 * @example
 * type Key = HolderRole<typeof pinecone, "api_key", "project">; // "project_key"
 */
export type HolderRole<P extends PolicyDocument, H extends string, K extends string> =
  HolderOf<P, H> extends { readonly roles?: infer R }
    ? K extends keyof NonNullable<R>
      ? Listed<NonNullable<R>[K], K extends KindName<P> ? RoleName<P, K> : string>
      : never
    : never;

/** The roles by which a resource of any kind is shared. */
export type SharingRole<P extends PolicyDocument> = {
  [K in KindName<P>]: KindOf<P, K> extends { readonly sharing?: infer S } ? Listed<S, RoleName<P, K>> : never;
}[KindName<P>];

/** The editions that a policy declares. */
export type EditionName<P extends PolicyDocument> = Keys<P["editions"]>;
