// The page itself: its links, its looks, its keys, and that nothing leaves it.
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { deflateRawSync } from "node:zlib";
import { expect, must } from "../expect.mjs";
import { SHOTS } from "../stories/story.mjs";
import { answers, enter, exported, field, looked, mustBeFine, tab, write } from "./visit.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const WIDTHS = [360, 1024, 1440, 1920];
/** Where axe looks: the two ways in which the page is laid out. */
const LOOKED_THROUGH = [360, 1440];
const PANES = ["Answers", "Roles", "Audit", "Scope tree", "Compare"];
const linkOf = (state) => `#s=${deflateRawSync(JSON.stringify(state)).toString("base64url")}`;

/** What axe finds. */
async function flaws(page) {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { violations } = await window.axe.run(document);
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target, html }) => `${target.join(" ")} ${html.slice(0, 120)}`).join(", ")}`);
  });
}

/** Goes to the results, where they are not beside the documents. */
async function side(page, name) {
  const choice = page.getByRole("radio", { name, exact: true });
  if (await choice.isVisible()) await choice.click();
}

export const checks = [
  ...["light", "dark"].map((scheme) => [
    `playground in ${scheme}: axe finds nothing, nothing is too wide, ${PANES.length} panes at ${WIDTHS.length} widths`,
    async ({ page, address }) => {
      mkdirSync(SHOTS, { recursive: true });
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 860 });
        await enter(page, address);
        const look = async (name) => {
          await page.screenshot({ path: `${SHOTS}/playground-${name}-${scheme}-${width}.png` });
          const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
          must(over <= 0, `${name} at ${width} is ${over} pixels too wide`);
          if (LOOKED_THROUGH.includes(width)) expect(await flaws(page), [], `${name} at ${width}`);
        };
        await write(page, "Questions", '[\n  { "ask": "check", "principal": "user/bo@acme.com", "organization": "acme", "action": "edit", "kind": "board", "id": "roadmap", "now": 0, "expect": { "reason": "no_role" } }, {}\n]');
        await look("wrong");
        await enter(page, address, `#start=${width === 1440 ? "acme" : "pinkfish"}`);
        await look("write");
        await side(page, "See");
        for (const pane of PANES) {
          await tab(page, pane);
          if (pane === "Answers") await page.locator(".answer-button").nth(1).click();
          await page.locator(".skeleton").first().waitFor({ state: "detached" });
          await look(pane.toLowerCase().replace(" ", "-"));
        }
        await page.getByRole("button", { name: "Share" }).click();
        await page.getByLabel("A link to what you see").waitFor();
        await look("share");
      }
    },
  ]),
  [
    "playground: a link holds all that was written",
    async ({ page, address }) => {
      await enter(page, address, "#start=pinecone-two-roles");
      const question = { ask: "check", note: "Grüße, 你好 🙂", principal: "user/bo@acme.com", organization: "acme", action: "delete", kind: "project", id: "search", now: 0 };
      await write(page, "Questions", JSON.stringify([question]));
      await page.getByRole("button", { name: "Share" }).click();
      const link = await page.getByLabel("A link to what you see").inputValue();
      await page.keyboard.press("Escape");
      const before = await exported(page, "Test vector");
      await page.waitForFunction((wanted) => window.location.href === wanted, link);
      await page.goto("about:blank");
      await page.goto(link);
      await looked(page);
      expect(await answers(page), [{ verdict: "open", reason: "no_role" }], "the answers behind the link");
      expect((await exported(page, "Test vector")).text, before.text, "the documents behind the link");
      must(link.length < 600, `what is a preset is not in the link: ${link.length} letters`);
      await page.evaluate(() => (window.location.hash = "#start=pinkfish"));
      await page.waitForSelector('main[data-turn="2"], main[data-turn="3"], main[data-turn="4"]');
      await mustBeFine(page, "another link in the same tab");
    },
  ],
  [
    "playground: a link that is cut, damaged, foreign, newer or unfolds to too much is refused kindly",
    async ({ page, address }) => {
      const good = linkOf({ v: 1, start: "pinkfish", questions: "[]" });
      const bomb = `#s=${deflateRawSync(Buffer.alloc(40 * 1024 * 1024, 32)).toString("base64url")}`;
      const links = {
        "#s=!!!": "damaged",
        [good.slice(0, -9)]: "damaged",
        [bomb]: bomb.length > 65_536 ? "longer" : "damaged",
        [`#s=${"a".repeat(70_000)}`]: "longer",
        "#nothing=here": "not one of the playground",
        "#start=nowhere": "an example that there is not",
        [linkOf({ v: 2, start: "pinkfish" })]: "newer",
        [linkOf({ v: 1, start: "pinkfish", policy: 7 })]: "holds nothing",
        [linkOf({ v: 1, start: "pinkfish", __proto__x: "{}" })]: "holds nothing",
        [linkOf([1])]: "newer",
        [linkOf(null)]: "holds nothing",
      };
      for (const [link, words] of Object.entries(links)) {
        await enter(page, address, link);
        const told = await page.locator(".play-trouble [role=alert]").textContent();
        must(told.includes(words), `${link.slice(0, 60)}: ${told}`);
        await mustBeFine(page, link.slice(0, 60));
      }
      await page.getByRole("button", { name: "Go on with an example" }).click();
      expect(await page.locator(".play-trouble").count(), 0, "what was said goes");
      await enter(page, address, good);
      expect(await page.locator(".play-trouble").count(), 0, "a good link");
    },
  ],
  [
    "playground: what is too much for a link is said, and exported all the same",
    async ({ page, address }) => {
      await enter(page, address, "#start=pinecone-two-roles");
      const people = Array.from({ length: 9_000 }, () => ({ id: `${crypto.randomUUID()}@acme.com` }));
      await write(page, "Directory", JSON.stringify({ format: 1, people }));
      await page.getByRole("button", { name: "Share" }).click();
      await page.getByText("too much for a link").waitFor();
      await page.keyboard.press("Escape");
      must((await exported(page, "Test vector")).text.length > 300_000, "the vector");
    },
  ],
  [
    "playground: no request leaves the origin, and nothing written is sent",
    async ({ page, address }) => {
      const seen = [];
      page.context().on("request", (request) => seen.push([request.method(), request.url(), request.postData()]));
      await enter(page, address);
      for (const pane of PANES) await tab(page, pane);
      await write(page, "Policy", '{ "format": 1, "secret": "hush-hush" }');
      await page.keyboard.press("Control+Space");
      await page.waitForTimeout(800);
      must(seen.length > 5, `${seen.length} requests`);
      for (const [method, url, body] of seen) {
        must(/^(blob|data|about):/.test(url) || url.startsWith(address), url);
        must(method === "GET" && body === null && !url.includes("hush"), `${method} ${url} ${body}`);
      }
      const policy = await page.getAttribute('meta[http-equiv="Content-Security-Policy"]', "content");
      must(policy.includes("style-src 'self';") && policy.includes("script-src 'self' 'wasm-unsafe-eval';"), policy);
    },
  ],
  [
    "playground: everything is reached by keyboard, and Tab leaves the editor",
    async ({ page, address }) => {
      await enter(page, address, "#start=pinecone-two-roles");
      const reached = new Set();
      for (let press = 0; press < 60; press += 1) {
        await page.keyboard.press("Tab");
        const name = await page.evaluate(() => {
          const one = document.activeElement;
          const inner = one?.shadowRoot?.activeElement ?? one;
          return inner?.getAttribute("aria-label") ?? inner?.textContent?.slice(0, 30) ?? "";
        });
        reached.add(name.trim());
      }
      for (const wanted of ["Open", "Export", "Share", "Policy", "Answers"])
        must([...reached].some((name) => name.startsWith(wanted)), `${wanted} in ${[...reached].join(" | ")}`);
      await field(page, "Policy").focus();
      await page.keyboard.press("Tab");
      must(!(await field(page, "Policy").evaluate((own) => own.getRootNode().activeElement === own)), "Tab leaves the editor");
      await page.getByRole("tab", { name: "Answers" }).focus();
      await page.keyboard.press("ArrowRight");
      expect(await page.getByRole("tab", { name: "Roles" }).getAttribute("aria-selected"), "true", "the arrow goes on");
    },
  ],
  [
    "playground: typing is not held up by an example of 300 KB",
    async ({ page, address }) => {
      await enter(page, address, "#start=brightside");
      await tab(page, "Directory");
      await field(page, "Directory").click();
      await page.keyboard.press("Control+Home");
      await page.evaluate(() => {
        window.longest = 0;
        new PerformanceObserver((list) => {
          for (const { duration } of list.getEntries()) window.longest = Math.max(window.longest, duration);
        }).observe({ type: "longtask" });
      });
      for (let press = 0; press < 20; press += 1) await page.keyboard.type(" ", { delay: 40 });
      await page.waitForTimeout(600);
      await looked(page);
      const longest = await page.evaluate(() => window.longest);
      must(longest < 800, `the longest task takes ${longest} ms`);
    },
  ],
];
