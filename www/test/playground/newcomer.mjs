// Somebody who has never been at the playground: from a preset to a link and a test, by what is to be seen alone.
import { expect, must } from "../expect.mjs";
import { answers, enter, exported, field, looked, mustBeFine, problems, tested } from "./visit.mjs";

const ASKED = { verdict: "open", reason: "no_role" };

/** Chooses one of a list by typing. */
async function choose(page, label, name) {
  const box = page.getByRole("combobox", { name: label, exact: true });
  await box.click();
  await box.fill(name);
  await page.getByRole("option", { name }).first().waitFor();
  await box.press("ArrowDown");
  await box.press("Enter");
}

async function begin(page, preset) {
  await page.getByRole("button", { name: /Begin with/ }).click();
  await page.getByRole("option", { name: preset }).click();
  await page.waitForSelector('main[data-turn="2"][data-looked="yes"]');
}

/** Takes the last letter off a name, where it is written first. */
async function misspell(page, name) {
  await field(page, "Policy").click();
  await page.keyboard.press("Control+f");
  await page.keyboard.type(name);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Backspace");
}

export const checks = [
  [
    "playground: a newcomer breaks a preset, mends it, asks, shares a link and runs the test",
    async ({ page, address }) => {
      await enter(page, address);
      await begin(page, /^Pinecone with two roles/);
      await misspell(page, '"allow": ["view_account');
      await page.getByRole("button", { name: "Go to the error" }).click();
      must(await field(page, "Policy").evaluate((own) => own.getRootNode().activeElement === own), "the editor has the focus");
      const [{ text }] = await problems(page);
      must(text.includes("did you mean view_account?"), text);
      await page.getByRole("button", { name: "Write view_account" }).click();
      await page.locator('.problem[data-level="error"]').first().waitFor({ state: "detached" });

      const before = (await answers(page)).length;
      await choose(page, "May who", "Bo");
      await choose(page, "on what", "organization/acme");
      await choose(page, "do what", "delete");
      await page.getByRole("button", { name: "Ask", exact: true }).click();
      await page.locator(".answer").nth(before).waitFor();
      await looked(page);
      expect((await answers(page)).at(-1), ASKED, "the answer to what was asked");
      const isShown = () => page.locator(".answer").last().evaluate((own) => {
        const { bottom } = own.getBoundingClientRect();
        return bottom <= own.closest(".pane-panel").getBoundingClientRect().bottom;
      });
      await page.waitForTimeout(100);
      must(await isShown(), "the last answer is in sight");

      await page.getByRole("button", { name: "Share", exact: true }).click();
      const link = await page.getByLabel("A link to what you see").inputValue();
      await page.keyboard.press("Escape");
      const visitor = await page.context().newPage();
      await visitor.goto(link);
      await looked(visitor);
      await mustBeFine(visitor, "what a visitor is shown");
      expect((await answers(visitor)).at(-1), ASKED, "what a visitor is answered");

      const file = await exported(page, "Test vector");
      await page.getByText("npx bailiwick test vector.json").waitFor();
      const told = tested(file.text);
      expect([told.passed, told.failed], [before + 1, 0], "the vector on the command line");
    },
  ],
];
