// The store: an access is replaced, who listens is told, and told again when something in it ends.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { AccessStore, accessStore } from "bailiwick/store";
import { Directory, Policy } from "bailiwick";
import pinecone from "bailiwick/presets/pinecone";
import { END, bo, company, cy, document } from "./company.mjs";
import { thrownBy } from "./thrown.mjs";

/** Time that stands still until it is moved, for an access and a store alike. */
class Time {
  now = 0;
  pending = [];
  asked = [];
  clock = () => this.now;
  timers = {
    set: (call, milliseconds) => {
      const timer = { call, at: this.now + milliseconds };
      this.asked.push(milliseconds);
      this.pending.push(timer);
      return timer;
    },
    clear: (timer) => {
      this.pending = this.pending.filter((other) => other !== timer);
    },
  };

  /** Moves to a moment; what is due by then is called in order, each at its own moment. */
  moveTo(moment) {
    for (;;) {
      const due = this.pending.filter(({ at }) => at <= moment).sort((a, b) => a.at - b.at)[0];
      if (due === undefined) break;
      this.timers.clear(due);
      this.now = Math.max(this.now, due.at);
      due.call();
    }
    this.now = moment;
  }
}

/** Cy's access, where "ads" ends at END, and a store of it. */
function ending(time) {
  const { directory } = company();
  const access = directory.access(cy, "acme", { clock: time.clock });
  return { access, store: accessStore(access, { clock: time.clock, timers: time.timers }) };
}

/** Later than any computer's clock that runs these tests. */
const FAR = 2 ** 43;

/** Cy's access, where "ads" ends at another moment. */
function endingAt(until) {
  const projects = document.projects.map(({ members = [], ...project }) => {
    return { ...project, members: members.map((member) => ("until" in member ? { ...member, until } : member)) };
  });
  return Directory.load(Policy.compile(pinecone), { ...document, projects }).access(cy, "acme");
}

const mayView = (store) => store.getSnapshot().access.can("view_indexes", "project", "ads");

describe("replacing", () => {
  test("a snapshot is one object until the access is replaced, and its version grows by one", () => {
    const { directory } = company();
    const [first, second] = [directory.access(bo, "acme"), directory.access(cy, "acme")];
    const store = accessStore(first);
    const before = store.getSnapshot();
    assert.equal(store.getSnapshot(), before);
    assert.deepEqual([before.access === first, before.version], [true, 0]);
    store.replace(second);
    const after = store.getSnapshot();
    assert.deepEqual([after.access === second, after.version, store.getSnapshot() === after], [true, 1, true]);
    store.replace(undefined);
    assert.deepEqual(store.getSnapshot(), { access: undefined, version: 2 });
    assert.deepEqual([before.access === first, before.version], [true, 0]);
  });

  test("who listens is told once for each replacement, and no more after stopping", () => {
    const { directory } = company();
    const store = new AccessStore();
    const told = [];
    const stop = store.subscribe(() => told.push(store.getSnapshot().version));
    store.replace(directory.access(bo, "acme"));
    store.replace(store.getSnapshot().access);
    store.replace(directory.access(bo, "acme"));
    stop();
    stop();
    store.replace(undefined);
    assert.deepEqual(told, [1, 2]);
  });

  test("the same function may listen twice, and a listener may stop another", () => {
    const { directory } = company();
    const store = accessStore();
    let count = 0;
    const listener = () => (count += 1);
    const stop = store.subscribe(listener);
    store.subscribe(listener);
    stop();
    store.replace(directory.access(bo, "acme"));
    assert.equal(count, 1);
    store.subscribe(() => last());
    const last = store.subscribe(() => assert.fail("told after it was stopped"));
    store.replace(undefined);
    assert.equal(count, 2);
  });

  test("a listener that throws keeps nobody from being told", () => {
    const store = accessStore();
    const told = [];
    store.subscribe(() => {
      throw new Error("mine");
    });
    store.subscribe(() => told.push("second"));
    assert.throws(() => store.replace(company().directory.access(bo, "acme")), /mine/);
    assert.deepEqual(told, ["second"]);
  });

  test("what is no access, no listener or no clock is ERR_TYPE, and a freed access ERR_FREED", () => {
    const store = accessStore();
    const freed = company().directory.access(bo, "acme");
    freed.free();
    const wrong = [null, 7, {}, "bytes", new Uint8Array()].map((value) => () => store.replace(value));
    const others = [() => store.subscribe(), () => accessStore(undefined, { clock: 1 }), () => accessStore(7)];
    const timers = [() => accessStore(undefined, { timers: {} }), () => accessStore(undefined, { timers: 1 })];
    for (const call of [...wrong, ...others, ...timers]) assert.equal(thrownBy(call).code, "ERR_TYPE");
    assert.equal(thrownBy(() => store.replace(freed)).code, "ERR_FREED");
    assert.deepEqual(store.getSnapshot(), { access: undefined, version: 0 });
  });
});

describe("ends", () => {
  test("who listens is told once at the moment of an end, and the answer is another one", () => {
    const time = new Time();
    const { store } = ending(time);
    const told = [];
    store.subscribe(() => told.push([time.now, store.getSnapshot().version, mayView(store)]));
    assert.deepEqual([store.nextExpiry, mayView(store)], [END, true]);
    time.moveTo(END - 1);
    assert.deepEqual(told, []);
    time.moveTo(END + 1_000_000);
    assert.deepEqual(told, [[END, 1, false]]);
    assert.deepEqual([store.nextExpiry, time.pending], [Infinity, []]);
  });

  test("an end that lies further off than timers run is waited for in pieces", () => {
    const time = new Time();
    const { access, store } = ending(time);
    const told = [];
    store.replace(undefined);
    store.subscribe(() => told.push(time.now));
    store.replace(access);
    time.moveTo(END);
    assert.ok(Math.max(...time.asked) <= 2 ** 31 - 1);
    assert.equal(time.asked.length, Math.ceil(END / (2 ** 31 - 1)));
    assert.deepEqual([told, store.getSnapshot().version], [[0, END], 3]);
  });

  test("a timer is held only while somebody listens and something ends", () => {
    const time = new Time();
    const { access, store } = ending(time);
    const held = () => time.pending.length;
    const found = [held()];
    const stops = [store.subscribe(() => undefined), store.subscribe(() => undefined)];
    found.push(held());
    stops[0]();
    found.push(held());
    stops[1]();
    found.push(held());
    const stop = store.subscribe(() => undefined);
    store.replace(undefined);
    found.push(held());
    store.replace(access);
    found.push(held());
    stop();
    assert.deepEqual([...found, held()], [0, 1, 1, 0, 0, 1, 0]);
  });

  test("what ended while nobody listened shows in the snapshot, and is no news", () => {
    const time = new Time();
    const { store } = ending(time);
    const before = store.getSnapshot();
    time.now = END;
    store.subscribe(() => assert.fail("told of the past"));
    assert.notEqual(store.getSnapshot(), before);
    assert.equal(store.getSnapshot(), store.getSnapshot());
    time.moveTo(END + 1_000_000);
  });

  test("a snapshot is right also where the timer is late, and who listens is told nevertheless", () => {
    const time = new Time();
    const { store } = ending(time);
    let told = 0;
    store.subscribe(() => (told += 1));
    time.now = END;
    assert.deepEqual([store.getSnapshot().version, told], [1, 0]);
    time.moveTo(END);
    assert.deepEqual([store.getSnapshot().version, told], [1, 1]);
  });

  test("an access whose clock runs behind the store's is asked again a little later", () => {
    const time = new Time();
    const { directory } = company();
    const access = directory.access(cy, "acme", { clock: () => Math.max(0, time.now - 1_500) });
    const store = accessStore(access, { clock: time.clock, timers: time.timers });
    const told = [];
    store.subscribe(() => told.push(time.now - END));
    time.moveTo(END + 10_000);
    assert.deepEqual([told, time.pending], [[2_000], []]);
  });

  test("an access that was freed is waited for no longer", () => {
    const time = new Time();
    const { access, store } = ending(time);
    store.subscribe(() => undefined);
    access.free();
    time.moveTo(END);
    assert.deepEqual([store.nextExpiry, time.pending], [Infinity, []]);
    assert.equal(thrownBy(() => mayView(store)).code, "ERR_FREED");
  });

  test("without a clock of its own it tells by the platform's, and keeps no process alive", () => {
    const bytes = JSON.stringify([...endingAt(FAR).bytes()]);
    const program = `
      import { Access } from "bailiwick";
      import { accessStore } from "bailiwick/store";
      const store = accessStore(Access.open(new Uint8Array(${bytes})));
      store.subscribe(() => console.log("told"));
      console.log(store.nextExpiry);`;
    const options = { cwd: fileURLToPath(new URL("..", import.meta.url)), encoding: "utf8" };
    assert.equal(execFileSync(process.execPath, ["--input-type=module", "-e", program], options), `${FAR}\n`);
  });

  test("the platform's timers are used", async () => {
    const start = Date.now();
    const clock = () => END - 300 + Math.max(0, Date.now() - start);
    const { access, store } = ending({ clock });
    assert.equal(store.getSnapshot().access, access);
    const alive = setInterval(() => undefined, 1_000);
    await new Promise((resolve) => store.subscribe(resolve));
    clearInterval(alive);
    assert.deepEqual([mayView(store), store.getSnapshot().version, store.nextExpiry], [false, 1, Infinity]);
  });
});
