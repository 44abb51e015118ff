// The whole suite in a page of each stranger, through each entry of the package.
import { counted } from "../lib/expect.mjs";
import { visit } from "../lib/page.mjs";
import { conformance, data, entries } from "../lib/sources.mjs";
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

export const checks = LOOKS.map(([name, way]) => ({
  stranger: name,
  title: `${name} (${way}) answers the whole suite`,
  run: (workshop) => conforms(workshop, name, way),
}));

async function conforms(workshop, name, way) {
  const site = await ways[way](workshop.project(name, conformance(workshop)), name);
  try {
    const found = await visit(site.address, (page) => ask(page, entries(workshop)));
    return found.map(([entry, counts]) => ({ where: `${name} ${way}`, entry, ...counted(counts, entry) }));
  } finally {
    await site.stop();
  }
}

async function ask(page, names) {
  await page.waitForFunction(() => globalThis.questions !== undefined);
  const found = [];
  for (const name of names)
    found.push([name, await page.evaluate(([entry, all]) => globalThis.questions(entry, all), [name, data])]);
  return found;
}
