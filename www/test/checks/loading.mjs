// Loading: no foreign script, a failure that can be mended, and a stranger's project.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, createServer } from "vite";
import { expect, must } from "../expect.mjs";
import { serve } from "../server.mjs";

const PACKAGE = fileURLToPath(new URL("../../../pkg", import.meta.url));

const STRANGER = {
  "package.json": '{ "type": "module", "private": true }',
  "index.html": '<!doctype html><link rel="icon" href="data:,"><script type="module" src="/main.js"></script>',
  "main.js": `import { Directory, Policy } from "bailiwick";
import pinecone from "bailiwick/presets/pinecone";
const directory = Directory.load(Policy.compile(pinecone), {
  format: 1,
  people: [{ id: "ana@acme.com" }, { id: "bo@acme.com" }],
  organizations: [{ id: "acme", edition: "standard", members: [{ member: "user/ana@acme.com", roles: ["organization_owner"] }, { member: "user/bo@acme.com" }] }],
});
const can = (person) => directory.access(person, "acme").can("rename", "organization", "acme");
document.body.textContent = [can("user/ana@acme.com"), can("user/bo@acme.com")].join(" ");
`,
};

/** A project that has installed the packed package, and has no configuration. */
function stranger() {
  const root = mkdtempSync(join(tmpdir(), "bailiwick-stranger-"));
  for (const [file, text] of Object.entries(STRANGER)) writeFileSync(join(root, file), text);
  const [{ filename }] = JSON.parse(
    execFileSync("npm", ["pack", "--json", "--silent", "--pack-destination", root], { cwd: PACKAGE, encoding: "utf8" }),
  );
  const home = join(root, "node_modules", "bailiwick");
  mkdirSync(home, { recursive: true });
  execFileSync("tar", ["-xzf", join(root, filename), "-C", home, "--strip-components=1"]);
  return root;
}

async function answers(page, address) {
  await page.goto(address);
  await page.waitForFunction(() => document.body.textContent !== "");
  expect(await page.textContent("body"), "true false", "the answers");
}

export const checks = [
  [
    "the policy of the page allows its own scripts and WebAssembly, and nothing made from text",
    async ({ page, address, forgive }) => {
      forgive();
      await page.goto(address);
      const policy = await page.getAttribute('meta[http-equiv="Content-Security-Policy"]', "content");
      must(policy.includes("script-src 'self' 'wasm-unsafe-eval'"), policy);
      const made = await page.evaluate(async () => {
        const script = document.createElement("script");
        script.textContent = "globalThis.foreign = true";
        document.head.append(script);
        return globalThis.foreign === true;
      });
      must(!made, "a script made from text runs");
    },
  ],
  [
    "a page without its service says so, and can be tried again",
    async ({ page, address, forgive }) => {
      forgive();
      await page.goto(address);
      await page.getByRole("heading", { name: "The service is not there" }).waitFor();
      const asked = page.waitForRequest("**/api/policy");
      await page.getByRole("button", { name: "Try again" }).click();
      await asked;
    },
  ],
  [
    "the packed package works in a stranger's project: vite build and vite dev, without configuration",
    async ({ page }) => {
      const root = stranger();
      const quiet = { root, configFile: false, logLevel: "error" };
      await build(quiet);
      const built = await serve(join(root, "dist"));
      await answers(page, built.address);
      await built.stop();
      const server = await createServer({ ...quiet, server: { host: "127.0.0.1", port: 0 } });
      await server.listen();
      await answers(page, server.resolvedUrls.local[0]);
      await server.close();
      rmSync(root, { recursive: true });
    },
  ],
];
