// Where the focus is: seen on each stop of the Tab key, and kept when what had it goes.
import { expect, must } from "../expect.mjs";
import { ana, emma, jonas } from "./cast.mjs";
import { PAGES } from "./pages.mjs";
import { indicated, isLost, still } from "./seen.mjs";
import { story } from "./story.mjs";

/** More stops than any page has. */
const MOST = 400;

/** Goes through the whole page with the Tab key; gives the stops at which nobody sees where the focus is. */
async function unseen(page) {
  await page.evaluate(() => {
    document.activeElement.blur();
    window.stops = new Set();
  });
  const bad = [];
  for (let stop = 0; stop < MOST; stop += 1) {
    await page.keyboard.press("Tab");
    const { name, flaw, ended } = await page.evaluate(indicated);
    if (ended) return { bad, stops: stop };
    if (flaw !== undefined) bad.push(`${name}: ${flaw}`);
  }
  throw new Error(`more than ${MOST} stops`);
}

const walk = (product, scheme) =>
  story(`on the pages of ${product} in ${scheme} the focus is seen at each stop, and nothing moves for who wants it still`, product, async ({ as }) => {
    let all = 0;
    for (const [name, who, path, act] of PAGES[product]) {
      const person = await as(who, path, { colorScheme: scheme, reducedMotion: "reduce" });
      if (who === undefined) await person.goes("/");
      const { page } = person;
      await page.locator(".skeleton").first().waitFor({ state: "detached" });
      await act?.(person);
      expect(await page.evaluate(still), [], `what moves on ${name}`);
      const { bad, stops } = await unseen(page);
      expect(bad, [], `stops of ${name} that are not seen`);
      must(stops > 0, `${name} has no stop`);
      all += stops;
      await page.context().close();
    }
    console.log(`  # ${all} stops on ${PAGES[product].length} pages`);
  });

/** Presses each button of the page that differs, and closes what opens; gives those after which the focus is lost. */
async function losing(person) {
  const { page } = person;
  const found = page.locator("main.page button:not([role=tab])");
  const labels = await found.evaluateAll((all) => all.map((one) => one.getAttribute("aria-label") ?? one.innerText.trim()));
  const kinds = new Map(labels.map((label, place) => [label.split(" ").slice(0, 2).join(" "), place]).reverse());
  const bad = [];
  let opened = 0;
  for (const [kind, place] of kinds) {
    if ((await found.nth(place).count()) === 0) continue;
    const button = await found.nth(place).elementHandle();
    await button.focus();
    await page.keyboard.press("Enter");
    const over = page.locator("[role=dialog], [role=listbox], [role=menu]");
    await over.first().waitFor({ timeout: 1_500 }).catch(() => undefined);
    if ((await over.count()) > 0) {
      opened += 1;
      await closed(page, over);
      if (!(await comesBack(button))) bad.push(`${kind}: the focus does not come back`);
    }
    if (await page.evaluate(isLost)) bad.push(`${kind}: the focus is lost`);
  }
  return { bad, opened };
}

/** Whether the focus is on a button within a second: it comes back with the next frame, whenever that is drawn. */
async function comesBack(button) {
  for (let look = 0; look < 20; look += 1) {
    if (await button.evaluate((one) => one === document.activeElement)) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}

/** Presses Escape until nothing stands before the page: a list in a dialog goes first. */
async function closed(page, over) {
  for (let press = 0; press < 10 && (await over.count()) > 0; press += 1) {
    await page.keyboard.press("Escape");
    await page.waitForTimeout(60);
  }
  expect(await over.count(), 0, "what still stands before the page after Escape");
}

const returns = (product, who, paths) =>
  story(`each dialog of ${product} gives the focus back to what opened it`, product, async ({ as }) => {
    let all = 0;
    for (const [path, tab] of paths) {
      const person = await as(who, path, { reducedMotion: "reduce" });
      await person.page.locator(".skeleton").first().waitFor({ state: "detached" });
      if (tab !== undefined) await person.tab(tab);
      const { bad, opened } = await losing(person);
      expect(bad, [], `${path} ${tab ?? ""}`);
      all += opened;
      await person.page.context().close();
    }
    must(all > paths.length, `${all} dialogs were opened`);
    console.log(`  # ${all} dialogs opened and closed`);
  });

/** With the keyboard: opens a dialog, ends it, and looks where the focus is once what it was about has gone. */
async function vanishes(person, name, submit, gone) {
  const { page } = person;
  await person.button(name).first().focus();
  await page.keyboard.press("Enter");
  const end = person.form.getByRole("button", { name: submit, exact: true });
  await end.waitFor();
  await page.waitForFunction((one) => one.getAttribute("aria-disabled") !== "true", await end.elementHandle());
  await end.focus();
  await page.keyboard.press("Enter");
  await page.getByText(gone).first().waitFor();
  await person.button(name).first().waitFor({ state: "detached" });
  await page.waitForTimeout(400);
  must(!(await page.evaluate(isLost)), `the focus is lost after “${name}”`);
}

export const stories = [
  ...Object.keys(PAGES).flatMap((product) => ["light", "dark"].map((scheme) => walk(product, scheme))),

  returns("pinecone", ana, [
    ["/o/acme/members"],
    ["/o/acme/groups"],
    ["/o/acme/accounts"],
    ["/o/acme/sso"],
    ["/o/acme/projects"],
    ["/o/acme/projects/product-search"],
    ["/o/acme/projects/product-search", "Members"],
    ["/o/acme/projects/product-search", "API keys"],
    ["/o/acme/roles"],
    ["/o/acme/access"],
    ["/o/acme/settings"],
  ]),
  returns("pinkfish", jonas, [
    ["/o/brightside/content/automation"],
    ["/o/brightside/content/automation/weekly-pipeline-digest"],
    ["/o/brightside/settings"],
  ]),

  story("what has the focus may go, and the focus stays on the page", "pinecone", async ({ as }) => {
    const owner = await as(ana, "/o/acme/members");
    await vanishes(owner, "Remove Bo Lindqvist", "Remove", "You removed Bo Lindqvist from Acme");
    await vanishes(owner, "Suspend Chiara Rossi", "Suspend", "You suspended Chiara Rossi");
    await owner.goes("/o/acme/accounts");
    await vanishes(owner, "Delete Terraform", "Delete", "You deleted the service account Terraform");
    await owner.goes("/o/acme/groups");
    const out = await owner.page.getByRole("button", { name: /^Take .* out$/ }).first().getAttribute("aria-label");
    await vanishes(owner, out, "Take out", /^You removed .* from the group/);
    const project = await as(emma, "/o/acme/projects/support-copilot");
    await project.tab("API keys");
    const key = await project.page.getByRole("button", { name: /^Delete ./ }).first().getAttribute("aria-label");
    await vanishes(project, key, "Delete", /^You deleted the key/);
  }),

  story("what somebody else takes away while one is there does not take the focus with it", "pinecone", async ({ as }) => {
    const owner = await as(ana, "/o/acme/members");
    const theirs = await as(emma, "/o/acme/projects/support-copilot");
    await theirs.button("Rename").focus();
    await owner.press("Suspend Emma Johansson");
    await owner.finishes("Suspend", "You suspended Emma Johansson");
    await theirs.page.getByRole("heading", { name: "There is no such organization for you" }).waitFor();
    await theirs.page.waitForTimeout(400);
    must(!(await theirs.page.evaluate(isLost)), "the focus is lost with the page");
  }),
];
