// What the README shows for a page, in every bundler as it comes.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { serve } from "../../../../www/test/server.mjs";
import { block } from "../../runtimes/lib/readme.mjs";
import { visit } from "../lib/page.mjs";
import { data } from "../lib/sources.mjs";
import { build, bundlers } from "../lib/strangers.mjs";

const BUTTON = `document.body.innerHTML = '<button id="delete">Delete</button>';\n`;

export const checks = bundlers.map((name) => ({
  stranger: name,
  title: `${name}: the README's lines hide a button`,
  needs: ["bailiwick/access"],
  run: async (workshop) => {
    const script = BUTTON + block("Vite, webpack, esbuild, Rollup, Parcel");
    const folder = await build(workshop.project(name, { "main.js": script }), name);
    writeFileSync(join(folder, "bo.access"), await access(workshop));
    const site = await serve(folder);
    try {
      await visit(site.address, (page) => page.waitForFunction(() => document.querySelector("#delete")?.hidden));
    } finally {
      await site.stop();
    }
  },
}));

/** Of somebody who may use the project, and not delete it. */
async function access(workshop) {
  const { Directory, Policy } = await workshop.load("bailiwick");
  const member = "user/bo@acme.com";
  const directory = Directory.load(Policy.compile(data.policies.pinecone), {
    format: 1,
    people: [{ id: "ana@acme.com" }, { id: "bo@acme.com" }],
    organizations: [
      { id: "acme", edition: "standard", members: [{ member: "user/ana@acme.com", roles: ["organization_owner"] }, { member }] },
    ],
    projects: [{ id: "search", organization: "acme", members: [{ member, roles: ["project_user"] }] }],
  });
  return directory.access(member, "acme").bytes();
}
