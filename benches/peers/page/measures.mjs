// What is measured in a page: the questions of worker.mjs, from the same workload, checked against the same truth.
import * as W from "../lib/workload.mjs";
import { median, timed } from "./clock.mjs";

const LOADS = { s1k: 15, s10k: 7, s100k: 3 };
const state = {};

const turn = () => new Promise((resolve) => setTimeout(resolve, 0));

/** A snapshot of a universe, in the adapter's own text or bytes where it has its own. */
async function snapshot(size) {
  const response = await fetch(`/${size}.${state.text ? "json" : "bin"}`);
  return state.text ? response.text() : new Uint8Array(await response.arrayBuffer());
}

const renamed = (q) => ({ ...q, A: q.A.map(state.names.action), T: q.T.map(state.names.type) });
const renamedPage = (p) => ({
  ...p,
  type: state.names.type(p.type),
  actions: p.actions.map(state.names.action),
  pActions: p.pActions.map(state.names.action),
});

function expect(got, wanted, what) {
  if (got !== wanted) throw new Error(`${what}: ${got} allowed, want ${wanted}`);
}

/** Starts in a fresh page: what it takes to import, and to the first answer. `question` is action, kind, id, answer. */
export async function cold({ text, question }) {
  state.text = text;
  const facts = await snapshot("s1k");
  const script = await (await fetch("/adapter.js")).text();
  const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  const start = performance.now();
  const adapter = await import(url);
  const imported = performance.now();
  await adapter.init?.();
  const ready = performance.now();
  const loaded = await adapter.load(facts);
  const there = performance.now();
  const [action, kind, id, allowed] = question;
  const got = await loaded.check(action, kind, id);
  const end = performance.now();
  if (got !== allowed) throw new Error(`wrong first answer: ${got}`);
  const parts = { import: imported - start, init: ready - imported, load: there - ready, first: end - there };
  return { total: end - start, ...parts };
}

/** Imports the adapter, for everything else. */
export async function prepare({ text, quick, most }) {
  const adapter = await import("/adapter.js");
  await adapter.init?.();
  const names = adapter.names ?? { action: (name) => name, type: (name) => name };
  const times = quick ? { settle: 60, budget: 60, least: 5 } : { settle: 300, budget: 350, least: 15 };
  Object.assign(state, { adapter, names, text, quick, most, times });
  state.base = W.universe("base");
  state.loaded = await adapter.load(await snapshot("base"));
  return { isolated: crossOriginIsolated, agent: navigator.userAgent };
}

/** The 2,000 questions; nothing is timed while one is answered wrongly. */
export function verify() {
  const { base, loaded } = state;
  const v = renamed(W.verifyQueries(base));
  let bad = 0;
  for (let at = 0; at < v.A.length; at += 1) if (loaded.check(v.A[at], v.T[at], v.I[at]) !== v.E[at]) bad += 1;
  if (loaded.checkMany)
    for (const p of W.pages(base).map(renamedPage)) {
      const cells = loaded.checkMany(p.actions, p.type, p.ids);
      let cell = 0;
      for (const id of p.ids)
        for (const action of p.actions) if (!!cells[cell++] !== loaded.check(action, p.type, id)) bad += 1;
    }
  return { n: v.A.length, bad };
}

/** One check, strings in: 1,024 rotating questions, or a part of them at a time where a library is slow. */
function singleOf(loaded, universe) {
  const { A, T, I, E } = renamed(W.timingQueries(universe));
  const { check } = loaded;
  const start = performance.now();
  let allowed = 0;
  for (let at = 0; at < A.length; at += 1) if (check(A[at], T[at], I[at])) allowed += 1;
  expect(allowed, E.filter(Boolean).length, "timing queries");
  const each = (performance.now() - start) / A.length;
  const chunk = each > 2 ? 16 : each > 0.1 ? 128 : A.length;
  let from = 0;
  const { p50, min, readings } = timed(() => {
    let sum = 0;
    const end = from + chunk;
    for (let at = from; at < end; at += 1) if (check(A[at], T[at], I[at])) sum += 1;
    from = end === A.length ? 0 : end;
    state.sink = sum;
  }, state.times);
  return { ns: (p50 * 1e6) / chunk, min: (min * 1e6) / chunk, samples: readings };
}

export const single = () => singleOf(state.loaded, state.base);

const sum = (cells) => {
  let total = 0;
  for (let at = 0; at < cells.length; at += 1) total += cells[at];
  return total;
};

/** The allowed buttons of a page, asked one by one. */
function pageOneByOne({ check }, p) {
  let allowed = 0;
  for (let row = 0; row < 20; row += 1) {
    for (const action of p.actions) if (check(action, p.type, p.ids[row])) allowed += 1;
    for (const action of p.pActions) if (check(action, "project", p.projects[row])) allowed += 1;
  }
  return allowed;
}

const pageAtOnce = ({ checkMany }, p) =>
  sum(checkMany(p.actions, p.type, p.ids)) + sum(checkMany(p.pActions, "project", p.projects));

function pagesTimed(ask, what) {
  const pages = W.pages(state.base).map(renamedPage);
  for (const p of pages) expect(ask(state.loaded, p), p.allowed, what);
  let at = 0;
  const { p50, min } = timed(() => {
    state.sink = ask(state.loaded, pages[at++ & 7]);
  }, state.times);
  return { us: p50 * 1e3, min: min * 1e3 };
}

export const page = () => pagesTimed(pageOneByOne, "page");
export const pageMany = () => (state.loaded.checkMany ? pagesTimed(pageAtOnce, "page at once") : undefined);

async function tableThere() {
  if (state.table === undefined) {
    const universe = W.universe("table");
    const table = W.table(universe);
    const actions = table.actions.map(state.names.action);
    const types = table.types.map(state.names.type);
    const groups = table.groups.map((group) => ({ ...group, type: state.names.type(group.type) }));
    state.table = { ...table, actions, types, groups, loaded: await state.adapter.load(await snapshot("table")) };
  }
  return state.table;
}

/** The whole table several times; a part of it, scaled up, where a library takes more than nine seconds. */
export async function table() {
  const { loaded, actions, types, ids, allowed } = await tableThere();
  const { check } = loaded;
  const rowsOf = (rows) => {
    let sum = 0;
    for (let row = 0; row < rows; row += 1)
      for (const action of actions) if (check(action, types[row], ids[row])) sum += 1;
    return sum;
  };
  const start = performance.now();
  rowsOf(20);
  const row = (performance.now() - start) / 20;
  const rows = row * 10_000 > 9_000 ? Math.max(20, Math.floor(3_000 / row)) : 10_000;
  const times = repeated(() => {
    const got = rowsOf(rows);
    if (rows === 10_000) expect(got, allowed, "table");
  });
  const scale = 10_000 / rows;
  return { ms: median(times) * scale, min: Math.min(...times) * scale, runs: times.length, rowsRun: rows };
}

export async function tableMany() {
  const { loaded, actions, groups, allowed } = await tableThere();
  if (!loaded.checkMany) return undefined;
  const times = repeated(() => {
    let got = 0;
    for (const { type, ids } of groups) got += sum(loaded.checkMany(actions, type, ids));
    expect(got, allowed, "table at once");
  });
  return { ms: median(times), min: Math.min(...times), runs: times.length };
}

/** At most 40 runs within two seconds, at least two. */
function repeated(run) {
  const times = [];
  const start = performance.now();
  const most = state.quick ? 500 : 2_000;
  while (times.length < 2 || (times.length < 40 && performance.now() - start < most)) {
    const before = performance.now();
    run();
    times.push(performance.now() - before);
  }
  return times;
}

/** From text or bytes to the first answer; then the single check and the first ask of each id on what was loaded. */
export async function load(size) {
  if (state.most !== undefined && W.SIZES[size] > W.SIZES[state.most]) return undefined;
  const universe = W.universe(size);
  const facts = await snapshot(size);
  const { A, T, I, E } = renamed(W.timingQueries(universe));
  const once = async () => {
    const loaded = await state.adapter.load(facts);
    if (loaded.check(A[0], T[0], I[0]) !== E[0]) throw new Error(`the first answer is wrong at ${size}`);
    return loaded;
  };
  const before = performance.now();
  await once();
  const together = Math.min(20, Math.ceil(1 / Math.max(performance.now() - before, 0.01)));
  const times = [];
  let loaded;
  for (const begin = performance.now(); times.length < LOADS[size]; ) {
    loaded = undefined;
    globalThis.gc?.();
    await turn(); // finalizers run between turns
    const start = performance.now();
    for (let done = 0; done < together; done += 1) loaded = await once();
    times.push((performance.now() - start) / together);
    if (performance.now() - begin > (state.quick ? 2_000 : 6_000)) break;
  }
  const scale = singleOf(loaded, universe);
  const samples = { ms: median(times), min: Math.min(...times), runs: times.length, together };
  return { load: { bytes: facts.length, text: state.text, ...samples }, scale, firstAsk: await firstAsk(universe, facts, scale.ns) };
}

/** The first ask of each id, of which a library may remember something; two seconds' worth of a slow one, by `each` in ns. */
async function firstAsk(universe, facts, each) {
  const resources = universe.resources.slice(0, Math.min(20_000, 2e9 / each));
  const ids = JSON.parse(JSON.stringify(resources.map(({ id }) => id)));
  const types = resources.map(({ type }) => state.names.type(type));
  const view = state.names.action("view");
  const shared = resources.filter(({ level }) => level).length;
  const times = [];
  for (const begin = performance.now(); times.length < (state.quick ? 3 : 7); ) {
    const { check } = await state.adapter.load(facts);
    const start = performance.now();
    let allowed = 0;
    for (let at = 0; at < ids.length; at += 1) if (check(view, types[at], ids[at])) allowed += 1;
    times.push(((performance.now() - start) * 1e6) / ids.length);
    expect(allowed, shared, "first asks");
    await turn();
    if (performance.now() - begin > 10_000) break;
  }
  return { ns: median(times), min: Math.min(...times), ids: ids.length };
}

/** Loads 100k shares, for whoever looks at the memory. */
export async function hold() {
  state.held = await state.adapter.load(await snapshot("s100k"));
  state.held.check(state.names.action("view"), state.names.type("vault"), "vlt_0000000000000000");
}
