// Svelte, with its own testing library. With runes where it has them.
import "./dom.mjs";
import assert from "node:assert/strict";
import { afterEach, describe, test } from "node:test";
import { cleanup, render } from "@testing-library/svelte";
import { tick } from "svelte";
import { readable } from "svelte/store";
import { VERSION } from "svelte/compiler";
import { createBindings, useAccess, useButton, useCan, useCheck } from "bailiwick/svelte";
import { accessStore } from "bailiwick/store";
import Changing from "./svelte/Changing.svelte";
import Orphan from "./svelte/Orphan.svelte";
import Provider from "./svelte/Provider.svelte";
import { Access, END, PROJECTS, access, counter, projectIds, time } from "./world.mjs";

const modern = !VERSION.startsWith("4.");
const Runes = modern ? (await import("./svelte/Runes.svelte")).default : undefined;
const page = () => document.body.textContent.trim();

afterEach(cleanup);

describe(`Svelte ${VERSION}`, () => {
  test("an access, a store and bytes give the same answers", () => {
    const bytes = access({ user: ["p1"] }).bytes();
    const sources = [
      { access: access({ user: ["p1"] }) },
      { store: accessStore(access({ user: ["p1"] })) },
      { bytes, open: Access.open },
    ];
    for (const source of sources) {
      render(Provider, { source, ids: ["p0", "p1"] });
      assert.equal(page(), "true enabled granted acmefalse disabled no_role acme");
      cleanup();
    }
  });

  test("while there is no access everything is denied and hidden, and nothing throws", () => {
    const sources = [{}, { access: undefined }, { store: accessStore() }, { bytes: undefined, open: Access.open }];
    for (const source of sources) {
      render(Provider, { source, ids: ["p0"] });
      assert.match(page(), /^false hidden unavailable ?(undefined)?$/);
      cleanup();
    }
  });

  test("of 1,000 components the one is drawn again whose answer changed", async () => {
    const { count, taken } = counter();
    const store = accessStore(access());
    render(Provider, { source: { store }, ids: projectIds, count });
    await tick();
    assert.equal(Object.keys(taken()).length, 3 * PROJECTS);
    store.replace(access({ user: ["p500"] }));
    await tick();
    assert.deepEqual(taken(), { "p500 can": 1, "p500 button": 1, "p500 check": 1 });
    assert.equal(document.querySelectorAll("li")[500].textContent, "false disabled no_role acme");
  });

  test("answers are told only when they are other ones", () => {
    const { count, taken } = counter();
    const store = accessStore(access());
    const told = listening(
      store,
      (answers) => answers.useCheck("rename", "project", "p1"),
      () => count("told"),
    );
    assert.deepEqual(taken(), { told: 1 });
    store.replace(access());
    store.replace(access({ user: ["p0"] }));
    assert.deepEqual(taken(), {});
    store.replace(access({ user: ["p1"] }));
    assert.deepEqual(taken(), { told: 1 });
    told.stop();
    store.replace(access());
    assert.deepEqual(taken(), {});
  });

  test("an id's store is let go of with the answer", () => {
    const held = [];
    const id = readable("p0", () => (held.push("held"), () => held.push("let go")));
    const told = listening(
      accessStore(access()),
      (answers) => answers.useCan("rename", "project", id),
      (answer) => held.push(answer),
    );
    told.stop();
    assert.deepEqual(held, ["held", true, "let go"]);
  });

  test("an id that changes is asked about", async () => {
    const store = accessStore(access({ user: ["p1"] }));
    const { rerender } = render(Changing, { source: { store }, id: "p0" });
    assert.equal(page(), "true true");
    await rerender({ id: "p1" });
    assert.equal(page(), "false true");
    await rerender({ id: "nowhere" });
    assert.equal(page(), "false false");
    await rerender({ id: "p2" });
    store.replace(undefined);
    await tick();
    assert.equal(page(), "false false");
  });

  test("an answer follows an end, and no timer stays behind", async () => {
    const { clock, timers, moveTo, held } = time();
    const store = accessStore(access({ ending: ["p0"], clock }), { clock, timers });
    render(Changing, { source: { store }, id: "p0" });
    moveTo(END - 1);
    await tick();
    assert.deepEqual([page(), held()], ["false true", 1]);
    moveTo(END);
    await tick();
    assert.deepEqual([page(), held()], ["false false", 0]);
    store.replace(access({ ending: ["p0"], clock: () => 0 }));
    assert.equal(held(), 1);
    cleanup();
    assert.equal(held(), 0);
  });

  if (modern)
    test("with runes, of 1,000 components the effects of one run again, and ids may change", async () => {
      const { count, taken } = counter();
      const store = accessStore(access());
      const { rerender } = render(Runes, { source: { store }, ids: projectIds, count });
      await tick();
      assert.equal(Object.keys(taken()).length, 3 * PROJECTS);
      store.replace(access({ user: ["p500"] }));
      await tick();
      assert.deepEqual(taken(), { "p500 can false": 1, "p500 button disabled": 1 });
      await rerender({ ids: projectIds.with(0, "p500") });
      assert.equal(document.querySelector("li").textContent, "false disabled true");
    });

  for (const [name, use] of Object.entries({ useCan, useCheck, useButton, useAccess })) {
    test(`${name} outside of its provider says so`, () => {
      const error = thrownBy(() => render(Orphan, { use }));
      assert.deepEqual([error.name, error.code], ["BailiwickError", "ERR_NO_PROVIDER"]);
      assert.match(
        error.message,
        new RegExp(`^\`${name}\` was called outside of a provider: put a component that calls`),
      );
    });
  }

  test("what cannot be opened is an error, not a denial", () => {
    const at = (source) => thrownBy(() => render(Provider, { source, ids: [] })).code;
    assert.equal(at({ bytes: new Uint8Array(9), open: Access.open }), "ERR_ACCESS");
    assert.deepEqual([at({ bytes: new Uint8Array(9) }), at({ access: 7 })], ["ERR_TYPE", "ERR_TYPE"]);
  });
});

/** Subscribes to an answer by hand; the bindings are called while a component starts. */
function listening(store, ask, listener) {
  const bindings = createBindings();
  let stop;
  const use = () => {
    bindings.setAccess({ store });
    stop = ask(bindings).subscribe(listener);
    return { subscribe: (run) => (run(""), () => undefined) };
  };
  render(Orphan, { use });
  return { stop };
}

function thrownBy(call) {
  try {
    call();
  } catch (error) {
    return error;
  }
  return assert.fail("nothing was thrown");
}
