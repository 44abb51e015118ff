// Tried as a new user: Vite, React and TypeScript, and fifteen lines at most.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { block } from "../../runtimes/lib/readme.mjs";
import { must } from "../lib/expect.mjs";
import { visit } from "../lib/page.mjs";
import { run } from "../lib/process.mjs";
import { ways } from "../lib/strangers.mjs";

const NEEDS = ["bailiwick/react"];
const OWN = "src/App.tsx";

export const checks = [
  {
    stranger: "newcomer",
    title: "a newcomer's button hides, and says why it is disabled, in under fifteen lines",
    needs: NEEDS,
    run: async (workshop) => {
      const project = workshop.project("newcomer");
      must(read(project) === block("A page", "tsx"), "the README shows other lines");
      const lines = read(project)
        .split("\n")
        .filter((line) => line.trim() !== "");
      must(lines.length < 15, `${lines.length} lines`);
      const site = await ways.preview(project, "newcomer");
      try {
        same(await buttons(site.address, "user/ana@acme.com"), ["Rename: enabled"]);
        same(await buttons(site.address, "user/bo@acme.com"), ["Rename: This needs the Project owner role."]);
        same(await buttons(site.address, "user/nobody@acme.com"), []);
      } finally {
        await site.stop();
      }
    },
  },
  {
    stranger: "newcomer",
    title: "a newcomer's misspelt action does not compile",
    needs: NEEDS,
    run: async (workshop) => {
      const project = workshop.project("newcomer");
      writeFileSync(join(project, OWN), read(project).replace('"rename"', '"renmae"'));
      const refused = await run("npm", ["run", "build"], project).then(
        () => "",
        (error) => error.message,
      );
      must(/App\.tsx.*renmae/.test(refused), `not refused by the compiler: ${refused}`);
    },
  },
];

function read(project) {
  return readFileSync(join(project, OWN), "utf8");
}

/** What somebody sees: the text of each visible button, and its tooltip when it cannot be pressed. */
function buttons(address, who) {
  return visit(`${address}/#${who}`, async (page) => {
    await page.waitForSelector("button", { state: "attached" });
    return page.$$eval("button", (all) =>
      all
        .filter((button) => button.checkVisibility())
        .map((button) => `${button.textContent}: ${button.disabled ? button.title : "enabled"}`),
    );
  });
}

function same(found, expected) {
  must(JSON.stringify(found) === JSON.stringify(expected), `seen: ${JSON.stringify(found)}`);
}
