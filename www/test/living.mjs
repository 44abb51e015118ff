// Living in the page: forms, what they foretell, and what came of them.
import { expect, must } from "./expect.mjs";

/** How often the page was drawn. */
const turn = (page) => page.evaluate(() => document.documentElement.dataset["ready"]);

/** Does something after which the page is drawn again. */
export async function drawn(page, act) {
  const before = await turn(page);
  await act();
  await page.waitForFunction((old) => document.documentElement.dataset["ready"] !== old, before);
}

/** Goes to another tab of the console. */
export async function tab(page, id) {
  if ((await page.getAttribute(`[data-key="tab ${id}"]`, "aria-current")) === "page") return;
  await drawn(page, () => page.click(`[data-key="tab ${id}"]`));
}

/** Looks as somebody else, where they are. */
export async function become(page, principal, organization) {
  await drawn(page, async () => {
    const player = `[data-key="as user/${principal} ${organization}"]`;
    if (!(await page.isVisible(player))) {
      const group = page.locator("#rail .people details", { has: page.locator(player) }).first();
      await group.locator("summary").first().click();
    }
    await page.click(player);
  });
}

/** The form that is open: its fields, and what it foretells. */
export async function fill(page, fields) {
  for (const [name, value] of Object.entries(fields)) {
    const box = `#command [data-field="${name}"]`;
    if (Array.isArray(value)) {
      for (const each of await page.$$(`${box} input[type=checkbox]`))
        await each.setChecked(value.includes(await each.getAttribute("value")));
    } else if (typeof value === "object") {
      for (const [part, chosen] of Object.entries(value))
        await page.selectOption(`${box} select[name="${part}"]`, chosen);
    } else if ((await page.$(`${box} select`)) !== null) await page.selectOption(`${box} select`, value);
    else await page.fill(`${box} input`, value);
  }
}

/** What the form says would come of it: `allowed`, `incomplete` or the reason of the refusal. */
export const foretold = (page) => page.getAttribute("#command [data-preview]", "data-preview");

/** The actions that somebody would gain or lose, by the form. */
export function actions(page, principal, what) {
  return page.$$eval(`#command [data-principal="${principal}"] .${what}`, (found) =>
    found.flatMap(({ dataset }) => dataset.actions.split(" ")),
  );
}

/** Saves the form, which must be allowed. */
export async function save(page) {
  expect(await foretold(page), "allowed", await page.textContent("#command [data-preview]"));
  await drawn(page, () => page.click("#command [type=submit]"));
  must(!(await page.isVisible("#command")), "the form closes");
}

/** Presses a button of a row, or of the console. */
export const press = (page, command, row) =>
  page.click(`${row === undefined ? "main" : `[data-row="${row}"]`} [data-command="${command}"]`);

/** Presses the button of an action. */
export const act = (page, kind, action) => page.click(`main [data-kind="${kind}"][data-action="${action}"]`);

/** The form is refused: for that reason, with a sentence, and cannot be saved. */
export async function refused(page, reason, words) {
  expect(await foretold(page), reason, await page.textContent("#command"));
  const text = await page.textContent("#command .refusal");
  must(text.includes(words), `${words} in ${text}`);
  expect(await page.getAttribute("#command [type=submit]", "aria-disabled"), "true", "the button to save");
  await page.click("#command [data-anyway]");
  must((await page.textContent("#command .anyway")).includes("Nothing changed"), "what is tried anyway is refused");
  await drawn(page, () => page.keyboard.press("Escape"));
}
