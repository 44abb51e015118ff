// Light and dark, narrow and wide: screenshots to look at, and what a machine can check of them.
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { open } from "../console.mjs";
import { expect, must } from "../expect.mjs";

export const SHOTS = fileURLToPath(new URL("../shots", import.meta.url));
export const SIZES = [
  [1280, 860],
  [360, 780],
];
const ana = "user/ana.moreau@acme.example";
const bo = "user/bo.lindqvist@acme.example";

const VIEWS = {
  "acme-owner-settings": { example: "acme", in: "acme", as: ana },
  "acme-owner-members": { example: "acme", in: "acme", as: ana, tab: "members" },
  "acme-user-members": { example: "acme", in: "acme", as: bo, tab: "members" },
  "acme-billing-admin": { example: "acme", in: "acme", as: "user/chiara.rossi@acme.example", tab: "billing" },
  "acme-user-projects": { example: "acme", in: "acme", as: bo, tab: "projects" },
  "acme-user-project": { example: "acme", in: "acme", as: bo, tab: "projects", item: "support-copilot" },
  "acme-outsider": { example: "acme", in: "acme", as: "user/noor.haddad@partner.example" },
  "acme-matrix": { example: "acme", in: "acme", as: ana, tab: "matrix" },
  "pinkfish-content": { example: "pinkfish", in: "brightside", as: "user/jonas@brightside.example", tab: "content" },
  "pinkfish-soon": {
    example: "pinkfish",
    in: "brightside",
    as: "user/maya@brightside.example",
    tab: "content",
    item: "vault",
  },
  "pinkfish-edition": { example: "pinkfish", in: "fernway", as: "user/sam@fernway.example", tab: "members" },
};

/** Texts whose contrast is under 4.5, and buttons or fields without a name. */
export function flaws() {
  const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (color) => {
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = color;
    context.fillRect(0, 0, 1, 1);
    return [...context.getImageData(0, 0, 1, 1).data];
  };
  const light = (color) =>
    rgba(color)
      .slice(0, 3)
      .map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
      .reduce((sum, part, place) => sum + part * [0.2126, 0.7152, 0.0722][place], 0);
  const ground = (element) => {
    for (let one = element; one !== null; one = one.parentElement) {
      const { backgroundColor } = getComputedStyle(one);
      if (rgba(backgroundColor)[3] === 255) return backgroundColor;
    }
    return "white";
  };
  const found = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
    const element = node.parentElement;
    if (
      node.textContent.trim() === "" ||
      !element.checkVisibility() ||
      element.closest(".quiet, .quiet-announcer, .skip, noscript, option") !== null
    )
      continue;
    const [one, other] = [light(getComputedStyle(element).color), light(ground(element))];
    const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    if (contrast < 4.5) found.push(`${contrast.toFixed(2)}: ${node.textContent.trim().slice(0, 40)}`);
  }
  for (const element of document.querySelectorAll("button, a, select, input, summary")) {
    const name = element.getAttribute("aria-label") ?? element.labels?.[0]?.textContent ?? element.textContent;
    if (name.trim() === "") found.push(`no name: ${element.outerHTML.slice(0, 80)}`);
  }
  const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
  if (new Set(ids).size !== ids.length) found.push("an id is there twice");
  if (document.querySelectorAll("h1").length !== 1) found.push("not one h1");
  return found;
}

export const checks = ["light", "dark"].flatMap((scheme) =>
  SIZES.map(([width, height]) => [
    `${scheme} at ${width}: nothing overflows, every text has contrast, every control a name`,
    async ({ page, address }) => {
      mkdirSync(SHOTS, { recursive: true });
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme: scheme });
      for (const [name, fields] of Object.entries(VIEWS)) {
        await open(page, address, fields);
        await page.screenshot({ path: `${SHOTS}/${name}-${scheme}-${width}.png`, fullPage: true });
        const over = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        must(over <= 0, `${name} is ${over} pixels too wide`);
        expect([...new Set(await page.evaluate(flaws))], [], name);
      }
    },
  ]),
);

checks.push([
  "the theme can be chosen, and lasts",
  async ({ page, address }) => {
    await open(page, address, VIEWS["acme-matrix"]);
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const before = await ground();
    await page.click(".theme-button");
    await page.click(".theme-button");
    expect(await page.evaluate(() => document.documentElement.dataset.theme), "dark", "the theme");
    must((await ground()) !== before, "it is seen");
    await page.reload();
    await page.waitForSelector("html[data-ready]");
    expect(await page.evaluate(() => document.documentElement.dataset.theme), "dark", "the theme after a reload");
  },
]);
