// What is measured, each in a page of its own.
import { latency, measured, openPage, quiet, scriptsBefore, spent } from "./page.mjs";
import { LARGE, PEOPLE, owner } from "./large.mjs";

/** The overview of an organization from an empty cache: paints, the first decided control, what blocks meanwhile. */
export async function loading(browser, at) {
  const page = await openPage(browser, at);
  await page.goto(`${at.address}/#/o/acme/`);
  await page.locator(".nav-link[data-state]").first().waitFor();
  await quiet(page);
  const { paints, largest, decided, tasks } = await measured(page);
  const loaded = await scriptsBefore(page, decided);
  const worked = await spent(page);
  await page.context().close();
  return {
    "first contentful paint, ms": paints["first-contentful-paint"],
    "first decided control, ms": { waited: decided, worked },
    "largest contentful paint, ms": largest,
    "total blocking time of the load, ms": tasks.reduce((sum, { duration }) => sum + duration - 50, 0),
    "longest task of the load, ms": longest(tasks),
    loaded,
  };
}

/** The Why overlay on a project. */
export async function overlay(browser, at) {
  const page = await openPage(browser, at);
  await page.goto(`${at.address}/#/o/acme/projects/product-search`);
  await page.getByRole("button", { name: "Rename" }).waitFor();
  await quiet(page);
  const opened = await latency(page, () => page.getByRole("button", { name: "Why?" }).click());
  const { count, cost } = await decisions(page);
  await page.context().close();
  return { "opening the Why overlay, ms": opened, [`its ${count} decisions, made anew, ms`]: cost };
}

/** The dialog that shares an automation. */
export async function sharing(browser, at) {
  const page = await openPage(browser, at);
  await page.goto(`${at.address}/#/o/brightside/content/automation/device-inventory-emea`);
  await page.getByRole("button", { name: "Share", exact: true }).waitFor();
  await quiet(page);
  const opened = await latency(page, () => page.getByRole("button", { name: "Share", exact: true }).click());
  await page.context().close();
  return { "opening the share dialog, ms": opened };
}

/** The members of an organization of 10,000: search, sorting, scrolling, with the buttons of each row decided. */
export async function inLarge(browser, address, slowed) {
  const page = await openPage(browser, { address, person: owner, slowed });
  await page.goto(`${address}/#/o/${LARGE}/`);
  await page.locator(".nav-link[data-state]").first().waitFor();
  await quiet(page);
  const people = PEOPLE.toLocaleString("en");
  const open = await latency(page, async () => {
    await page.getByRole("link", { name: "Members" }).first().click();
    await page.getByPlaceholder("Search by").waitFor();
  });
  await page.locator("tbody tr[data-index]").first().waitFor();
  await quiet(page);
  const typed = await latency(page, () => page.getByPlaceholder("Search by").pressSequentially("jansen 4", { delay: 120 }));
  await page.getByPlaceholder("Search by").fill("");
  const sorted = await latency(page, () => page.getByRole("button", { name: "Roles", exact: true }).click());
  const { late, worst, worked } = await scrolled(page);
  const why = await latency(page, () => page.getByRole("button", { name: "Why?" }).click());
  await page.context().close();
  return {
    [`opening the members, ${people} of them, ms`]: open,
    "typing into their search, the slowest letter, ms": typed,
    "sorting them, ms": sorted,
    "scrolling them for 3 s: frames longer than 50 ms": { waited: late, worked },
    "scrolling them: the longest frame, ms": worst,
    "opening the Why overlay on them, ms": why,
  };
}

/** Turns the wheel over the table for three seconds; how many frames were late, and the longest. */
async function scrolled(page) {
  const before = await spent(page);
  const box = await page.locator(".table-frame").boundingBox();
  await page.mouse.move(box.x + 200, box.y + 200);
  await page.evaluate(() => {
    const frames = (globalThis.frames_ = []);
    let last = performance.now();
    requestAnimationFrame(function each(now) {
      frames.push(now - last);
      last = now;
      requestAnimationFrame(each);
    });
  });
  const until = Date.now() + 3_000;
  while (Date.now() < until) {
    await page.mouse.wheel(0, 240);
    await page.waitForTimeout(16);
  }
  const { frames, top } = await page.evaluate(() => ({ frames: globalThis.frames_.slice(1), top: document.querySelector(".table-frame").scrollTop }));
  if (top < 1_000) throw new Error("the table did not scroll");
  return { late: frames.filter((length) => length > 50).length, worst: Math.max(...frames), worked: (await spent(page)) - before };
}

/** What the overlay says of the decisions on the page. */
async function decisions(page) {
  const said = await page.locator(".why-about").innerText();
  const [, count, amount, unit] = /^(\d+) decisions.* in ([\d.]+) (µs|ms)/.exec(said) ?? [];
  if (count === undefined) throw new Error(`the overlay says “${said}”`);
  return { count, cost: unit === "µs" ? Number(amount) / 1_000 : Number(amount) };
}

const longest = (tasks) => Math.max(0, ...tasks.map(({ duration }) => duration));
