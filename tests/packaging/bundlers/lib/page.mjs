// A page in headless Chromium; what it reports as an error fails the check.
import { launch } from "../../../../www/test/browser.mjs";

let browser;

/** Opens the address and gives what `look` finds there. */
export async function visit(address, look) {
  browser ??= await launch();
  const context = await browser.newContext();
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const errors = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  try {
    await page.goto(address);
    const found = await look(page);
    if (errors.length > 0) throw new Error("the page reports errors");
    return found;
  } catch (error) {
    throw new Error([error.message, ...errors].join("\n"));
  } finally {
    await context.close();
  }
}

/** Closes the browser. */
export async function close() {
  await browser?.close();
}
