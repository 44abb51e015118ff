// Somebody at the playground.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { must } from "../expect.mjs";

/** What `npx bailiwick` runs. */
export const CLI = fileURLToPath(new URL("../../../pkg/dist/cli.js", import.meta.url));

/** Where the vectors that come with the project lie. */
export const VECTORS = new URL("../../../tests/vectors/", import.meta.url);

export const vectorNames = () =>
  readdirSync(VECTORS)
    .filter((file) => file.endsWith(".json") && !file.endsWith(".schema.json"))
    .map((file) => file.slice(0, -".json".length));

export const vector = (name) => JSON.parse(readFileSync(new URL(`${name}.json`, VECTORS), "utf8"));

/** Opens the playground, and waits until the documents have been looked at. */
export async function enter(page, address, hash = "") {
  await page.goto("about:blank");
  await page.goto(`${address}/playground.html${hash}`);
  await looked(page);
}

export const looked = (page) => page.waitForSelector('main[data-looked="yes"]');

export const tab = (page, name) => page.getByRole("tab", { name }).click();

/** The field in which a document is written. */
export const field = (page, label) => page.getByRole("textbox", { name: label, exact: true });

/** Writes a whole document anew, and waits until it has been looked at. */
export async function write(page, label, text) {
  await tab(page, label);
  await field(page, label).click();
  await page.keyboard.press("Control+A");
  await page.keyboard.insertText(text);
  await page.waitForTimeout(50);
  await looked(page);
}

/** A file that the menu for exports offers. */
export async function exported(page, what) {
  await page.getByRole("button", { name: "Export" }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: new RegExp(`^${what}`) }).click(),
  ]);
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), "utf8") };
}

/** The problems that are listed: level, code, place and sentence. */
export const problems = (page) =>
  page.$$eval(".problem", (found) =>
    found.map((one) => ({
      level: one.dataset.level,
      code: one.dataset.code,
      place: one.querySelector(".problem-place").textContent,
      text: one.querySelector(".problem-text").textContent,
    })),
  );

/** The answers that are shown: verdict and reason, in the order of the questions. */
export const answers = (page) =>
  page.$$eval(".answer", (found) => found.map(({ dataset }) => ({ verdict: dataset.verdict, reason: dataset.reason })));

/** No document is refused, and the page has nothing to say about itself. */
export async function mustBeFine(page, at) {
  const errors = (await problems(page)).filter(({ level }) => level === "error");
  must(errors.length === 0, `${at}: ${JSON.stringify(errors)}`);
}

/** Runs a text as a vector on the command line; says how many passed. */
export function tested(text) {
  const folder = mkdtempSync(join(tmpdir(), "bailiwick-playground-"));
  try {
    writeFileSync(join(folder, "vector.json"), text);
    const told = execFileSync(process.execPath, [CLI, "test", join(folder, "vector.json"), "--json"], { encoding: "utf8" });
    return JSON.parse(told);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
