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
