// The whole suite in a page of each stranger, through each entry of the package.
import { counted, must } from "../lib/expect.mjs";
import { visit } from "../lib/page.mjs";
import { conformance, data, slim } from "../lib/sources.mjs";
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

/** Without WebAssembly it is the same code to a server that does not bundle: only what is built is asked. */
const ENTRIES = [
  { entry: "bailiwick", looks: LOOKS },
  { entry: "bailiwick/access", looks: LOOKS },
  { entry: "bailiwick/js", looks: LOOKS.filter(([, way]) => way !== "dev") },
  { entry: "bailiwick/access/js", looks: LOOKS.filter(([, way]) => way !== "dev") },
];

const atOnce = ENTRIES.flatMap(({ entry, looks }) =>
  looks.map(([name, way]) => ({
    stranger: name,
    title: `${name} (${way}) answers the whole suite at once through ${entry}`,
    needs: [entry],
    run: (workshop) => asked(workshop.project(name, conformance([entry])), { name, way, entry }),
  })),
);

/** A file's address is asked for as Vite wants it. */
const fetched = LOOKS.filter(([name]) => name.startsWith("vite")).map(([name, way]) => ({
  stranger: name,
  title: `${name} (${way}) answers the whole suite once it has fetched the module`,
  needs: ["bailiwick/slim", "bailiwick/bailiwick.wasm"],
  run: (workshop) => asked(workshop.project(name, slim()), { name, way, entry: "bailiwick/slim", before }),
}));

export const checks = [...atOnce, ...fetched];

async function asked(project, { name, way, entry, before = () => undefined }) {
  const site = await ways[way](project, name);
  try {
    const found = await visit(site.address, async (page) => {
      await page.waitForFunction(() => globalThis.questions !== undefined);
      await before(page);
      return page.evaluate(([one, all]) => globalThis.questions(one, all), [entry, data]);
    });
    return [{ where: `${name} ${way}`, entry, ...counted(found) }];
  } finally {
    await site.stop();
  }
}

async function before(page) {
  const code = await page.evaluate(() => globalThis.before);
  must(code === "ERR_NOT_INITIALIZED", `before the module is there: ${code}`);
}
