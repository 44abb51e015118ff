// What changes a directory, in light and dark, narrow and wide: forms, refusals, the activity, beginnings.
import { mkdirSync } from "node:fs";
import { open } from "../console.mjs";
import { expect, must } from "../expect.mjs";
import { drawn, fill, tab } from "../living.mjs";
import { SHOTS, SIZES, flaws } from "./looks.mjs";

const ana = { example: "acme", in: "acme", as: "user/ana.moreau@acme.example" };
const alice = { example: "pinkfish", in: "brightside", as: "user/alice@brightside.example" };
const bo = "user/bo.lindqvist@acme.example";
const press = (page, selector) => page.focus(selector).then(() => page.keyboard.press("Enter"));

const STATES = {
  "living-beginning": (page, address) => open(page, address, { example: "nothing-pinecone" }),
  "living-invite": async (page, address) => {
    await open(page, address, { ...ana, tab: "members" });
    await press(page, '[data-action="invite_members"]');
    await fill(page, { address: "new@acme.example" });
  },
  "living-roles": async (page, address) => {
    await open(page, address, { ...ana, tab: "members" });
    await press(page, `[data-row="${bo}"] [data-command="change_member_roles"]`);
    await fill(page, { roles: ["organization_billing_admin"] });
  },
  "living-remove": async (page, address) => {
    await open(page, address, { ...ana, tab: "members" });
    await press(page, `[data-row="${bo}"] [data-command="remove_member"]`);
  },
  "living-delete": async (page, address) => {
    await open(page, address, ana);
    await press(page, '[data-action="delete"]');
  },
  "living-groups": async (page, address) => {
    await open(page, address, { ...ana, tab: "members" });
    await press(page, '[data-action="manage_groups"]');
  },
  "living-share": async (page, address) => {
    await open(page, address, { ...alice, tab: "content", item: "connection" });
    await press(page, '[data-action="create_connections"]');
    await fill(page, { name: "Alice's mailbox" });
    await drawn(page, () => press(page, "#command [type=submit]"));
    await drawn(page, () => page.click('[data-key="kind automation"]'));
    await press(page, '[data-action="create_automations"]');
    await fill(page, { name: "Deal watch", uses: ["connection/alice-s-mailbox"] });
    await drawn(page, () => press(page, "#command [type=submit]"));
    await press(page, '[data-action="share"][data-id="deal-watch"]');
    await fill(page, { with: "user/jonas@brightside.example", role: "edit" });
  },
  "living-refusal": async (page, address) => {
    await open(page, address, ana);
    await press(page, 'main [data-command="create_organization"]');
    await fill(page, { name: "Acme Two" });
  },
  "living-successor": async (page, address) => {
    await open(page, address, { ...alice, as: "user/maya@brightside.example", tab: "members" });
    await press(page, '[data-row="user/alice@brightside.example"] [data-command="remove_member"]');
  },
  "living-sso": async (page, address) => {
    await open(page, address, ana);
    await press(page, '[data-action="configure_sso"]');
  },
  "living-who": async (page, address) => {
    await open(page, address, ana);
    await press(page, "[data-who]");
  },
  "living-content": async (page, address) => {
    await open(page, address, { ...alice, tab: "content" });
    await page.$$eval(".shares", (found) => found.slice(0, 3).forEach((one) => (one.open = true)));
  },
  "living-members": (page, address) =>
    open(page, address, { ...alice, as: "user/maya@brightside.example", tab: "members" }),
  "living-platform": async (page, address) => {
    await open(page, address, ana);
    if (!(await page.isVisible("#rail"))) await page.click(".people-button");
    await page.click(".platform summary");
  },
  "living-project": (page, address) => open(page, address, { ...ana, tab: "projects", item: "support-copilot" }),
  "living-invited": (page, address) => open(page, address, { ...alice, as: "user/iris@northgate.example" }),
  "living-activity": async (page, address) => {
    await open(page, address, { ...ana, tab: "members" });
    await press(page, `[data-row="${bo}"] [data-command="suspend_member"]`);
    await press(page, "#command [type=submit]");
    await tab(page, "settings");
    await press(page, 'main [data-command="create_organization"]');
    await fill(page, { name: "Acme Two" });
    await press(page, "[data-anyway]");
    await page.keyboard.press("Escape");
    await tab(page, "activity");
    await page.$$eval(".entry details", (found) => found.forEach((one) => (one.open = true)));
  },
};

/** How far anything reaches out of the page or of an open dialog, to the side. */
function over() {
  return [document.documentElement, ...document.querySelectorAll("dialog[open], dialog[open] *")]
    .filter((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX !== "visible")
    .filter((one) => !one.matches("input, pre, .quiet"))
    .map((one) => `${one.tagName} ${one.className}: ${one.scrollWidth} > ${one.clientWidth}`);
}

export const checks = ["light", "dark"].flatMap((scheme) =>
  SIZES.map(([width, height]) => [
    `${scheme} at ${width}: the forms, refusals and the activity fit, with contrast and names`,
    async ({ page, address }) => {
      mkdirSync(SHOTS, { recursive: true });
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
      for (const [name, show] of Object.entries(STATES)) {
        await page.goto("about:blank");
        await show(page, address);
        const dialog = await page.$("dialog[open]");
        await page.screenshot({ path: `${SHOTS}/${name}-${scheme}-${width}.png`, fullPage: dialog === null });
        expect(await page.evaluate(over), [], name);
        expect([...new Set(await page.evaluate(flaws))], [], name);
        if (dialog !== null) must(await dialog.isVisible(), name);
      }
    },
  ]),
);
