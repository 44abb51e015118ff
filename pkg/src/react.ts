"use client";
/**
 * Bailiwick in React 18 and 19. A component renders again only when its own answer changed.
 *
 * @example
 * const { AccessProvider, Can, useButton } = createBindings<typeof pinecone>();
 * <AccessProvider bytes={bytes} open={Access.open}>
 *   <Can action="delete" kind="project" id="search">…</Can>
 * </AccessProvider>
 *
 * @module
 */
import {
  Fragment,
  type ReactElement,
  type ReactNode,
  createContext,
  createElement,
  useContext,
  useEffect,
  useLayoutEffect,
  useMemo,
  useReducer,
  useState,
  useSyncExternalStore,
} from "react";
import type { Access } from "./api/access.js";
import type { Button, Decision } from "./api/decision.js";
import type { PolicyDocument } from "./api/documents.js";
import type { ActionName, KindName } from "./api/names.js";
import { type Asking, answer, button, can, check, keep, orphan } from "./bindings/questions.js";
import { type Source, Supply } from "./bindings/source.js";
import type { AccessStore, Snapshot } from "./store.js";

export type { Open, Source } from "./bindings/source.js";

/** What `<AccessProvider>` takes: an access, a store, or bytes and how to open them. */
export type AccessProviderProps<P extends PolicyDocument = PolicyDocument> = Source<P> & {
  readonly children?: ReactNode;
};

/** What `<Can>` takes. */
export interface CanProps<P extends PolicyDocument, K extends KindName<P>> {
  readonly action: ActionName<P, K>;
  readonly kind: K;
  readonly id: string;
  /** Shown where it is denied; nothing if absent. */
  readonly fallback?: ReactNode;
  readonly children?: ReactNode;
}

/** The hooks and components of one policy: its names are known to them, and they share one provider. */
export interface Bindings<P extends PolicyDocument> {
  /** Gives an access to everything below it. */
  AccessProvider(props: AccessProviderProps<P>): ReactElement;
  /** The access in force, for questions without a hook of their own. Renders again with each replacement and end. */
  useAccess(): Access<P> | undefined;
  /** Whether it is allowed; false while there is no access. */
  useCan<K extends KindName<P>>(action: ActionName<P, K>, kind: K, id: string): boolean;
  /** The whole answer; denied as `unavailable` while there is no access. */
  useCheck<K extends KindName<P>>(action: ActionName<P, K>, kind: K, id: string): Decision;
  /** What to show; hidden while there is no access. */
  useButton<K extends KindName<P>>(action: ActionName<P, K>, kind: K, id: string): Button;
  /** Shows its children where it is allowed, and `fallback` elsewhere. */
  Can<K extends KindName<P>>(props: CanProps<P, K>): ReactElement;
}

/**
 * Makes the bindings of one policy. Call it once, in a module of your own. Outside of their provider they throw `ERR_NO_PROVIDER`.
 *
 * @example
 * export const { AccessProvider, Can, useButton, useCan } = createBindings<typeof pinecone>();
 */
export function createBindings<P extends PolicyDocument = PolicyDocument>(): Bindings<P> {
  const Above = createContext<AccessStore<P> | undefined>(undefined);

  function useStore(asker: string): AccessStore<P> {
    const store = useContext(Above);
    if (store === undefined) throw orphan(asker, "an `AccessProvider`");
    return store;
  }

  function useAnswer<T, K extends KindName<P>>(asking: Asking<T>, action: ActionName<P, K>, kind: K, id: string): T {
    const store = useStore(asking.name);
    const read = useMemo(
      () => once(store, (access) => answer(asking, access, action, kind, id)),
      [store, asking, action, kind, id],
    );
    return useSyncExternalStore(store.subscribe, read, read);
  }

  return {
    AccessProvider({ children, ...source }) {
      const [supply] = useState(() => new Supply<P>(source));
      const [, redraw] = useReducer((count: number) => count + 1, 0);
      useCommitted(() => {
        // What was mounted just now listens only after the paint, unless something is drawn again before it.
        if (supply.take(source)) redraw();
      });
      return createElement(Above.Provider, { value: supply.store(source) }, children);
    },
    useAccess() {
      const { subscribe, getSnapshot } = useStore("useAccess");
      return useSyncExternalStore(subscribe, getSnapshot, getSnapshot).access;
    },
    useCan: (action, kind, id) => useAnswer(can, action, kind, id),
    useCheck: (action, kind, id) => useAnswer(check, action, kind, id),
    useButton: (action, kind, id) => useAnswer(button, action, kind, id),
    Can: ({ action, kind, id, fallback, children }) =>
      createElement(Fragment, undefined, useAnswer(can, action, kind, id) ? children : fallback),
  };
}

/** Bindings that take any name: for policies that are only known at run time. */
export const { AccessProvider, useAccess, useCan, useCheck, useButton, Can }: Bindings<PolicyDocument> =
  /* @__PURE__ */ createBindings();

/** Before the paint; on a server, where there is none, React wants the other one. */
const useCommitted = "window" in globalThis ? useLayoutEffect : useEffect;

/** Asks once for each snapshot, and gives the same object while the answer is the same. */
function once<P extends PolicyDocument, T>(store: AccessStore<P>, ask: (access: Access<P> | undefined) => T): () => T {
  let seen: Snapshot<P> | undefined;
  let last: T | undefined;
  return () => {
    const snapshot = store.getSnapshot();
    if (last === undefined || snapshot !== seen) last = keep(last, ask(snapshot.access));
    seen = snapshot;
    return last;
  };
}
