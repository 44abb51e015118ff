// Takes the pictures that the README shows, of the built pages over the demo's authorities, in both themes:
//   npm run pictures
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { launch } from "../test/browser.mjs";
import { enter } from "../test/playground/visit.mjs";
import { serve } from "../test/server.mjs";
import { house } from "../test/stories/house.mjs";
import { Person } from "../test/stories/person.mjs";
import { webp } from "./encode.mjs";
import { CONSOLE, MOST, PLAYGROUND, THEMES } from "./scenes.mjs";

/** The pages believe that it is this day: one that is past, so that no access has ended. */
const TODAY = new Date("2026-11-02T09:00:00Z");

const at = (name) => fileURLToPath(new URL(name, import.meta.url));

const browser = await launch();
try {
  for (const product of new Set(CONSOLE.map((scene) => scene.product))) await ofProduct(product);
  await ofPlayground();
} finally {
  await browser.close();
}

async function ofProduct(product) {
  const home = await house(product);
  try {
    for (const scene of CONSOLE.filter((one) => one.product === product))
      await inBoth(scene, async (page) => {
        const person = new Person(page, home);
        await person.enter(scene.who[0], scene.path, scene.who[1]);
        await page.locator(".skeleton").first().waitFor({ state: "detached" });
        await scene.act?.(person);
      });
  } finally {
    await home.leave();
  }
}

async function ofPlayground() {
  const site = await serve(at("../dist"));
  await inBoth(PLAYGROUND, async (page) => {
    await enter(page, site.address);
    await PLAYGROUND.act(page);
  });
  await site.stop();
}

/** Brings a page to where it is to be seen, in each theme, and takes its picture. */
async function inBoth({ name, size }, bring) {
  for (const theme of THEMES) {
    const look = { viewport: size, colorScheme: theme, reducedMotion: "reduce", locale: "en-US", timezoneId: "UTC" };
    const context = await browser.newContext(look);
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    await page.clock.setFixedTime(TODAY);
    await bring(page);
    await take(page, `${name}-${theme}`);
    await context.close();
  }
}

async function take(page, name) {
  const picture = await webp(page, await page.screenshot({ caret: "hide" }));
  if (picture.length > MOST) throw new Error(`${name} weighs ${picture.length} bytes, more than ${MOST}`);
  writeFileSync(at(`${name}.webp`), picture);
  console.log(`${name}.webp: ${picture.length} bytes`);
}

