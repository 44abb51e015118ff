// node bench.mjs [--rounds=3] [--only=casl,cedar] [--quick] [--only-check] [--floors]
// --floors: measure only the floors and the sizes again, into the results.json that is there; --report: print it again
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fork, spawnSync } from 'node:child_process';
import * as W from './lib/workload.mjs';
import { sizeOf, SIZE_ONLY } from './size.mjs';
import { ratioTable } from './lib/ratios.mjs';

const root = path.dirname(new URL(import.meta.url).pathname);
const arg = (k, d) => { const a = process.argv.find(x => x === '--' + k || x.startsWith('--' + k + '=')); return a === undefined ? d : a.includes('=') ? a.split('=')[1] : true; };
const onlyCheck = !!arg('only-check', false), report = !!arg('report', false);
const rounds = report ? 0 : onlyCheck ? 1 : +arg('rounds', 3), quick = !!arg('quick', false), only = arg('only', null), coldRuns = quick ? 2 : 5;
const files = fs.readdirSync(path.join(root, 'adapters')).filter(f => f.endsWith('.mjs')).sort()
  .filter(f => !only || only.split(',').some(o => f.includes(o)));
const median = a => { if (!a.length) return null; const s = [...a].sort((x, y) => x - y); return s.length % 2 ? s[s.length >> 1] : (s[s.length / 2 - 1] + s[s.length / 2]) / 2; };

const tmp = path.join(root, '.tmp'); fs.mkdirSync(tmp, { recursive: true });
const snap = {};
for (const s of ['s1k', 's100k']) { snap[s] = path.join(tmp, s + '.json'); fs.writeFileSync(snap[s], W.snapshotJson(W.universe(s))); }
const cq = (() => { const u = W.universe('s1k'), q = W.timingQueries(u); const i = q.A.findIndex((_, k) => q.E[k] && !['org', 'project'].includes(q.T[k])); return JSON.stringify([q.A[i], q.T[i], q.I[i], q.E[i]]); })();

// The snapshot of an adapter that has its own, beside the common one.
async function snapshotOf(m, size) {
  if (!m.snapshot) return snap[size];
  const own = await m.snapshot(W.universe(size)), file = path.join(tmp, `${m.id}-${size}.${typeof own === 'string' ? 'json' : 'bin'}`);
  fs.writeFileSync(file, own);
  return file;
}
const question = m => { const [action, type, ...rest] = JSON.parse(cq); return JSON.stringify([m.names?.action(action) ?? action, m.names?.type(type) ?? type, ...rest]); };

function runWorker(file, flags, silenceMs = 75000) {
  return new Promise(resolve => {
    const got = { steps: [] };
    const c = fork(path.join(root, 'worker.mjs'), [file, quick ? 'quick' : 'full'], { execArgv: ['--expose-gc', '--max-old-space-size=8192', ...flags], silent: true });
    let err = '', timer;
    const arm = () => { clearTimeout(timer); timer = setTimeout(() => { got.timeout = `no next step within ${silenceMs / 1000} s after ${got.steps.at(-1)?.step ?? 'start'}`; c.kill('SIGKILL'); }, silenceMs); };
    arm();
    c.stderr.on('data', d => { err += d; });
    c.stdout.resume();
    c.on('message', m => { got.steps.push(m); arm(); if (onlyCheck && m.step === 'verify') c.kill(); });
    c.on('exit', (code, sig) => { clearTimeout(timer); if (code || (sig && !got.timeout)) got.error = `exit ${code ?? sig}: ${err.trim().slice(0, 800)}`; resolve(got); });
  });
}

const meta = [];
for (const f of files) { const a = await import(path.join(root, 'adapters', f)); meta.push({ file: f, id: f.replace('.mjs', ''), name: a.name, kind: a.kind, isAsync: !!a.isAsync, nodeFlags: a.nodeFlags ?? [], limits: a.limits ?? '', size: a.size, snapshot: a.snapshot, names: a.names }); }
const floorsOnly = !!arg('floors', false), kept = floorsOnly || report ? JSON.parse(fs.readFileSync(path.join(root, 'results.json'), 'utf8')) : null;
const results = kept ? { ...kept, ...(report ? {} : { floors: [], floorsMs: [] }) } : { when: new Date().toISOString(), node: process.version, v8: process.versions.v8, cpu: os.cpus()[0]?.model, cores: os.cpus().length, rounds, quick, adapters: {}, floors: [], floorsMs: [], sizeOnly: {} };
if (!kept) for (const m of meta) results.adapters[m.id] = { ...m, size: undefined, rounds: [], cold: [], mem: [] };

for (let r = 0; r < rounds; r++) {
  const nodeOnly = []; if (!floorsOnly) for (let i = 0; i < coldRuns; i++) { const t = process.hrtime.bigint(); spawnSync(process.execPath, ['-e', '0']); nodeOnly.push(Number(process.hrtime.bigint() - t) / 1e6); }
  (results.bareNodeMs ??= []).push(...nodeOnly);
  if (!onlyCheck && !only) { const f = spawnSync(process.execPath, [path.join(root, 'floors.mjs'), quick ? 'quick' : 'full'], { encoding: 'utf8' }), j = JSON.parse(f.stdout); results.floors.push(j.floors); results.floorsMs.push(j.ms); }
  if (floorsOnly) continue;
  for (const m of meta) {
    const file = path.join(root, 'adapters', m.file), R = results.adapters[m.id];
    const own = { s1k: await snapshotOf(m, 's1k'), s100k: await snapshotOf(m, 's100k') };
    const t = Date.now(), w = await runWorker(file, m.nodeFlags);
    const o = { load: {}, scale: {}, firstAsk: {} };
    for (const s of w.steps) { const { step, ...d } = s; if (step === 'load' || step === 'scale' || step === 'firstAsk') o[step][d.size] = d; else o[step] = d; }
    if (w.timeout) o.timeout = w.timeout; if (w.error) o.error = w.error;
    R.rounds.push(o);
    if (o.verify?.bad !== 0) { console.log(`FAILED ${m.name}:`, o.verify ?? w.error); }
    if (onlyCheck) { console.log(m.name.padEnd(48), o.verify ? `${o.verify.n - o.verify.bad}/${o.verify.n}` : 'no answer'); continue; }
    for (let i = 0; i < coldRuns; i++) {
      const t = process.hrtime.bigint();
      const c = spawnSync(process.execPath, [...m.nodeFlags, path.join(root, 'cold.mjs'), file, own.s1k, question(m)], { encoding: 'utf8' });
      const wall = Number(process.hrtime.bigint() - t) / 1e6;
      if (c.status === 0) { const j = c.stdout.slice(c.stdout.indexOf('{"total"')); R.cold.push({ ...JSON.parse(j), wall }); } else R.coldError = c.stderr.slice(0, 400);
    }
    if (r === 0 || r === rounds - 1) { // memory: twice is enough
      const c = spawnSync(process.execPath, ['--expose-gc', '--max-old-space-size=8192', ...m.nodeFlags, path.join(root, 'mem.mjs'), file, own.s100k], { encoding: 'utf8', timeout: 180000 });
      if (c.status === 0) R.mem.push(JSON.parse(c.stdout.slice(c.stdout.indexOf('{"jsHeapMB"')))); else R.memError = c.error ? String(c.error.code) : c.stderr.slice(0, 400); }
    console.log(`round ${r + 1} ${m.name.padEnd(48)} single ${fmt(o.single?.ns)} ns  (${((Date.now() - t) / 1000).toFixed(1)} s)${o.timeout ? '  TIMEOUT ' + o.timeout : ''}${o.error ? '  ERROR ' + o.error.slice(0, 200) : ''}`);
    save();
  }
}
if (onlyCheck) process.exit(Object.values(results.adapters).every(R => R.rounds.every(o => o.verify?.bad === 0)) ? 0 : 1);
for (const m of meta) { const s = m.size?.sameAs ? meta.find(x => x.id === m.size.sameAs)?.size ?? (await import(path.join(root, 'adapters', m.size.sameAs + '.mjs'))).size : m.size; try { results.adapters[m.id].sizes = await sizeOf(s, path.join(root, 'adapters', m.file)); } catch (e) { results.adapters[m.id].sizeError = String(e).slice(0, 500); } }
for (const k in SIZE_ONLY) try { results.sizeOnly[k] = await sizeOf(SIZE_ONLY[k]); } catch (e) { results.sizeOnly[k] = { error: String(e).slice(0, 500) }; }

// ---- summary: median over rounds; spread = (max - min) / median over rounds
function fmt(x, d) { if (x === null || x === undefined || Number.isNaN(x)) return '-'; if (d !== undefined) return x.toFixed(d); if (!Number.isFinite(x)) return '-'; const a = Math.abs(x); return a >= 100 ? Math.round(x).toLocaleString('en') : a >= 10 ? x.toFixed(1) : x.toFixed(2); }
for (const R of Object.values(results.adapters)) {
  const col = f => { const a = R.rounds.map(f).filter(x => typeof x === 'number' && Number.isFinite(x)); return a.length ? { median: median(a), min: Math.min(...a), max: Math.max(...a), spread: (Math.max(...a) - Math.min(...a)) / median(a) } : null; };
  const ref = i => results.adapters['00-js-map']?.rounds[i]?.single?.ns;
  R.summary = {
    single_ns: col(o => o.single?.ns), single_x_of_js_map: col(o => { const b = ref(R.rounds.indexOf(o)); return b ? o.single?.ns / b : NaN; }),
    single_best_ns: Math.min(...R.rounds.map(o => o.single?.min ?? Infinity)), page_best_us: Math.min(...R.rounds.map(o => o.page?.min ?? Infinity)), calib_ms: col(o => o.calib?.ms),
    single_handle_ns: col(o => o.singleHandle?.ns), page_us: col(o => o.page?.us), page_many_us: col(o => o.pageMany?.us),
    table_ms: col(o => o.table?.ms), table_ns_per_decision: col(o => o.table?.nsPerDecision), table_many_ms: col(o => o.tableMany?.ms),
    load_ms: Object.fromEntries(['s1k', 's10k', 's100k'].map(s => [s, col(o => o.load[s]?.ms)])),
    load_first_ms: Object.fromEntries(['s1k', 's10k', 's100k'].map(s => [s, col(o => o.load[s]?.first)])),
    scale_ns: Object.fromEntries(['s1k', 's10k', 's100k'].map(s => [s, col(o => o.scale[s]?.ns)])),
    first_ask_ns: Object.fromEntries(['s1k', 's10k', 's100k'].map(s => [s, col(o => o.firstAsk[s]?.ns)])),
    cold_ms: median(R.cold.map(c => c.total)), cold_min: R.cold.length ? Math.min(...R.cold.map(c => c.total)) : null, cold_max: R.cold.length ? Math.max(...R.cold.map(c => c.total)) : null,
    cold_parts_ms: Object.fromEntries(['import', 'init', 'load', 'first', 'wall'].map(k => [k, median(R.cold.map(c => c[k]))])),
    heap_growth_mb: median(R.mem.map(m => m.jsHeapMB + m.arrayBuffersMB + m.wasmMB)), wasm_growth_mb: median(R.mem.map(m => m.wasmMB)), rss_growth_mb: median(R.mem.map(m => m.rssMB)),
  };
}
const over = (list, key) => Object.fromEntries(Object.keys(list[0] ?? {}).map(k => { const a = list.map(f => f[k][key]); return [k, { [key]: median(a), min: Math.min(...a), max: Math.max(...a), best: Math.min(...list.map(f => f[k].min)) }]; }));
results.floorsMedian = over(results.floors, 'ns');
results.floorsMsMedian = over(results.floorsMs, 'ms');
save();
function save() { fs.writeFileSync(path.join(root, only || quick ? '.tmp/results.partial.json' : 'results.json'), JSON.stringify(results, null, 1)); }

const lines = [];
const tableOut = (head, rows) => { const w = head.map((h, i) => Math.max(h.length, ...rows.map(r => String(r[i]).length))); const row = r => '| ' + r.map((x, i) => i ? String(x).padStart(w[i]) : String(x).padEnd(w[i])).join(' | ') + ' |'; lines.push(row(head), '|' + w.map((n, i) => i ? '-'.repeat(n + 1) + ':' : '-'.repeat(n + 2)).join('|') + '|', ...rows.map(row), ''); };
const S = Object.values(results.adapters).sort((a, b) => (a.id < b.id ? -1 : 1)), kb = x => x === undefined ? '-' : x < 10240 ? (x / 1024).toFixed(1) : Math.round(x / 1024).toLocaleString('en');
const sp = c => c ? `${fmt(c.median)} ±${Math.round(c.spread * 50)}%` : '-', md = c => fmt(c?.median);
lines.push(`node ${results.node}, ${results.cpu}, ${results.cores} cores, ${results.rounds} rounds; medians over rounds, ± = half of (max - min) / median; ~ = a part of the table, scaled up`, '');
tableOut(['decisions', 'single ns', 'best ns', 'x js-map', 'handles ns', 'page 200 us', 'page many us', 'table 50k ms', 'ns/decision', 'table many ms', '@1k ns', '@10k ns', '@100k ns', 'first ask @1k ns', '@10k', '@100k'],
  S.map(R => { const s = R.summary; return [R.name, sp(s.single_ns), fmt(s.single_best_ns), md(s.single_x_of_js_map), md(s.single_handle_ns), sp(s.page_us), md(s.page_many_us), (R.rounds.some(o => o.table && o.table.rowsRun < 10000) ? '~' : '') + sp(s.table_ms), md(s.table_ns_per_decision), md(s.table_many_ms), md(s.scale_ns.s1k), md(s.scale_ns.s10k), md(s.scale_ns.s100k), md(s.first_ask_ns.s1k), md(s.first_ask_ns.s10k), md(s.first_ask_ns.s100k)]; }));
tableOut(['load and start', 'load 1k ms', 'load 10k ms', 'load 100k ms', 'heap +MB @100k', 'of it wasm', 'cold ms', 'cold min-max', 'import', 'init', 'load', 'first'],
  S.map(R => { const s = R.summary, p = s.cold_parts_ms; return [R.name, md(s.load_ms.s1k), sp(s.load_ms.s10k), sp(s.load_ms.s100k), fmt(s.heap_growth_mb), fmt(s.wasm_growth_mb), fmt(s.cold_ms), `${fmt(s.cold_min)}-${fmt(s.cold_max)}`, fmt(p.import), fmt(p.init), fmt(p.load), fmt(p.first)]; }));
tableOut(['delivered size, KiB', 'js raw', 'js gzip', 'js brotli', 'wasm raw', 'wasm gzip', 'wasm brotli', 'total raw', 'total gzip', 'total brotli'],
  [...S.map(R => [R.name, R.sizes]), ...Object.entries(results.sizeOnly)].map(([n, z]) => [n, ...(z?.js ? [z.js.raw, z.js.gzip, z.js.brotli, z.wasm.raw, z.wasm.gzip, z.wasm.brotli, z.total.raw, z.total.gzip, z.total.brotli].map(kb) : Array(9).fill('-'))]));
if (results.adapters['00-js-map']) tableOut(...ratioTable(results));
if (results.floors.length) tableOut(['floor', 'ns', 'min-max of rounds', 'best sample'], Object.entries(results.floorsMedian).map(([k, v]) => [k, fmt(v.ns), `${fmt(v.min)}-${fmt(v.max)}`, fmt(v.best)]));
if (results.floorsMs.length) tableOut(['loading and compiling floor', 'ms', 'min-max of rounds', 'best'], Object.entries(results.floorsMsMedian).map(([k, v]) => [k, fmt(v.ms), `${fmt(v.min)}-${fmt(v.max)}`, fmt(v.best)]));
const text = lines.join('\n'); console.log('\n' + text);
if (!only && !quick) fs.writeFileSync(path.join(root, 'results.md'), text + '\n');
