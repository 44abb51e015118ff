// A story: its people, each in a browser of their own, and the house in which it happens.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { house } from "./house.mjs";
import { Person } from "./person.mjs";
import { watch } from "./watch.mjs";

/** Where pictures of pages go. */
export const SHOTS = fileURLToPath(new URL("../shots", import.meta.url));
const VIEWPORT = { width: 1280, height: 860 };

/** The check that tells it: `as` brings somebody in, at a place of the console. */
export const story = (name, product, tell) => [`console: ${name}`, (given) => told(given, product, tell)];

/** Tells it; whatever the watch has found by then fails it. */
async function told({ browser }, product, tell) {
  const home = await house(product);
  const faults = [];
  const contexts = [];
  const as = async (person, path, options = {}) => {
    const context = await browser.newContext({ viewport: VIEWPORT, ...options });
    contexts.push(context);
    await watch(context, home.address, faults);
    const page = await context.newPage();
    page.setDefaultTimeout(8_000);
    const somebody = new Person(page, home);
    if (person !== undefined) await somebody.enter(person, path);
    return somebody;
  };
  try {
    await tell({ house: home, as, faults });
  } catch (error) {
    throw new Error([error.message, ...faults, ...(await pictures(contexts))].join("\n  "), { cause: error });
  } finally {
    await Promise.all(contexts.map((context) => context.close()));
    await home.leave();
  }
  if (faults.length > 0) throw new Error(`the page is at fault: ${faults.join("; ")}`);
}

/** What everybody had before them when a story went wrong. */
function pictures(contexts) {
  mkdirSync(SHOTS, { recursive: true });
  const pages = contexts.flatMap((context) => context.pages());
  return Promise.all(
    pages.map(async (page, place) => {
      const path = join(SHOTS, `failed-${place}.png`);
      await page.screenshot({ path });
      return `${page.url()}: ${path}`;
    }),
  );
}
