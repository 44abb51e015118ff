// Everything can be done with the keyboard, and one sees where one is.
import { open } from "../console.mjs";
import { expect, must } from "../expect.mjs";

const fields = { example: "acme", in: "acme", as: "user/bo.lindqvist@acme.example" };

const key = (page) =>
  page.evaluate(
    () => document.activeElement.dataset.key || document.activeElement.id || document.activeElement.className,
  );

/** Presses Tab until the focus is where it should be. */
async function tabTo(page, wanted, most = 120) {
  for (let step = 0; step < most; step += 1) {
    await page.keyboard.press("Tab");
    if ((await key(page)) === wanted) return;
  }
  throw new Error(`${wanted} is not reached with the Tab key`);
}

export const checks = [
  [
    "a walk with the keyboard only: skip, change the tab, open and close a form, switch the person",
    async ({ page, address }) => {
      await open(page, address, fields);
      await page.keyboard.press("Tab");
      expect(await key(page), "skip", "the first stop");
      await page.keyboard.press("Enter");
      await tabTo(page, "tab projects", 12);
      await page.keyboard.press("Enter");
      await page.waitForSelector('[data-tab="projects"]');
      expect(await key(page), "tab projects", "the focus after the tab was changed");
      await tabTo(page, "organization create_projects acme", 12);
      await page.keyboard.press("Enter");
      must(await page.isVisible("#command"), "the form opens");
      expect(await key(page), "field-name", "the focus in the form");
      await page.keyboard.type("Night shift");
      must((await page.textContent("[data-preview=allowed]")).includes("Allowed"), "it says what would come of it");
      await page.keyboard.press("Escape");
      must(!(await page.isVisible("#command")), "Escape closes it");
      expect(await key(page), "organization create_projects acme", "the focus after the dialog");
      await page.focus("#search");
      await page.keyboard.type("chiara");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await page.waitForFunction(() => document.querySelector(".self b")?.textContent === "Chiara Rossi");
      expect(await key(page), "as user/chiara.rossi@acme.example acme", "the focus after the person was changed");
      await page.focus("[data-switcher] summary");
      await page.keyboard.press("Enter");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      await page.waitForFunction(() => document.querySelector("h1")?.textContent === "Acme Research");
      expect(await key(page), "switcher", "the focus after the organization was changed");
    },
  ],
  [
    "a change made with the keyboard only: the form keeps the focus, Enter saves, and one is back where one was",
    async ({ page, address }) => {
      const renames = "organization rename acme";
      await open(page, address, { ...fields, as: "user/ana.moreau@acme.example" });
      await tabTo(page, renames);
      await page.keyboard.press("Enter");
      for (let step = 0; step < 8; step += 1) {
        await page.keyboard.press("Tab");
        const inside = await page.evaluate(
          () => document.activeElement === document.body || document.activeElement.closest("#command") !== null,
        );
        must(inside, "the focus stays in the form");
      }
      await page.focus("#command input");
      await page.keyboard.press("ControlOrMeta+A");
      await page.keyboard.type("Acme Works");
      await page.keyboard.press("Enter");
      await page.waitForFunction(() => document.querySelector("h1")?.textContent === "Acme Works");
      expect(await key(page), renames, "the focus after the change");
      expect(
        await page.textContent("#announcer"),
        "Ana Moreau renamed the organization to “Acme Works”.",
        "what is announced",
      );
    },
  ],
  [
    "the focus is seen on every stop, and goes round without a trap",
    async ({ page, address }) => {
      for (const tab of ["settings", "projects", "activity", "matrix"]) {
        await page.goto("about:blank");
        await open(page, address, { ...fields, tab });
        let stops = 0;
        for (; stops < 200; stops += 1) {
          await page.keyboard.press("Tab");
          const seen = await page.evaluate(() => {
            const { activeElement } = document;
            if (activeElement === null || activeElement === document.body) return "round";
            const { outlineStyle, outlineWidth } = getComputedStyle(activeElement);
            return outlineStyle !== "none" && parseFloat(outlineWidth) >= 1
              ? "seen"
              : `no outline on ${activeElement.outerHTML.slice(0, 120)}`;
          });
          if (seen === "round") break;
          expect(seen, "seen", tab);
        }
        must(stops > 20 && stops < 200, `${tab}: ${stops} stops`);
      }
    },
  ],
  [
    "a disabled button says why when it is pressed",
    async ({ page, address }) => {
      await open(page, address, { ...fields, tab: "projects", item: "support-copilot" });
      await page.focus('[data-action="rename"]');
      await page.keyboard.press("Enter");
      const text = await page.textContent("dialog");
      for (const word of ["No role", "Project owner"]) must(text.includes(word), `${word} in ${text}`);
      await page.keyboard.press("Escape");
    },
  ],
  [
    "on a small screen the people open and close, and the focus follows",
    async ({ page, address }) => {
      await page.setViewportSize({ width: 360, height: 780 });
      await open(page, address, fields);
      must(!(await page.isVisible("#rail")), "closed at first");
      await page.focus(".people-button");
      await page.keyboard.press("Enter");
      must(await page.isVisible("#rail"), "open");
      expect(await page.getAttribute(".people-button", "aria-expanded"), "true", "aria-expanded");
      expect(await key(page), "example", "the focus in the list");
      await page.keyboard.press("Escape");
      must(!(await page.isVisible("#rail")), "closed again");
      must((await key(page)).includes("people-button"), "the focus back on the button");
    },
  ],
];
