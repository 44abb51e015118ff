// Vue, with its own testing library.
import "./dom.mjs";
import assert from "node:assert/strict";
import { afterEach, describe, test } from "node:test";
import { cleanup, render } from "@testing-library/vue";
import { createApp, h, nextTick, ref, shallowRef, version } from "vue";
import { createBindings, useCan as anyCan } from "bailiwick/vue";
import { accessStore } from "bailiwick/store";
import { Access, END, PROJECTS, access, counter, projectIds, time } from "./world.mjs";

const { AccessProvider, Can, accessPlugin, provideAccess, useAccess, useButton, useCan, useCheck } = createBindings();
const page = () => document.body.textContent;

/** Every answer about the renaming of a project, as text. */
const Answers = {
  props: ["id"],
  setup(props) {
    const id = () => props.id;
    const can = useCan("rename", "project", id);
    const button = useButton("rename", "project", id);
    const check = useCheck("rename", "project", id);
    const from = useAccess();
    return () => [can.value, button.value.state, check.value.reason, from.value?.organization].join(" ");
  },
};

/** Below a provider, as a component. */
const under = (source, below) => ({ setup: () => () => h(AccessProvider, source, { default: below }) });

/** A row that counts how often it is drawn. */
function counted(useAnswer) {
  const { count, taken } = counter();
  const Row = {
    props: ["id"],
    setup(props) {
      const answer = useAnswer(() => props.id);
      return () => (count(props.id), h("li", answer()));
    },
  };
  return { Row, taken };
}

afterEach(cleanup);

describe(`Vue ${version}`, () => {
  test("an access, a store and bytes give the same answers", () => {
    const bytes = access({ user: ["p1"] }).bytes();
    const sources = [
      { access: access({ user: ["p1"] }) },
      { store: accessStore(access({ user: ["p1"] })) },
      { bytes, open: Access.open },
    ];
    const rows = () => [h(Answers, { id: "p0" }), ", ", h(Answers, { id: "p1" })];
    const expected = "true enabled granted acme, false disabled no_role acme";
    for (const source of sources) {
      render(under(source, rows));
      assert.equal(page(), expected);
      cleanup();
      render({ setup: () => (provideAccess(source), () => rows()[0]) });
      assert.ok(expected.startsWith(page()) && page() !== "");
      cleanup();
      render({ setup: () => rows }, { global: { plugins: [accessPlugin(source)] } });
      assert.equal(page(), expected);
      cleanup();
    }
  });

  test("while there is no access everything is denied and hidden, and nothing throws", () => {
    const sources = [{}, { access: undefined }, { store: accessStore() }, { bytes: undefined, open: Access.open }];
    for (const source of sources) {
      render(
        under(source, () => [
          h(Answers, { id: "p0" }),
          h(Can, { action: "rename", kind: "project", id: "p0" }, () => "shown"),
        ]),
      );
      assert.equal(page(), "false hidden unavailable ");
      cleanup();
    }
  });

  test("<Can> shows its default slot or its fallback", async () => {
    const store = accessStore(access({ user: ["p1"] }));
    const can = (id, slots) =>
      h(Can, { action: "rename", kind: "project", id }, { default: () => `rename ${id};`, ...slots });
    render(under({ store }, () => [can("p0"), can("p1"), can("p1", { fallback: () => "ask an owner;" })]));
    assert.equal(page(), "rename p0;ask an owner;");
    store.replace(access({ user: ["p0"] }));
    await nextTick();
    assert.equal(page(), "rename p1;rename p1;");
  });

  test("of 1,000 components the one is drawn again whose answer changed", async () => {
    const { Row, taken } = counted((id) => {
      const [can, button, check] = [useCan, useButton, useCheck].map((use) => use("rename", "project", id));
      return () => [can.value, button.value.state, check.value.reason].join(" ");
    });
    const store = accessStore(access());
    render(under({ store }, () => projectIds.map((id) => h(Row, { key: id, id }))));
    assert.equal(Object.keys(taken()).length, PROJECTS);
    store.replace(access());
    await nextTick();
    assert.deepEqual(taken(), {});
    store.replace(access({ user: ["p500"] }));
    await nextTick();
    assert.deepEqual(taken(), { p500: 1 });
    assert.equal(document.querySelectorAll("li")[500].textContent, "false disabled no_role");
  });

  test("the same holds where the provider's own access or bytes are replaced", async () => {
    const { Row, taken } = counted((id) => {
      const can = useCan("rename", "project", id);
      return () => String(can.value);
    });
    const rows = () => projectIds.slice(0, 10).map((id) => h(Row, { key: id, id }));
    const [all, fewer] = [access(), access({ user: ["p7"] })];
    for (const source of [(from) => ({ access: from }), (from) => ({ bytes: from.bytes(), open: Access.open })]) {
      const from = shallowRef(all);
      // One slot for good: a new one at each drawing would draw what is in it again.
      const slots = { default: rows, $stable: true };
      const { unmount } = render({ setup: () => () => h(AccessProvider, source(from.value), slots) });
      taken();
      from.value = fewer;
      await nextTick();
      assert.deepEqual(taken(), { p7: 1 });
      unmount();
    }
  });

  test("the same bytes are opened once, wherever they lie", async () => {
    const { count, taken } = counter();
    const open = (bytes) => (count("open"), Access.open(bytes));
    const [one, other] = [access().bytes(), access({ user: ["p1"] }).bytes()];
    const bytes = shallowRef(one.slice());
    render({ setup: () => () => h(AccessProvider, { bytes: bytes.value, open }, () => h(Answers, { id: "p1" })) });
    const put = async (next) => {
      bytes.value = next;
      await nextTick();
      return [taken(), page()];
    };
    assert.deepEqual(await put(one.slice()), [{ open: 1 }, "true enabled granted acme"]);
    assert.deepEqual(await put(other), [{ open: 1 }, "false disabled no_role acme"]);
    assert.deepEqual(await put(undefined), [{}, "false hidden unavailable "]);
  });

  test("a button follows an end, and no timer stays behind", async () => {
    const { clock, timers, moveTo, held } = time();
    const { Row, taken } = counted((id) => {
      const button = useButton("query_vectors", "project", id);
      return () => button.value.state;
    });
    const store = accessStore(access({ ending: ["p3"], clock }), { clock, timers });
    const { unmount } = render(under({ store }, () => projectIds.slice(0, 10).map((id) => h(Row, { key: id, id }))));
    taken();
    moveTo(END - 1);
    await nextTick();
    assert.deepEqual([taken(), held()], [{}, 1]);
    moveTo(END);
    await nextTick();
    assert.deepEqual([taken(), held()], [{ p3: 1 }, 0]);
    assert.match(page(), /^(enabled){3}(hidden|disabled)(enabled){6}$/);
    store.replace(access({ ending: ["p3"], clock: () => 0 }));
    assert.equal(held(), 1);
    unmount();
    assert.equal(held(), 0);
  });

  test("another id and another store are asked about", async () => {
    const [first, second] = [accessStore(access()), accessStore(access({ user: ["p0", "p1"] }))];
    const [store, id] = [shallowRef(first), ref("p0")];
    render({ setup: () => () => h(AccessProvider, { store: store.value }, () => h(Answers, { id: id.value })) });
    id.value = "nowhere";
    await nextTick();
    assert.equal(page(), "false disabled no_role acme");
    [store.value, id.value] = [second, "p1"];
    await nextTick();
    assert.equal(page(), "false disabled no_role acme");
    first.replace(undefined);
    second.replace(access());
    await nextTick();
    assert.equal(page(), "true enabled granted acme");
  });

  test("what is mounted after a replacement that nobody heard is right at once", () => {
    const store = accessStore(access({ user: ["p0"] }));
    const plugin = accessPlugin({ store });
    const app = createApp({ setup: () => () => h(Answers, { id: "p0" }) }).use(plugin);
    store.replace(access());
    app.mount(document.body.appendChild(document.createElement("main")));
    assert.equal(page(), "true enabled granted acme");
    app.unmount();
    document.body.replaceChildren();
  });

  test("what was put into the store before anything was drawn stays in it", async () => {
    const bytes = access({ user: ["p0"], ending: ["p1"] }).bytes();
    for (const source of [{ access: undefined }, { bytes, open: Access.open, renderedAt: END - 1 }]) {
      const setup = () => (provideAccess(source).replace(access()), () => h(Answers, { id: "p0" }));
      render({ setup });
      await nextTick();
      assert.equal(page(), "true enabled granted acme");
      cleanup();
    }
  });

  test("what is drawn together with another access is drawn once", async () => {
    const { Row, taken } = counted((id) => {
      const can = useCan("rename", "project", id);
      return () => String(can.value);
    });
    const [from, ids] = [shallowRef(undefined), ref(["p0"])];
    const rows = () => ids.value.map((id) => h(Row, { key: id, id }));
    render({ setup: () => () => h(AccessProvider, { access: from.value }, rows) });
    taken();
    [from.value, ids.value] = [access(), ["p0", "p1"]];
    await nextTick();
    assert.deepEqual([taken(), page()], [{ p0: 1, p1: 1 }, "truetrue"]);
  });

  test("an answer is the same object while it says the same", async () => {
    const seen = new Set();
    const store = accessStore(access());
    const Row = {
      setup() {
        const [check, from] = [useCheck("rename", "project", "p0"), useAccess()];
        return () => (seen.add(check.value), String(from.value.revision));
      },
    };
    render(under({ store }, () => h(Row)));
    store.replace(access());
    await nextTick();
    assert.equal(seen.size, 1);
  });

  for (const [name, use] of Object.entries({ useCan, useCheck, useButton, useAccess })) {
    test(`${name} outside of its provider says so`, () => {
      const error = thrownIn({ setup: () => (use("rename", "project", "p0"), () => "") });
      assert.deepEqual([error.name, error.code], ["BailiwickError", "ERR_NO_PROVIDER"]);
      assert.match(
        error.message,
        new RegExp(`^\`${name}\` was called outside of a provider: put an \`AccessProvider\``),
      );
    });
  }

  test("the provider of other bindings is not theirs", () => {
    const Asks = { setup: () => (anyCan("rename", "project", "p0"), () => "") };
    assert.equal(thrownIn(under({ access: access() }, () => h(Asks))).code, "ERR_NO_PROVIDER");
  });

  test("what cannot be opened is an error, not a denial", () => {
    const at = (source) => thrownIn(under(source, () => "")).code;
    assert.equal(at({ bytes: new Uint8Array(9), open: Access.open }), "ERR_ACCESS");
    assert.deepEqual([at({ bytes: new Uint8Array(9) }), at({ access: 7 })], ["ERR_TYPE", "ERR_TYPE"]);
  });
});

/** What is thrown while the component is drawn. */
function thrownIn(component) {
  let thrown;
  const app = createApp(component);
  app.config.errorHandler = (error) => void (thrown ??= error);
  app.config.warnHandler = () => undefined;
  app.mount(document.createElement("main"));
  return thrown;
}
