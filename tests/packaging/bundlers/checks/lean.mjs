// What is not imported is not delivered.
import { serve } from "../../../../www/test/server.mjs";
import { delivered, holds, holdsAny } from "../lib/contents.mjs";
import { must } from "../lib/expect.mjs";
import { visit } from "../lib/page.mjs";
import { prepared } from "../lib/prepared.mjs";
import { single } from "../lib/sources.mjs";
import { build, bundlers } from "../lib/strangers.mjs";

const access = bundlers.map((name) => ({
  stranger: name,
  title: `${name}: a page of bailiwick/access has the small module only, and it answers`,
  needs: ["bailiwick/access", "bailiwick/bailiwick.wasm"],
  run: (workshop) => small(workshop, name),
}));

/** Rollup alone does not read React, which is CommonJS. */
const react = bundlers
  .filter((name) => name !== "rollup")
  .map((name) => ({
    stranger: name,
    title: `${name}: a page of bailiwick/react has no module`,
    needs: ["bailiwick/react"],
    run: async (workshop) => {
      const files = delivered(await build(workshop.project(name, single("lean/react.js")), name));
      must(!holdsAny(files), "there is a module, or what makes one");
    },
  }));

export const checks = [...access, ...react];

async function small(workshop, name) {
  const module = workshop.read("bailiwick/bailiwick.wasm");
  const all = delivered(await build(workshop.project(name, single("size/full.js")), name));
  must(holds(all, module), "the full module is not found even where it must be");
  const folder = await build(workshop.project(name, single("lean/access.js")), name);
  const files = delivered(folder);
  must(holdsAny(files), "there is no module at all");
  must(!holds(files, module), "the full module is there too");
  const vectors = await answers(folder, await prepared(workshop));
  return [{ where: `${name} build`, entry: "bailiwick/access alone", suite: "prepared", vectors, cells: 0 }];
}

/** How many questions were answered as they must be. */
async function answers(folder, questions) {
  const site = await serve(folder);
  try {
    const found = await visit(site.address, (page) => ask(page, questions));
    const wrong = questions.filter(({ expected }, place) => found[place] !== expected);
    must(wrong.length === 0, `${wrong.length} of ${found.length} are answered otherwise`);
    must(found.length > 0, "nothing was asked");
    return found.length;
  } finally {
    await site.stop();
  }
}

async function ask(page, questions) {
  await page.waitForFunction(() => globalThis.reasons !== undefined);
  return page.evaluate((all) => globalThis.reasons(all), questions);
}
