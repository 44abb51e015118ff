// The whole suite in each place of a Next.js application in which code may run.
import { counted, must } from "../lib/expect.mjs";
import { visit } from "../lib/page.mjs";
import { conformance, data } from "../lib/sources.mjs";
import { ways } from "../lib/strangers.mjs";

/** Side by side in one application. */
const ENTRIES = ["bailiwick", "bailiwick/access"];

export const checks = [
  {
    stranger: "next",
    title: "next answers the whole suite in a server component, a client component and the middleware",
    run: async (workshop) => {
      const entries = ENTRIES.filter((entry) => workshop.has(entry));
      const project = workshop.project("next", { ...conformance(entries), "data.json": JSON.stringify(data) });
      const site = await ways.start(project);
      try {
        const places = { ...(await visit(site.address, look)), middleware: await edge(site) };
        return Object.entries(places).flatMap(([place, found]) =>
          entries.map((entry) => ({ where: `next ${place}`, entry, ...counted(found[entry]) })),
        );
      } finally {
        await site.stop();
      }
    },
  },
];

async function look(page) {
  await page.waitForFunction(() => globalThis.hydrated !== undefined);
  const server = JSON.parse(await page.textContent("#server"));
  return { server, client: await page.evaluate(() => globalThis.hydrated) };
}

async function edge({ address, said }) {
  const response = await fetch(`${address}/edge`);
  must(response.ok, `the middleware answers ${response.status}:\n${said()}`);
  return response.json();
}
