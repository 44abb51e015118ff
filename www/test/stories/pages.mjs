// Every page in both themes and at three widths: axe finds nothing, nothing is too wide.
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, must } from "../expect.mjs";
import { ana, chiara, jonas, maya } from "./cast.mjs";
import { SHOTS, story } from "./story.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const WIDTHS = [360, 1024, 1440];

const invite = async (person) => {
  await person.press("Invite");
  await person.fill("Address", "new.person@acme.example");
  await person.form.getByRole("checkbox").first().waitFor();
};
const why = (person) => person.press("Why?");
const tab = (name) => (person) => person.tab(name);

/** Each page, whose it is, where it lies, and what is opened on it. */
export const PAGES = {
  pinecone: [
    ["sign-in"],
    ["home", ana, "/"],
    ["overview", ana, "/o/acme/"],
    ["members", ana, "/o/acme/members"],
    ["member", ana, `/o/acme/members/${encodeURIComponent("bo.lindqvist@acme.example")}`],
    ["invite", ana, "/o/acme/members", invite],
    ["groups", ana, "/o/acme/groups"],
    ["accounts", ana, "/o/acme/accounts"],
    ["sso", ana, "/o/acme/sso"],
    ["projects", ana, "/o/acme/projects"],
    ["project", ana, "/o/acme/projects/product-search"],
    ["project-members", ana, "/o/acme/projects/product-search", tab("Members")],
    ["project-keys", ana, "/o/acme/projects/product-search", tab("API keys")],
    ["roles", ana, "/o/acme/roles"],
    ["access", ana, "/o/acme/access"],
    ["activity", ana, "/o/acme/activity"],
    ["billing", chiara, "/o/acme/billing"],
    ["settings", ana, "/o/acme/settings"],
    ["why", chiara, "/o/acme/projects/product-search", why],
    ["gone", ana, "/o/nowhere/"],
  ],
  pinkfish: [
    ["content", jonas, "/o/brightside/content/automation"],
    ["coming-soon", jonas, "/o/brightside/content/vault"],
    ["automation", jonas, "/o/brightside/content/automation/weekly-pipeline-digest"],
    ["admin", maya, "/o/brightside/members"],
    ["admin-settings", maya, "/o/brightside/settings"],
  ],
};

export const stories = Object.entries(PAGES).flatMap(([product, pages]) =>
  ["light", "dark"].map((scheme) =>
    story(`of the pages of ${product} in ${scheme} axe finds nothing, nothing is too wide`, product, async ({ as }) => {
      mkdirSync(SHOTS, { recursive: true });
      const options = { colorScheme: scheme, reducedMotion: "reduce" };
      for (const [name, who, path, act] of pages) {
        const person = await as(who, path, options);
        if (who === undefined) await person.goes("/");
        const { page } = person;
        await page.locator(".skeleton").first().waitFor({ state: "detached" });
        await act?.(person);
        for (const width of WIDTHS) {
          await page.setViewportSize({ width, height: 860 });
          await page.screenshot({ path: `${SHOTS}/console-${name}-${scheme}-${width}.png` });
          const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
          must(over <= 0, `${name} at ${width} is ${over} pixels too wide`);
          expect(await flaws(page), [], `${name} at ${width}`);
        }
        await page.context().close();
      }
    }),
  ),
);

/** What axe finds. */
async function flaws(page) {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { violations } = await window.axe.run(document);
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
  });
}
