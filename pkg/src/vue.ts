/**
 * Bailiwick in Vue, from 3.4. A component renders again only when its own answer changed.
 *
 * @example
 * const { provideAccess, useButton } = createBindings<typeof pinecone>();
 * provideAccess({ bytes, open: Access.open }); // in a parent
 * const remove = useButton("delete", "project", () => props.id); // below it: remove.value.state
 *
 * @module
 */
import {
  type App,
  type ComputedRef,
  type InjectionKey,
  type MaybeRefOrGetter,
  type ShallowRef,
  type VNode,
  computed,
  defineComponent,
  inject,
  onMounted,
  onUnmounted,
  provide,
  shallowRef,
  toValue,
  watch,
} from "vue";
import type { Access } from "./api/access.js";
import type { Button, Decision } from "./api/decision.js";
import type { PolicyDocument } from "./api/documents.js";
import type { ActionName, KindName } from "./api/names.js";
import { type Asking, answer, button, can, check, keep, orphan } from "./bindings/questions.js";
import { type Given, type Source, Supply } from "./bindings/source.js";
import type { AccessStore, Snapshot } from "./store.js";

export type { Open, Source } from "./bindings/source.js";

/** What `<Can>` takes. */
export interface CanProps<P extends PolicyDocument, K extends KindName<P>> {
  readonly action: ActionName<P, K>;
  readonly kind: K;
  readonly id: string;
}

/** A component with typed props, and slots. */
type Component<Props, Slots> = new (props: Props) => { $props: Props; $slots: Slots };

/** The composables and components of one policy: its names are known to them, and they share one provider. */
export interface Bindings<P extends PolicyDocument> {
  /** Gives an access to everything below the component in whose `setup` it is called. The store is there to be replaced in. */
  provideAccess(source: Source<P>): AccessStore<P>;
  /** Gives an access to a whole application: `app.use(accessPlugin({ access }))`. */
  accessPlugin(source: Source<P>): { install(app: App): void };
  /** Gives an access to what is in its slot, and follows its props. */
  AccessProvider: Component<Source<P>, { default?(): VNode[] }>;
  /** The access in force, for questions without a composable of their own. */
  useAccess(): ComputedRef<Access<P> | undefined>;
  /** Whether it is allowed; false while there is no access. */
  useCan<K extends KindName<P>>(
    action: MaybeRefOrGetter<ActionName<P, K>>,
    kind: MaybeRefOrGetter<K>,
    id: MaybeRefOrGetter<string>,
  ): ComputedRef<boolean>;
  /** The whole answer; denied as `unavailable` while there is no access. */
  useCheck<K extends KindName<P>>(
    action: MaybeRefOrGetter<ActionName<P, K>>,
    kind: MaybeRefOrGetter<K>,
    id: MaybeRefOrGetter<string>,
  ): ComputedRef<Decision>;
  /** What to show; hidden while there is no access. */
  useButton<K extends KindName<P>>(
    action: MaybeRefOrGetter<ActionName<P, K>>,
    kind: MaybeRefOrGetter<K>,
    id: MaybeRefOrGetter<string>,
  ): ComputedRef<Button>;
  /** Shows its default slot where it is allowed, and the slot `fallback` elsewhere. */
  Can: new <K extends KindName<P>>(
    props: CanProps<P, K>,
  ) => {
    $props: CanProps<P, K>;
    $slots: { default?(): VNode[]; fallback?(): VNode[] };
  };
}

const needed = { type: String, required: true } as const;

/**
 * Makes the bindings of one policy. Call it once, in a module of your own. Outside of their provider they throw `ERR_NO_PROVIDER`.
 *
 * @example
 * export const { AccessProvider, Can, useButton, useCan } = createBindings<typeof pinecone>();
 */
export function createBindings<P extends PolicyDocument = PolicyDocument>(): Bindings<P> {
  const above: InjectionKey<Live<P>> = Symbol("bailiwick");

  function useLive(asker: string): Live<P> {
    const live = inject(above, undefined);
    if (live === undefined) throw orphan(asker, "an `AccessProvider`, `provideAccess` or the plugin");
    live.listen();
    return live;
  }

  function useAnswer<T, K extends KindName<P>>(
    asking: Asking<T>,
    action: MaybeRefOrGetter<ActionName<P, K>>,
    kind: MaybeRefOrGetter<K>,
    id: MaybeRefOrGetter<string>,
  ): ComputedRef<T> {
    const live = useLive(asking.name);
    return computed<T>((old) => keep(old, answer(asking, live.access(), toValue(action), toValue(kind), toValue(id))));
  }

  function liveOf(source: Source<P>): Live<P> {
    const supply = new Supply<P>(source);
    return new Live(supply.store(source), () => supply.drawn(source));
  }

  function provideAccess(source: Source<P>): AccessStore<P> {
    const live = liveOf(source);
    provide(above, live);
    return live.store;
  }

  const AccessProvider = defineComponent({
    name: "AccessProvider",
    props: ["access", "store", "bytes", "open", "renderedAt"],
    setup(props: Given<P>, { slots }) {
      const supply = new Supply<P>(props);
      const live = new Live(supply.store(props), () => supply.drawn(props));
      provide(above, live);
      const follow = () => {
        supply.take(props);
        live.turnTo(supply.store(props));
      };
      watch(() => [props.access, props.store, props.bytes], follow, { flush: "sync" });
      return () => slots["default"]?.();
    },
  });

  const Can = defineComponent({
    name: "Can",
    props: { action: needed, kind: needed, id: needed },
    setup(props, { slots }) {
      const allowed = useAnswer(
        can,
        () => props.action as ActionName<P, KindName<P>>,
        () => props.kind as KindName<P>,
        () => props.id,
      );
      return () => (allowed.value ? slots["default"]?.() : slots["fallback"]?.());
    },
  });

  return {
    provideAccess,
    accessPlugin: (source) => ({
      install(app) {
        app.provide(above, liveOf(source));
      },
    }),
    AccessProvider: AccessProvider as unknown as Bindings<P>["AccessProvider"],
    useAccess() {
      const live = useLive("useAccess");
      return computed(() => live.access());
    },
    useCan: (action, kind, id) => useAnswer(can, action, kind, id),
    useCheck: (action, kind, id) => useAnswer(check, action, kind, id),
    useButton: (action, kind, id) => useAnswer(button, action, kind, id),
    Can: Can as unknown as Bindings<P>["Can"],
  };
}

/** Bindings that take any name: for policies that are only known at run time. */
export const {
  provideAccess,
  accessPlugin,
  AccessProvider,
  useAccess,
  useCan,
  useCheck,
  useButton,
  Can,
}: Bindings<PolicyDocument> = /* @__PURE__ */ createBindings();

/** A store as a ref that follows it while a component is mounted that asks. On a server nothing is mounted, and nobody listens. */
class Live<P extends PolicyDocument> {
  store: AccessStore<P>;
  /** Called when the first component is there. */
  #drawn: (() => void) | undefined;
  readonly #snapshot: ShallowRef<Snapshot<P>>;
  #listeners = 0;
  #stop: (() => void) | undefined;

  constructor(store: AccessStore<P>, drawn: () => void) {
    this.store = store;
    this.#drawn = drawn;
    this.#snapshot = shallowRef(store.getSnapshot());
  }

  /** The access in force; what reads it runs again with each replacement and end. */
  access(): Access<P> | undefined {
    return this.#snapshot.value.access;
  }

  /** Follows the store while the component lives in whose `setup` this is called. */
  listen(): void {
    this.#read();
    onMounted(() => this.#start());
    onUnmounted(() => this.#end());
  }

  /** Follows another store. */
  turnTo(store: AccessStore<P>): void {
    if (store === this.store) return;
    this.store = store;
    if (this.#stop !== undefined) {
      this.#stop();
      this.#stop = store.subscribe(this.#read);
    }
    this.#read();
  }

  readonly #read = (): void => {
    this.#snapshot.value = this.store.getSnapshot();
  };

  #start(): void {
    this.#listeners += 1;
    this.#drawn?.();
    this.#drawn = undefined;
    this.#stop ??= this.store.subscribe(this.#read);
    this.#read();
  }

  #end(): void {
    this.#listeners -= 1;
    if (this.#listeners > 0) return;
    this.#stop?.();
    this.#stop = undefined;
  }
}
