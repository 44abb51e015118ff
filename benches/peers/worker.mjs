// One adapter, one process: verify, then measures 1-4 and scaling. Started by bench.mjs (fork); reports step by step.
import { measure } from 'mitata';
import { pathToFileURL } from 'node:url';
import * as W from './lib/workload.mjs';

const [file, quick] = [process.argv[2], process.argv[3] === 'quick'];
const report = (step, data) => process.send({ step, ...data });
const A = await import(pathToFileURL(file));
await A.init?.();
const isAsync = !!A.isAsync;
const median = a => { const s = [...a].sort((x, y) => x - y); return s.length % 2 ? s[s.length >> 1] : (s[s.length / 2 - 1] + s[s.length / 2]) / 2; };
const opts = { batch_samples: 64, batch_threshold: 2e6, min_cpu_time: quick ? 60e6 : 350e6, min_samples: quick ? 5 : 15, samples_threshold: 1e9 };

// A fixed pure-integer loop: says how fast the machine was during this process.
function spin() { let x = 1; for (let i = 0; i < 2e7; i++) x = (Math.imul(x, 1664525) + 1013904223) | 0; return x; }
spin(); const t0 = performance.now(); spin(); report('calib', { ms: performance.now() - t0 });

// ---- verify
// Two optional hooks, both untimed: `snapshot(universe)` writes the same facts in the library's own text or bytes, and
// `names` says what its application calls the actions and types (program literals: renamed once, before anything is timed).
const snapshotOf = u => A.snapshot?.(u) ?? W.snapshotJson(u);
const own = A.names ?? { action: x => x, type: x => x };
const renamed = q => ({ ...q, A: q.A.map(own.action), T: q.T.map(own.type) });
const base = W.universe('base'), baseJson = await snapshotOf(base);
const h = await A.load(baseJson);
{
  const v = renamed(W.verifyQueries(base));
  let bad = 0, first = null;
  for (let i = 0; i < v.A.length; i++) {
    const got = isAsync ? await h.check(v.A[i], v.T[i], v.I[i]) : h.check(v.A[i], v.T[i], v.I[i]);
    if (got !== v.E[i]) { bad++; first ??= [v.A[i], v.T[i], v.I[i], got, v.E[i]]; }
  }
  if (h.checkMany) for (const p of W.pages(base).map(p => ({ ...p, type: own.type(p.type), actions: p.actions.map(own.action) }))) {
    const out = h.checkMany(p.actions, p.type, p.ids); let k = 0;
    for (const id of p.ids) for (const a of p.actions) if (!!out[k++] !== h.check(a, p.type, id)) bad++;
  }
  if (h.checkHandle) for (let i = 0; i < v.A.length; i++)
    if ((h.checkHandle(h.rowOf(v.T[i], v.I[i]), h.bitOf(v.T[i], v.A[i])) === 1) !== v.E[i]) bad++;
  report('verify', { n: v.A.length, bad, first });
  if (bad) process.exit(1);
}

// ---- 1. single check: one run of the kernel is `chunk` checks out of the 1,024; ns/op = time / chunk
async function single(h, u) {
  const q = renamed(W.timingQueries(u)), { A: a, T: t, I: id } = q, n = a.length, check = h.check;
  let want = q.E.filter(Boolean).length;
  // one pass to warm up and to size the chunk
  const s0 = performance.now(); let got = 0, done = 0;
  for (let i = 0; i < n; i++) { if (isAsync ? await check(a[i], t[i], id[i]) : check(a[i], t[i], id[i])) got++; done++; if (performance.now() - s0 > 3000) break; }
  const est = (performance.now() - s0) / done * 1e6;
  if (done === n && got !== want) throw new Error(`timing queries: ${got} allowed, want ${want}`);
  if (done < n) return { ns: est, samples: done, note: 'plain mean of the first pass, too slow for more' };
  const chunk = est > 2e6 ? 16 : est > 100e3 ? 128 : n;
  let off = 0, sink = 0;
  const kernel = isAsync
    ? async () => { let c = 0; const e = off + chunk; for (let i = off; i < e; i++) if (await check(a[i], t[i], id[i])) c++; off = e === n ? 0 : e; sink += c; }
    : () => { let c = 0; const e = off + chunk; for (let i = off; i < e; i++) if (check(a[i], t[i], id[i])) c++; off = e === n ? 0 : e; sink += c; };
  for (const w = performance.now(); performance.now() - w < (quick ? 60 : 300);) await kernel(); // JIT and wasm tiers settle
  const m = await measure(kernel, { ...opts });
  return { ns: m.p50 / chunk, p25: m.p25 / chunk, p75: m.p75 / chunk, min: m.min / chunk, samples: m.samples.length, chunk, sink: sink > 0 };
}
report('single', await single(h, base));
if (h.checkHandle) {
  const q = renamed(W.timingQueries(base)), n = q.A.length, ck = h.checkHandle;
  const rows = new Uint32Array(n), bits = new Uint32Array(n);
  for (let i = 0; i < n; i++) { rows[i] = h.rowOf(q.T[i], q.I[i]); bits[i] = h.bitOf(q.T[i], q.A[i]); }
  let sink = 0;
  const m = await measure(() => { let c = 0; for (let i = 0; i < n; i++) c += ck(rows[i], bits[i]); sink += c; }, { ...opts });
  report('singleHandle', { ns: m.p50 / n, min: m.min / n, p25: m.p25 / n, p75: m.p75 / n, sink: sink > 0 });
}

// ---- 2. page of 200 buttons
{
  const ps = W.pages(base).map(p => ({ ...p, type: own.type(p.type), actions: p.actions.map(own.action), pActions: p.pActions.map(own.action) })); let k = 0, sum = 0;
  const one = isAsync
    ? async () => { const p = ps[k++ & 7]; let c = 0; for (let i = 0; i < 20; i++) { for (const a of p.actions) if (await h.check(a, p.type, p.ids[i])) c++; for (const a of p.pActions) if (await h.check(a, 'project', p.projects[i])) c++; } sum += c; return c; }
    : () => { const p = ps[k++ & 7]; let c = 0; for (let i = 0; i < 20; i++) { for (const a of p.actions) if (h.check(a, p.type, p.ids[i])) c++; for (const a of p.pActions) if (h.check(a, 'project', p.projects[i])) c++; } sum += c; return c; };
  for (let i = 0; i < 8; i++) { const c = await one(); if (c !== ps[i].allowed) throw new Error(`page ${i}: ${c} allowed, want ${ps[i].allowed}`); }
  const m = await measure(one, { ...opts });
  report('page', { us: m.p50 / 1e3, min: m.min / 1e3, p25: m.p25 / 1e3, p75: m.p75 / 1e3 });
  if (h.checkMany) {
    const many = () => { const p = ps[k++ & 7]; const x = h.checkMany(p.actions, p.type, p.ids); let c = 0; for (let i = 0; i < x.length; i++) c += x[i]; const y = h.checkMany(p.pActions, 'project', p.projects); for (let i = 0; i < y.length; i++) c += y[i]; sum += c; return c; };
    k = 0; for (let i = 0; i < 8; i++) { const c = many(); if (c !== ps[i].allowed) throw new Error(`pageMany ${i}: ${c}`); }
    const mm = await measure(many, { ...opts });
    report('pageMany', { us: mm.p50 / 1e3, min: mm.min / 1e3 });
  }
}

// ---- 3. table: 10,000 resources x 5 actions
{
  const u = W.universe('table'), tb = W.table(u), th = await A.load(await snapshotOf(u));
  const perCheck = performance.now();
  for (let i = 0; i < 20; i++) { const r = th.check(tb.actions[i % 5], tb.types[i], tb.ids[i]); if (isAsync) await r; }
  const est = (performance.now() - perCheck) / 20;
  const rows = est * 50000 > 9000 ? Math.max(20, Math.floor(3000 / est / 5)) : 10000; // too slow: a part, scaled, and said so
  const run = async () => { let c = 0; for (let i = 0; i < rows; i++) for (const a of tb.actions) if (await th.check(a, tb.types[i], tb.ids[i])) c++; return c; };
  const runSync = () => { let c = 0; for (let i = 0; i < rows; i++) for (const a of tb.actions) if (th.check(a, tb.types[i], tb.ids[i])) c++; return c; };
  const f = isAsync ? run : runSync, times = [], begin = performance.now();
  do { const s = performance.now(); const c = await f(); times.push(performance.now() - s);
    if (rows === 10000 && c !== tb.allowed) throw new Error(`table: ${c} allowed, want ${tb.allowed}`);
  } while (times.length < (quick ? 2 : 25) && (times.length < 2 || performance.now() - begin < (quick ? 500 : 2000)) && performance.now() - begin < 12000);
  const ms = median(times) * 10000 / rows;
  report('table', { ms, nsPerDecision: ms * 1e6 / 50000, first: times[0] * 10000 / rows, min: Math.min(...times) * 10000 / rows, runs: times.length, rowsRun: rows });
  if (th.checkMany) {
    const f2 = () => { let c = 0; for (const g of tb.groups) { const x = th.checkMany(tb.actions, g.type, g.ids); for (let i = 0; i < x.length; i++) c += x[i]; } return c; };
    const t2 = []; for (let r = 0; r < 40; r++) { const s = performance.now(); const c = f2(); t2.push(performance.now() - s); if (c !== tb.allowed) throw new Error('tableMany ' + c); }
    report('tableMany', { ms: median(t2), nsPerDecision: median(t2) * 1e6 / 50000, first: t2[0], min: Math.min(...t2) });
  }
}

// ---- 4. load, and scaling of the single check
for (const [size, reps] of [['s1k', 15], ['s10k', 7], ['s100k', 3]]) {
  if (A.maxSize && W.SIZES[size] > W.SIZES[A.maxSize]) continue;
  const u = W.universe(size), json = await snapshotOf(u), q = renamed(W.timingQueries(u)), times = [];
  let last = null;
  const begin = performance.now();
  for (let r = 0; r < reps; r++) {
    last = null; globalThis.gc?.();
    const s = performance.now();
    last = await A.load(json);
    const first = last.check(q.A[0], q.T[0], q.I[0]); // ready to answer means it has answered
    if ((isAsync ? await first : first) !== q.E[0]) throw new Error('first answer is wrong at ' + size);
    times.push(performance.now() - s);
    if (performance.now() - begin > (quick ? 2000 : 6000)) break;
  }
  report('load', { size, bytes: json.length, text: typeof json === 'string', ms: median(times), min: Math.min(...times), first: times[0], runs: times.length });
  const scale = await single(last, u);
  report('scale', { size, ...scale });
  if (!isAsync && scale.ns < 1e7) { // the first ask of each id, of which a library may remember something; the machine is warm by now
    const ids = u.resources.slice(0, Math.min(20000, 2e9 / scale.ns)), runs = []; // slow libraries: two seconds' worth
    const I = JSON.parse(JSON.stringify(ids.map(x => x.id))), T = ids.map(x => own.type(x.type)), action = own.action('view');
    for (let r = 0; r < (quick ? 3 : 7); r++) {
      const fresh = await A.load(json), s = performance.now(); let c = 0;
      for (let i = 0; i < I.length; i++) if (fresh.check(action, T[i], I[i])) c++;
      runs.push((performance.now() - s) * 1e6 / I.length);
      if (c !== ids.filter(x => x.level).length) throw new Error('first asks: ' + c);
      if (performance.now() - begin > 15000) break;
    }
    report('firstAsk', { size, ns: median(runs), min: Math.min(...runs), ids: ids.length });
  }
}
report('done', {});
process.disconnect?.();
