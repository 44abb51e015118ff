// Fresh process: import + init + load the 1k snapshot + first decision.
import { readFileSync } from 'node:fs';
const file = process.argv[3], json = readFileSync(file, file.endsWith('.json') ? 'utf8' : null), q = JSON.parse(process.argv[4]);
const t0 = performance.now();
const A = await import(process.argv[2]);
const t1 = performance.now();
await A.init?.();
const t2 = performance.now();
const h = await A.load(json);
const t3 = performance.now();
const got = await h.check(q[0], q[1], q[2]);
const t4 = performance.now();
if (got !== q[3]) { console.error('wrong first answer', got, q); process.exit(1); }
process.stdout.write(JSON.stringify({ total: t4 - t0, import: t1 - t0, init: t2 - t1, load: t3 - t2, first: t4 - t3, sinceProcessStart: t4 }));
