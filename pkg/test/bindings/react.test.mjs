// React, with its own testing library.
import "./dom.mjs";
import assert from "node:assert/strict";
import { afterEach, describe, test } from "node:test";
import { act, cleanup, render } from "@testing-library/react";
import { Component, StrictMode, createElement as h, memo, useSyncExternalStore, version } from "react";
import { createRoot } from "react-dom/client";
import { createBindings, useCan as anyCan } from "bailiwick/react";
import { accessStore } from "bailiwick/store";
import { Access, END, PROJECTS, access, counter, projectIds, time } from "./world.mjs";

const { AccessProvider, Can, useAccess, useButton, useCan, useCheck } = createBindings();
const page = () => document.body.textContent;
/** Every answer about the renaming of a project, as text. */
const Answers = ({ id }) => {
  const answers = [useCan("rename", "project", id), useButton("rename", "project", id).state];
  return [...answers, useCheck("rename", "project", id).reason, useAccess()?.organization].join(" ");
};

afterEach(cleanup);

describe(`React ${version}`, () => {
  test("an access, a store and bytes give the same answers", () => {
    const bytes = access({ user: ["p1"] }).bytes();
    const sources = [
      { access: access({ user: ["p1"] }) },
      { store: accessStore(access({ user: ["p1"] })) },
      { bytes, open: Access.open },
    ];
    for (const source of sources) {
      render(h(AccessProvider, source, h(Answers, { id: "p0" }), ", ", h(Answers, { id: "p1" })));
      assert.equal(page(), "true enabled granted acme, false disabled no_role acme");
      cleanup();
    }
  });

  test("while there is no access everything is denied and hidden, and nothing throws", () => {
    const sources = [{}, { access: undefined }, { store: accessStore() }, { bytes: undefined, open: Access.open }];
    for (const source of sources) {
      render(
        h(
          AccessProvider,
          source,
          h(Answers, { id: "p0" }),
          h(Can, { action: "rename", kind: "project", id: "p0" }, "shown"),
        ),
      );
      assert.equal(page(), "false hidden unavailable ");
      cleanup();
    }
  });

  test("<Can> shows its children or its fallback", () => {
    const can = (id, props) => h(Can, { action: "rename", kind: "project", id, ...props }, `rename ${id};`);
    const all = [can("p0"), can("p1"), can("p1", { fallback: "ask an owner;" })];
    render(h(AccessProvider, { access: access({ user: ["p1"] }) }, ...all));
    assert.equal(page(), "rename p0;ask an owner;");
  });

  test("of 1,000 components the one renders again whose answer changed", () => {
    const { count, taken } = counter();
    const Row = memo(({ id }) => {
      count(id);
      return h(
        "li",
        undefined,
        useCan("rename", "project", id) ? "yes" : "no",
        useButton("rename", "project", id).state,
        useCheck("rename", "project", id).reason,
      );
    });
    const store = accessStore(access());
    render(
      h(
        AccessProvider,
        { store },
        projectIds.map((id) => h(Row, { key: id, id })),
      ),
    );
    assert.equal(Object.keys(taken()).length, PROJECTS);
    act(() => store.replace(access()));
    assert.deepEqual(taken(), {});
    act(() => store.replace(access({ user: ["p500"] })));
    assert.deepEqual(taken(), { p500: 1 });
    assert.equal(document.querySelectorAll("li")[500].textContent, "nodisabledno_role");
  });

  test("the same holds where the provider's own access or bytes are replaced", () => {
    const { count, taken } = counter();
    const Row = memo(({ id }) => {
      count(id);
      return useCan("rename", "project", id) ? "yes" : "no";
    });
    const rows = projectIds.slice(0, 10).map((id) => h(Row, { key: id, id }));
    const below = h("div", undefined, rows);
    const [all, fewer] = [access(), access({ user: ["p7"] })];
    for (const source of [
      (from) => ({ access: from }),
      (from) => ({ bytes: from.bytes(), open: (bytes) => Access.open(bytes) }),
    ]) {
      const { rerender, unmount } = render(h(AccessProvider, source(all), below));
      taken();
      rerender(h(AccessProvider, source(all), below));
      assert.deepEqual(taken(), {});
      rerender(h(AccessProvider, source(fewer), below));
      assert.deepEqual(taken(), { p7: 1 });
      unmount();
    }
  });

  test("the same bytes are opened once, wherever they lie", () => {
    const { count, taken } = counter();
    const open = (bytes) => (count("open"), Access.open(bytes));
    const [one, other] = [access().bytes(), access({ user: ["p1"] }).bytes()];
    const at = (bytes) => h(AccessProvider, { bytes, open }, h(Answers, { id: "p1" }));
    const { rerender } = render(at(one.slice()));
    rerender(at(one.slice()));
    assert.deepEqual(taken(), { open: 1 });
    rerender(at(other.slice()));
    assert.deepEqual([taken(), page()], [{ open: 1 }, "false disabled no_role acme"]);
    rerender(at(undefined));
    rerender(at(one));
    assert.deepEqual([taken(), page()], [{ open: 1 }, "true enabled granted acme"]);
    rerender(at(other));
    other.set(access({ user: ["p2"] }).bytes());
    rerender(at(new Uint8Array(other.buffer)));
    assert.deepEqual([taken(), page()], [{ open: 2 }, "true enabled granted acme"]);
  });

  test("what is mounted together with another access is right before it is painted", async () => {
    globalThis.IS_REACT_ACT_ENVIRONMENT = false;
    const main = document.body.appendChild(document.createElement("main"));
    const root = createRoot(main);
    const draw = (from, id) => {
      const drawn = new Promise((resolve) => {
        // It is called before the next paint.
        new MutationObserver((_, observer) => (observer.disconnect(), resolve(page()))).observe(main, {
          childList: true,
        });
      });
      root.render(h(AccessProvider, { access: from }, h(Answers, { id, key: id })));
      return drawn;
    };
    assert.equal(await draw(undefined, "p0"), "false hidden unavailable ");
    assert.equal(await draw(access(), "p1"), "true enabled granted acme");
    root.unmount();
    main.remove();
    globalThis.IS_REACT_ACT_ENVIRONMENT = true;
  });

  test("a button follows an end, and no timer stays behind", () => {
    const { clock, timers, moveTo, held } = time();
    const { count, taken } = counter();
    const Row = memo(({ id }) => {
      count(id);
      return useButton("query_vectors", "project", id).state;
    });
    const store = accessStore(access({ ending: ["p3"], clock }), { clock, timers });
    const { unmount } = render(
      h(
        AccessProvider,
        { store },
        projectIds.slice(0, 10).map((id) => h(Row, { key: id, id })),
      ),
    );
    taken();
    act(() => moveTo(END - 1));
    assert.deepEqual([taken(), held()], [{}, 1]);
    act(() => moveTo(END));
    assert.deepEqual([taken(), held()], [{ p3: 1 }, 0]);
    assert.match(page(), /^(enabled){3}(hidden|disabled)(enabled){6}$/);
    act(() => store.replace(access({ ending: ["p3"], clock: () => 0 })));
    unmount();
    assert.equal(held(), 0);
  });

  test("another id, another action and another store are asked about", () => {
    const [first, second] = [accessStore(access()), accessStore(access({ user: ["p0", "p1"] }))];
    const at = (store, id) => h(AccessProvider, { store }, h(Answers, { id }));
    const { rerender } = render(at(first, "p0"));
    rerender(at(first, "nowhere"));
    assert.equal(page(), "false disabled no_role acme");
    rerender(at(second, "p1"));
    assert.equal(page(), "false disabled no_role acme");
    act(() => second.replace(access()));
    assert.equal(page(), "true enabled granted acme");
  });

  test("StrictMode changes no answer", () => {
    const store = accessStore(access());
    render(h(StrictMode, undefined, h(AccessProvider, { store }, h(Answers, { id: "p0" }))));
    act(() => store.replace(access({ user: ["p0"] })));
    assert.equal(page(), "false disabled no_role acme");
  });

  test("a decision is the same object while it says the same", () => {
    const seen = [];
    const Row = () => (seen.push(useCheck("rename", "project", "p0")), useAccess(), "");
    const store = accessStore(access());
    render(h(AccessProvider, { store }, h(Row)));
    act(() => store.replace(access()));
    assert.deepEqual([seen.length, seen[0] === seen[1]], [2, true]);
  });

  test("the store is an external store as React knows it", () => {
    const Row = ({ store }) =>
      String(useSyncExternalStore(store.subscribe, store.getSnapshot).access?.can("rename", "project", "p0"));
    const store = accessStore();
    render(h(Row, { store }));
    act(() => store.replace(access()));
    assert.equal(page(), "true");
  });

  for (const [name, hook] of Object.entries({ useCan, useCheck, useButton, useAccess })) {
    test(`${name} outside of its provider says so`, () => {
      const error = thrownIn(h(() => hook("rename", "project", "p0")));
      assert.deepEqual([error.name, error.code], ["BailiwickError", "ERR_NO_PROVIDER"]);
      assert.match(
        error.message,
        new RegExp(`^\`${name}\` was called outside of a provider: put an \`AccessProvider\``),
      );
    });
  }

  test("the provider of other bindings is not theirs", () => {
    const asks = h(() => String(anyCan("rename", "project", "p0")));
    assert.equal(thrownIn(h(AccessProvider, { access: access() }, asks)).code, "ERR_NO_PROVIDER");
  });

  test("what cannot be opened is an error, not a denial", () => {
    const at = (source) => thrownIn(h(AccessProvider, source, "")).code;
    assert.equal(at({ bytes: new Uint8Array(9), open: Access.open }), "ERR_ACCESS");
    assert.deepEqual([at({ bytes: new Uint8Array(9) }), at({ access: 7 })], ["ERR_TYPE", "ERR_TYPE"]);
  });
});

/** What is thrown while the element is drawn. */
function thrownIn(element) {
  let thrown;
  class Boundary extends Component {
    state = {};
    static getDerivedStateFromError = (error) => ({ error });
    render() {
      thrown = this.state.error;
      return thrown === undefined ? this.props.children : "";
    }
  }
  const { error } = console;
  console.error = () => undefined;
  window.addEventListener("error", prevent);
  render(h(Boundary, undefined, element));
  window.removeEventListener("error", prevent);
  console.error = error;
  return thrown;
}

function prevent(event) {
  event.preventDefault();
}
