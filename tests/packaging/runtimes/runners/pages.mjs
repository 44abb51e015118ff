// Pages without a bundler: what both browsers are shown.
import { program } from "../lib/project.mjs";

const HOME = "/node_modules/bailiwick/dist";
const WASM = "script-src 'self' 'wasm-unsafe-eval'";
const STRICT = "script-src 'self'";
const IMPORTS = { bailiwick: `${HOME}/index.js`, "bailiwick/access": `${HOME}/access/index.js` };
const IMPORT_MAP = `<script type="importmap">${JSON.stringify({ imports: IMPORTS })}</script>`;
const init = (api, module) => `await ${api}.init(new URL("${HOME}/${module}.wasm", location.href));`;

/** The file of an entry, and that of the one of the small module. */
const files = (form) => [`${HOME}/${form}.js`, `${HOME}/access/${form}.js`];

/** What a page is: the name of its files, the entry that it imports, and how. */
const PAGES = [
  { title: 'a plain <script type="module">, import map', name: "map", entries: ["bailiwick", "bailiwick/access"], head: IMPORT_MAP },
  { title: "a module worker", name: "worker", entries: files("index"), worker: true },
  { title: `under ${WASM}`, name: "policy", entries: files("index"), policy: WASM },
  { title: `bailiwick/slim under ${WASM}`, name: "slim", entries: files("slim"), init, policy: WASM },
  { title: `bailiwick under ${STRICT}`, name: "strict", entries: files("index"), policy: STRICT, refused: true },
  { title: `bailiwick/js under ${STRICT}`, name: "js", entries: files("js"), policy: STRICT },
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

async function visit(project, launch, { name, entries, head = "", init, policy, refused, worker = false }) {
  const { write, address } = project;
  write(`page-${name}.mjs`, program(project, ...entries, init));
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
