// One round of one adapter, in a browser of its own: no library's feedback touches another's.
import { launch } from "../../../www/test/browser.mjs";
import { memoryOf } from "./memory.mjs";

const STEPS = ["single", "page", "pageMany", "table", "tableMany"];

/** Opens a tab in a context of its own, and so in a process of its own. */
async function withTab(browser, work) {
  const context = await browser.newContext();
  try {
    const tab = await context.newPage();
    tab.setDefaultTimeout(0);
    return await work(tab);
  } finally {
    await context.close();
  }
}

/** Calls what `page/measures.mjs` exports. */
const ask = (tab, name, given) =>
  tab.evaluate(async ([name, given]) => (await import("/measures.js"))[name](given), [name, given]);

async function measured(tab, told) {
  const about = await ask(tab, "prepare", told);
  const found = { ...about, verify: await ask(tab, "verify"), load: {}, scale: {}, firstAsk: {} };
  if (found.verify.bad !== 0) throw new Error(`${found.verify.bad} of ${found.verify.n} answers are wrong`);
  for (const step of STEPS) found[step] = await ask(tab, step);
  for (const size of ["s1k", "s10k", "s100k"])
    for (const [part, value] of Object.entries((await ask(tab, "load", size)) ?? {})) found[part][size] = value;
  return found;
}

/** `told` is what a page knows of the adapter, `question` the one of its cold start, `starts` how often it starts cold. */
export async function round(address, told, question, starts) {
  const browser = await launch("--js-flags=--expose-gc");
  const opened = (work) => withTab(browser, async (tab) => (await tab.goto(address), work(tab)));
  try {
    const cold = [];
    for (let start = 0; start < starts; start += 1)
      cold.push(await opened((tab) => ask(tab, "cold", { text: told.text, question })));
    const figures = await opened((tab) => measured(tab, told));
    const open = async (tab) => {
      await tab.goto(address);
      await ask(tab, "prepare", told);
    };
    const memory = await withTab(browser, (tab) => memoryOf(tab, () => open(tab), () => ask(tab, "hold")));
    return { cold, figures, memory, version: browser.version() };
  } finally {
    await browser.close();
  }
}
