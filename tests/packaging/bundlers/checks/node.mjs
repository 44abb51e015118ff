// The measure of the others: the same suite, in Node, over the same tarball.
import { counted } from "../lib/expect.mjs";
import { run } from "../lib/process.mjs";
import { conformance, data, entries } from "../lib/sources.mjs";

export const checks = [
  {
    stranger: "node",
    title: "node answers the whole suite",
    run: async (workshop) => {
      const project = workshop.project("node", { ...conformance(workshop), "data.json": JSON.stringify(data) });
      const found = JSON.parse((await run("node", ["main.js"], project)).trim());
      return entries(workshop).map((entry) => ({ where: "node", entry, ...counted(found[entry], entry) }));
    },
  },
];
