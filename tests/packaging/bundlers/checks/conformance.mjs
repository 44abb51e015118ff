// The whole suite in a page of each stranger, through each entry of the package.
import { counted, must } from "../lib/expect.mjs";
import { visit } from "../lib/page.mjs";
import { conformance, data, entries, slim } from "../lib/sources.mjs";
import { ways } from "../lib/strangers.mjs";

const LOOKS = [
  ["vite8", "preview"],
  ["vite8", "dev"],
  ["vite7", "preview"],
  ["vite7", "dev"],
  ["webpack", "build"],
  ["esbuild", "build"],
  ["rollup", "build"],
  ["parcel", "build"],
];

const atOnce = LOOKS.map(([name, way]) => ({
  stranger: name,
  title: `${name} (${way}) answers the whole suite at once`,
  run: (workshop) => asked(workshop.project(name, conformance(workshop)), { name, way, names: entries(workshop) }),
}));

/** A file's address is asked for as Vite wants it. */
const fetched = LOOKS.filter(([name]) => name.startsWith("vite")).map(([name, way]) => ({
  stranger: name,
  title: `${name} (${way}) answers the whole suite once it has fetched the module`,
  needs: ["bailiwick/slim", "bailiwick/bailiwick.wasm"],
  run: (workshop) => asked(workshop.project(name, slim()), { name, way, names: ["bailiwick/slim"], before }),
}));

export const checks = [...atOnce, ...fetched];

async function asked(project, { name, way, names, before = () => undefined }) {
  const site = await ways[way](project, name);
  try {
    const found = await visit(site.address, async (page) => {
      await page.waitForFunction(() => globalThis.questions !== undefined);
      await before(page);
      return ask(page, names);
    });
    return found.map(([entry, counts]) => ({ where: `${name} ${way}`, entry, ...counted(counts, entry) }));
  } finally {
    await site.stop();
  }
}

async function ask(page, names) {
  const found = [];
  for (const name of names)
    found.push([name, await page.evaluate(([entry, all]) => globalThis.questions(entry, all), [name, data])]);
  return found;
}

async function before(page) {
  const code = await page.evaluate(() => globalThis.before);
  must(code === "ERR_NOT_INITIALIZED", `before the module is there: ${code}`);
}
