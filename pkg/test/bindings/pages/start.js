// What the three pages share: the module is there, and a button replaces the access by one that gives less.
import { init } from "bailiwick";
import { accessStore } from "bailiwick/store";

/** Calls `draw` with a store and with what puts the lesser access into it. */
export async function start(draw) {
  await init();
  const { access } = await import("../world.mjs");
  const store = accessStore(access({ ending: ["p1"] }));
  draw(document.querySelector("main"), {
    store,
    lessen: () => store.replace(access({ user: ["p0"], ending: ["p1"] })),
  });
}
