// Looking at the console in the page.
import { expect } from "./expect.mjs";

/** Opens the console as somebody, somewhere. */
export async function open(page, address, fields) {
  const hash = new URLSearchParams(fields).toString();
  const turn = await page.evaluate(() => document.documentElement.dataset["ready"]).catch(() => undefined);
  await page.goto(`${address}/#${hash}`);
  if (turn !== undefined)
    await page
      .waitForFunction((before) => document.documentElement.dataset["ready"] !== before, turn)
      .catch(() => page.reload());
  await page.waitForSelector("html[data-ready]");
}

/** The buttons of a kind that are shown, by action: their label and state. */
export function buttons(page, kind) {
  return page.$$eval(`button[data-action][data-kind="${kind}"]`, (found) =>
    found.map(({ dataset, textContent }) => ({
      action: dataset.action,
      label: textContent.trim(),
      state: dataset.state,
    })),
  );
}

/** What the margins say is missing: action, label, reason. */
export function missing(page, kind) {
  return page.$$eval(`[data-missing][data-kind="${kind}"]`, (found) =>
    found.map((one) => ({
      action: one.dataset.missing,
      label: one.textContent.trim(),
      reason: one.closest(".note")?.querySelector("[data-reason]")?.dataset.reason,
    })),
  );
}

/** All buttons and all that is missing of one kind, over several tabs. */
export async function survey(page, address, fields, kind, tabs) {
  const found = { buttons: [], missing: [] };
  for (const tab of tabs) {
    await open(page, address, { ...fields, tab });
    if ((await page.$(`[data-tab="${tab}"]`)) === null) continue;
    found.buttons.push(...(await buttons(page, kind)));
    found.missing.push(...(await missing(page, kind)));
  }
  return found;
}

/** The enabled buttons are those and no others; each of the rest is named in a margin, with a reason. */
export function expectExactly(found, labels, allowed, at) {
  const enabled = found.buttons
    .filter(({ state, label }) => state === "enabled" && labels.includes(label))
    .map(({ label }) => label);
  expect(enabled.toSorted(), allowed.toSorted(), `${at}: the buttons`);
  const denied = labels.filter((label) => !allowed.includes(label));
  const named = found.missing
    .filter(({ label, reason }) => labels.includes(label) && reason !== undefined)
    .map(({ label }) => label);
  expect(named.toSorted(), denied.toSorted(), `${at}: what is missing`);
}
