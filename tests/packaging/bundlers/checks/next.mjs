// The whole suite in each place of a Next.js application in which code may run, and an access that goes from one to the other.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { counted, must } from "../lib/expect.mjs";
import { visit } from "../lib/page.mjs";
import { nextButtons, nextSuite } from "../lib/sources.mjs";
import { ways } from "../lib/strangers.mjs";

/** Side by side in one application. */
const ENTRIES = ["bailiwick", "bailiwick/access"];

export const checks = [
  {
    stranger: "next",
    title: "next answers the whole suite in a server component, a client component and the middleware",
    run: async (workshop) => {
      const entries = ENTRIES.filter((entry) => workshop.has(entry));
      return inside(workshop.project("next", nextSuite(entries)), async (site, project) => {
        const places = { ...(await visit(site.address, suite)), middleware: await edge(site) };
        must(
          modulesOfTheEdge(project) === entries.length,
          "on the edge, modules must be files that the platform compiles",
        );
        return Object.entries(places).flatMap(([place, found]) =>
          entries.map((entry) => ({ where: `next ${place}`, entry, ...counted(found[entry]) })),
        );
      });
    },
  },
  {
    stranger: "next",
    title: "next renders buttons from the bytes of an access, and hydrates them as they are",
    needs: ["bailiwick/react"],
    run: (workshop) =>
      inside(workshop.project("next", nextButtons()), async ({ address }) => {
        const drawn = await (await fetch(address)).text();
        const seen = await visit(address, buttons);
        must(JSON.stringify(seen) === JSON.stringify(BUTTONS), `seen: ${JSON.stringify(seen)}`);
        must(
          BUTTONS.every((one) => drawn.includes(one.split(": ")[1])),
          "the server has not drawn them",
        );
        must(!drawn.includes(">delete<"), "what is hidden is drawn");
      }),
  },
];

const BUTTONS = ["query_vectors: Allowed as Project user.", "rename: This needs the Project owner role."];

async function inside(project, look) {
  const site = await ways.start(project);
  try {
    return await look(site, project);
  } finally {
    await site.stop();
  }
}

const hydrated = (page) => page.waitForFunction(() => globalThis.hydrated !== undefined);

async function suite(page) {
  await hydrated(page);
  const server = JSON.parse(await page.textContent("#server"));
  return { server, client: await page.evaluate(() => globalThis.hydrated) };
}

async function buttons(page) {
  await hydrated(page);
  return page.$$eval("button", (all) => all.map(({ textContent, title }) => `${textContent}: ${title}`));
}

async function edge({ address, said }) {
  const response = await fetch(`${address}/edge`);
  must(response.ok, `the middleware answers ${response.status}:\n${said()}`);
  return response.json();
}

function modulesOfTheEdge(project) {
  const manifest = JSON.parse(readFileSync(join(project, ".next/server/middleware-manifest.json"), "utf8"));
  return manifest.middleware["/"].wasm.length;
}
