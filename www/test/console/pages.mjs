// Every page in both themes and at three widths: axe finds nothing, nothing is too wide.
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { SHOTS } from "../checks/looks.mjs";
import { expect, must } from "../expect.mjs";
import { button, enter, withAuthority } from "./visit.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const WIDTHS = [360, 1024, 1440];

const ana = "ana.moreau@acme.example";
const chiara = "chiara.rossi@acme.example";
const maya = "maya@brightside.example";
const jonas = "jonas@brightside.example";

const invite = async (page) => {
  await button(page, "Invite").click();
  await page.getByLabel("Address").fill("new.person@acme.example");
  await page.getByRole("checkbox").first().waitFor();
};
const why = (page) => button(page, "Why?").click();
const tab = (name) => (page) => page.getByRole("tab", { name }).click();

const PAGES = {
  pinecone: [
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

export const checks = Object.entries(PAGES).flatMap(([product, pages]) =>
  ["light", "dark"].map((scheme) => [
    `console of ${product} in ${scheme}: axe finds nothing, nothing is too wide`,
    withAuthority(product, async ({ page, house }) => {
      mkdirSync(SHOTS, { recursive: true });
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
      for (const [name, person, path, act] of pages)
        for (const width of WIDTHS) {
          await page.setViewportSize({ width, height: 860 });
          await enter(page, house, person, path);
          await page.locator(".skeleton").first().waitFor({ state: "detached" });
          await act?.(page);
          await page.screenshot({ path: `${SHOTS}/console-${name}-${scheme}-${width}.png` });
          const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
          must(over <= 0, `${name} at ${width} is ${over} pixels too wide`);
          expect(await flaws(page), [], `${name} at ${width}`);
        }
    }),
  ]),
);

/** What axe finds. */
async function flaws(page) {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { violations } = await window.axe.run(document);
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
  });
}
