// Without the mouse.
import { expect, must } from "../expect.mjs";
import { ana, jonas } from "./cast.mjs";
import { story } from "./story.mjs";

const focused = (page) =>
  page.evaluate(() => {
    const { activeElement: one } = document;
    return (one.getAttribute("aria-label") ?? one.labels?.[0]?.innerText ?? one.innerText).trim();
  });

/** Presses Tab until the focus is where it should be, and is seen to be there. */
async function tabTo(page, name, most = 120) {
  for (let step = 0; step < most; step += 1) {
    await page.keyboard.press("Tab");
    if ((await focused(page)) === name) return;
  }
  throw new Error(`“${name}” is not reached with the Tab key`);
}

const inDialog = (page) => page.evaluate(() => document.activeElement.closest("[role=dialog]") !== null);

export const stories = [
  story("somebody is invited, and the roles of another are changed, with the keyboard alone", "pinecone", async ({ as }) => {
    const owner = await as(ana, "/o/acme/");
    const { page } = owner;
    const { keyboard } = page;
    await tabTo(page, "Members");
    await keyboard.press("Enter");
    await page.getByRole("heading", { name: "Members", level: 1 }).waitFor();
    await tabTo(page, "Invite");
    await keyboard.press("Enter");
    await owner.form.getByLabel("Address").waitFor();
    await keyboard.type("kim.new@acme.example");
    await owner.form.getByRole("checkbox").first().waitFor();
    await tabTo(page, "Organization user", 12);
    must(await inDialog(page), "the focus has left the dialog");
    await keyboard.press("Space");
    await owner.form.locator(".preview").waitFor();
    await tabTo(page, "Invite", 12);
    await keyboard.press("Enter");
    await owner.told("You invited kim.new@acme.example as Organization user");
    await owner.form.waitFor({ state: "detached" });
    expect(await focused(page), "Invite", "the focus after the invite");
    await tabTo(page, "Change roles of Bo Lindqvist");
    await keyboard.press("Enter");
    await owner.form.getByRole("checkbox").first().waitFor();
    await tabTo(page, "Billing admin", 12);
    await keyboard.press("Space");
    await owner.foresees("gains");
    await tabTo(page, "Save", 12);
    await keyboard.press("Enter");
    await owner.told("You changed the roles of Bo Lindqvist to Organization user and Billing admin");
    await owner.at("Bo Lindqvist").getByText(/Billing admin/).waitFor();
    expect(await focused(page), "Change roles of Bo Lindqvist", "the focus after the change");
  }),

  story("a thing is shared and taken back with the keyboard alone, and the page asked why", "pinkfish", async ({ as }) => {
    const owner = await as(jonas, "/o/brightside/content/automation/weekly-pipeline-digest");
    const { page } = owner;
    const { keyboard } = page;
    await tabTo(page, "Share");
    await keyboard.press("Enter");
    await owner.form.getByRole("combobox", { name: "With" }).waitFor();
    await keyboard.type("Esther");
    await page.getByRole("option", { name: /Esther Lang/ }).waitFor();
    await keyboard.press("ArrowDown");
    await keyboard.press("Enter");
    const level = owner.form.getByRole("button", { name: /Level/ });
    await level.waitFor();
    for (let step = 0; step < 4 && !(await level.evaluate((one) => one === document.activeElement)); step += 1) await keyboard.press("Tab");
    await keyboard.press("Enter");
    await page.getByRole("option", { name: /^View/ }).waitFor();
    await keyboard.press("End");
    await keyboard.press("Enter");
    await owner.foresees("gains");
    await tabTo(page, "Share", 12);
    await keyboard.press("Enter");
    await owner.told("You shared Weekly pipeline digest with Esther Lang as “View”");
    await owner.form.waitFor({ state: "detached" });
    expect(await focused(page), "Share", "the focus after it was shared");
    await tabTo(page, "Take it back from Esther Lang");
    await keyboard.press("Enter");
    await owner.foresees("loses");
    await tabTo(page, "Take back", 12);
    await keyboard.press("Enter");
    await owner.told("You took Weekly pipeline digest back from Esther Lang");
    await owner.button("Take it back from Esther Lang").waitFor({ state: "detached" });
    await page.waitForTimeout(400);
    must(await page.evaluate(() => document.activeElement !== document.body), "the focus is lost with the row");
    await tabTo(page, "Why?");
    await keyboard.press("Space");
    await page.locator(".why-panel").waitFor();
    await tabTo(page, "Close");
    await keyboard.press("Tab");
    await keyboard.press("Enter");
    await owner.form.getByText(/Shown|Hidden/).first().waitFor();
    await keyboard.press("Escape");
    await owner.form.waitFor({ state: "detached" });
    must(await page.evaluate(() => document.activeElement.matches(".why-line")), "the focus does not come back to the line");
  }),
];
