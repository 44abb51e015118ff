// A page that is measured: what Chromium itself says of it.
import { basename } from "node:path";

/** Runs in the page before anything else: keeps what the browser observes, and when the first decided control stood. */
function observe() {
  const kept = { paints: {}, largest: 0, tasks: [], events: [], decided: undefined };
  globalThis.measured = kept;
  const watch = (type, each, more = {}) =>
    new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({ type, buffered: true, ...more });
  watch("paint", ({ name, startTime }) => (kept.paints[name] = startTime));
  watch("largest-contentful-paint", ({ startTime }) => (kept.largest = startTime));
  watch("longtask", ({ startTime, duration }) => kept.tasks.push({ startTime, duration }));
  watch("event", ({ name, startTime, duration, interactionId }) => kept.events.push({ name, startTime, duration, interactionId }), {
    durationThreshold: 16,
  });
  const look = new MutationObserver(() => {
    if (document.querySelector(".nav-link[data-state]") === null) return;
    look.disconnect();
    requestAnimationFrame(() => setTimeout(() => (kept.decided = performance.now())));
  });
  look.observe(document, { childList: true, subtree: true });
}

/** A fresh browser context with nothing cached, in which somebody is signed in, at a speed of the processor. */
export async function openPage(browser, { address, person, slowed }) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, reducedMotion: "reduce" });
  const headers = { "content-type": "application/json" };
  const body = { person: person.id, name: person.name };
  const { token } = await (await fetch(`${address}/api/development/sign-in`, { method: "POST", headers, body: JSON.stringify(body) })).json();
  await context.addInitScript((kept) => sessionStorage.setItem("bailiwick-token", kept), token);
  await context.addInitScript(observe);
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: slowed });
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  sessions.set(page, session);
  return page;
}

const sessions = new WeakMap();

/** How long the page's main thread has been on a processor, in milliseconds: other work on the machine does not count. */
export async function spent(page) {
  const { metrics } = await sessions.get(page).send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "TaskDuration").value * 1_000;
}

export const measured = (page) => page.evaluate(() => globalThis.measured);

/** Waits until nothing has been fetched and nothing has blocked for two seconds: what is fetched ahead has come. */
export async function quiet(page) {
  await page.locator(".skeleton").first().waitFor({ state: "detached" });
  const done = () => page.evaluate(() => performance.getEntriesByType("resource").length + globalThis.measured.tasks.length);
  for (let before = -1, now = await done(); now !== before; ) {
    await page.waitForTimeout(2_000);
    [before, now] = [now, await done()];
  }
}

/** What the scripts of a page are called that came before a moment, in milliseconds since its start. */
export const scriptsBefore = async (page, moment) => {
  const found = await page.evaluate(
    (end) => performance.getEntriesByType("resource").filter(({ name, startTime }) => /\/assets\/[^/]+\.js$/.test(name) && startTime <= end).map(({ name }) => name),
    moment,
  );
  return found.map((name) => basename(name));
};

/**
 * The longest time from an input to the next paint while something is done, in milliseconds, and what the main thread spent on it all.
 * The browser says the first in steps of 8, and nothing below 16.
 */
export async function latency(page, act) {
  const before = await spent(page);
  const since = await page.evaluate(() => performance.now());
  await act();
  await page.waitForTimeout(700);
  const { events } = await measured(page);
  const mine = events.filter(({ startTime, interactionId }) => startTime >= since && interactionId > 0);
  return { waited: Math.max(8, ...mine.map(({ duration }) => duration)), worked: (await spent(page)) - before };
}
