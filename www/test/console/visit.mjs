// A person at the console.
import { authority } from "./authority.mjs";

/** A check with an authority of its own. Refusals, and capsules that a change has overtaken, are no faults of the page. */
export const withAuthority =
  (product, check) =>
  async ({ page, forgive }) => {
    const errors = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    page.on("console", (message) => {
      const text = message.text();
      if (
        message.type() === "error" &&
        !/status of (401|403|404|409)|net::ERR_(CONNECTION|EMPTY|INCOMPLETE)/.test(text)
      )
        errors.push(text);
    });
    forgive();
    const house = await authority(product);
    try {
      await check({ page, house });
    } finally {
      await page.close();
      await house.stop();
    }
    if (errors.length > 0) throw new Error(`the page reports: ${errors.join("; ")}`);
  };

/** Signs somebody in as the development issuer does, and opens a page of the console. */
export async function enter(page, { address }, person, path = "/") {
  await page.goto(`${address}/console.html`);
  await page.evaluate(async (who) => {
    const headers = { "content-type": "application/json" };
    const body = JSON.stringify({ person: who });
    const response = await fetch("/api/development/sign-in", { method: "POST", headers, body });
    sessionStorage.setItem("bailiwick-token", (await response.json()).token);
  }, person);
  await page.goto(`${address}/console.html#${path}`);
  await page.reload();
  await page.waitForSelector("h1");
}

/** Somebody else, at the same authority in a window of their own. */
export async function other(page, house, person, path) {
  const context = await page
    .context()
    .browser()
    .newContext({ viewport: { width: 1280, height: 860 } });
  const theirs = await context.newPage();
  theirs.setDefaultTimeout(15_000);
  await enter(theirs, house, person, path);
  return theirs;
}

export const button = (page, name) => page.getByRole("button", { name, exact: true });
export const dialog = (page) => page.getByRole("dialog");

/** Presses the button that ends a dialog, and waits for what it came to. */
export async function done(page, name, sentence) {
  await dialog(page).getByRole("button", { name, exact: true }).click();
  await page.getByText(sentence, { exact: true }).waitFor();
}
