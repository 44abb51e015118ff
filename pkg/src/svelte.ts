/**
 * Bailiwick in Svelte 4 and 5. Answers are readable stores: `$allowed` works in both, with and without runes. An id that changes is a
 * store too; in Svelte 5 `toStore(() => id)` makes one, and `fromStore(answer).current` reads one outside of a component's markup.
 *
 * @example
 * const { setAccess, useButton } = createBindings<typeof pinecone>();
 * setAccess({ bytes, open: Access.open }); // in a parent
 * const remove = useButton("delete", "project", "search"); // below it: $remove.state
 *
 * @module
 */
import { getContext, onMount, setContext } from "svelte";
import type { Readable } from "svelte/store";
import type { Access } from "./api/access.js";
import type { Button, Decision } from "./api/decision.js";
import type { PolicyDocument } from "./api/documents.js";
import type { ActionName, KindName } from "./api/names.js";
import { type Asking, answer, button, can, check, keep, orphan } from "./bindings/questions.js";
import { type Source, Supply } from "./bindings/source.js";
import type { AccessStore } from "./store.js";

export type { Open, Source } from "./bindings/source.js";

/** A value, or a store of values that change. */
export type Changing<T> = T | Readable<T>;

/** The functions of one policy: its names are known to them, and they share one context. Call them while a component starts. */
export interface Bindings<P extends PolicyDocument> {
  /** Gives an access to everything below this component. The store that comes back is there to be replaced in. */
  setAccess(source: Source<P>): AccessStore<P>;
  /** The access in force, for any question in the markup: `$access?.can("delete", "project", id)`. */
  useAccess(): Readable<Access<P> | undefined>;
  /** Whether it is allowed; false while there is no access. */
  useCan<K extends KindName<P>>(action: ActionName<P, K>, kind: K, id: Changing<string>): Readable<boolean>;
  /** The whole answer; denied as `unavailable` while there is no access. */
  useCheck<K extends KindName<P>>(action: ActionName<P, K>, kind: K, id: Changing<string>): Readable<Decision>;
  /** What to show; hidden while there is no access. */
  useButton<K extends KindName<P>>(action: ActionName<P, K>, kind: K, id: Changing<string>): Readable<Button>;
}

/**
 * Makes the bindings of one policy. Call it once, in a module of your own. Outside of their provider they throw `ERR_NO_PROVIDER`.
 *
 * @example
 * export const { setAccess, useAccess, useButton, useCan } = createBindings<typeof pinecone>();
 */
export function createBindings<P extends PolicyDocument = PolicyDocument>(): Bindings<P> {
  const above = Symbol("bailiwick");

  function useStore(asker: string): AccessStore<P> {
    const store = getContext<AccessStore<P> | undefined>(above);
    if (store === undefined) throw orphan(asker, "a component that calls `setAccess`");
    return store;
  }

  function useAnswer<T, K extends KindName<P>>(
    asking: Asking<T>,
    action: ActionName<P, K>,
    kind: K,
    id: Changing<string>,
  ): Readable<T> {
    const store = useStore(asking.name);
    return answers(store, id, (on) => answer(asking, store.getSnapshot().access, action, kind, on));
  }

  return {
    setAccess(source) {
      const supply = new Supply<P>(source);
      onMount(() => supply.drawn(source));
      return setContext(above, supply.store(source));
    },
    useAccess() {
      const { subscribe, getSnapshot } = useStore("useAccess");
      return {
        subscribe(run) {
          const stop = subscribe(() => run(getSnapshot().access));
          run(getSnapshot().access);
          return stop;
        },
      };
    },
    useCan: (action, kind, id) => useAnswer(can, action, kind, id),
    useCheck: (action, kind, id) => useAnswer(check, action, kind, id),
    useButton: (action, kind, id) => useAnswer(button, action, kind, id),
  };
}

/** Functions that take any name: for policies that are only known at run time. */
export const { setAccess, useAccess, useCan, useCheck, useButton }: Bindings<PolicyDocument> =
  /* @__PURE__ */ createBindings();

/** The answers about an id as a store, told only when the answer is another one. */
function answers<P extends PolicyDocument, T>(
  store: AccessStore<P>,
  id: Changing<string>,
  ask: (id: string) => T,
): Readable<T> {
  return {
    subscribe(run) {
      let on = typeof id === "string" ? id : undefined;
      let last: T | undefined;
      const tell = () => {
        if (on === undefined) return;
        const now = keep(last, ask(on));
        if (now !== last) run((last = now));
      };
      const stop = store.subscribe(tell);
      const stopId = typeof id === "string" ? undefined : id.subscribe((next) => ((on = next), tell()));
      tell();
      return () => {
        stopId?.();
        stop();
      };
    },
  };
}
