// Pages without a bundler: what both browsers are shown.
import { program } from "../lib/project.mjs";

const HOME = "/node_modules/bailiwick/dist";
const WASM = "script-src 'self' 'wasm-unsafe-eval'";
const STRICT = "script-src 'self'";
const IMPORT_MAP = `<script type="importmap">{ "imports": { "bailiwick": "${HOME}/index.js" } }</script>`;
const SLIM = `await api.init(new URL("${HOME}/bailiwick.wasm", location.href));`;

/** What a page is: the name of its files, the entry that it imports, and how. */
const PAGES = [
  { title: 'a plain <script type="module">, import map', name: "map", entry: "bailiwick", head: IMPORT_MAP },
  { title: "a module worker", name: "worker", entry: `${HOME}/index.js`, worker: true },
  { title: `under ${WASM}`, name: "policy", entry: `${HOME}/index.js`, policy: WASM },
  { title: `bailiwick/slim under ${WASM}`, name: "slim", entry: `${HOME}/slim.js`, before: SLIM, policy: WASM },
  { title: `bailiwick under ${STRICT}`, name: "strict", entry: `${HOME}/index.js`, policy: STRICT, refused: true },
  { title: `bailiwick/js under ${STRICT}`, name: "js", entry: `${HOME}/js.js`, policy: STRICT },
];

/** What browsers say of a module that the policy forbids. */
const REFUSAL = /WebAssembly/;

const html = (head, script) =>
  `<!doctype html><link rel="icon" href="data:,">${head}<script type="module" src="${script}"></script>`;

/** The page itself asks, or a worker that tells it. */
const ASKS = {
  page: (name) => `import answer from "./page-${name}.mjs";\nglobalThis.answer = answer;\n`,
  worker: (name) => `const worker = new Worker("/in-${name}.mjs", { type: "module" });
worker.onmessage = ({ data }) => (globalThis.answer = data);
worker.onerror = ({ message }) => (globalThis.answer = { passed: 0, failures: [message || "the worker broke"] });
`,
};

/** The checks of one browser, which `launch` starts. */
export function pageChecks(browserName, launch) {
  return PAGES.map((page) => [`${browserName}, ${page.title}`, (project) => visit(project, launch, page)]);
}

async function visit({ write, address }, launch, { name, entry, head = "", before = "", policy, refused, worker = false }) {
  write(`page-${name}.mjs`, program(entry, before));
  if (worker) write(`in-${name}.mjs`, `import answer from "./page-${name}.mjs";\npostMessage(answer);\n`);
  write(`main-${name}.mjs`, ASKS[worker ? "worker" : "page"](name));
  write(`${name}.html`, html(head, `/main-${name}.mjs`));
  const query = policy === undefined ? "" : `?policy=${encodeURIComponent(policy)}`;
  const browser = await launch();
  if (browser === undefined) return undefined;
  const tab = await browser.newPage();
  tab.setDefaultTimeout(180_000);
  const answer = shown(tab, `${address}/${name}.html${query}`);
  return refused ? refusal(answer) : answer;
}

/** The policy is in force: without `bailiwick/js` the page cannot ask at all. */
async function refusal(answer) {
  const said = await answer.then(JSON.stringify, String);
  return { failures: REFUSAL.test(said) ? [] : [said], text: "refused, as it must be" };
}

/** What the page gives, or the first error that it reports. */
async function shown(page, address) {
  const broken = new Promise((_, reject) => page.once("pageerror", reject));
  try {
    await Promise.race([page.goto(address).then(() => page.waitForFunction("globalThis.answer !== undefined")), broken]);
    return await page.evaluate("globalThis.answer");
  } finally {
    await page.close();
  }
}
