// The measure of the others: the same suite, in Node, over the same tarball.
import { counted } from "../lib/expect.mjs";
import { run } from "../lib/process.mjs";
import { conformance, data } from "../lib/sources.mjs";

const ENTRIES = ["bailiwick", "bailiwick/access", "bailiwick/js", "bailiwick/access/js"];

export const checks = ENTRIES.map((entry) => ({
  stranger: "node",
  title: `node answers the whole suite through ${entry}`,
  needs: [entry],
  run: async (workshop) => {
    const project = workshop.project("node", { ...conformance([entry]), "data.json": JSON.stringify(data) });
    const found = JSON.parse(await run("node", ["main.js"], project));
    return [{ where: "node", entry, ...counted(found[entry]) }];
  },
}));
