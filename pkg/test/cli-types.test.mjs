// `bailiwick types`: what it writes compiles, is stable, and knows when a file is out of date.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { asked, cli, place } from "./cli/run.mjs";
import { policies, presets } from "./data.mjs";

const compiler = fileURLToPath(new URL("../node_modules/typescript/bin/tsc", import.meta.url));

/** A project beside the package, so that it finds it by its name. */
function project(t, files) {
  const folder = fileURLToPath(new URL(`types/written-${process.pid}/`, import.meta.url));
  mkdirSync(folder, { recursive: true });
  t.after(() => rmSync(folder, { recursive: true }));
  const settings = { extends: "../tsconfig.json", files: Object.keys(files) };
  for (const [name, text] of Object.entries({ ...files, "tsconfig.json": JSON.stringify(settings) }))
    writeFileSync(folder + name, text);
  return folder;
}

const USE = `import { Access, type Command, Directory, Policy } from "bailiwick";
import type { Action, Edition, HolderRoles, Kind, Names, Role } from "./pinecone.js";
const kind: Kind = "project";
const action: Action<"project"> = "grant project_user";
const role: Role<"organization"> = "organization_owner";
const key: HolderRoles["api_key"]["project"] = "project_key";
const edition: Edition = "enterprise";
const access = Access.open<Names>(new Uint8Array());
access.can("delete", "project", "search");
access.can(action, kind, "search");
// @ts-expect-error a misspelt action
access.can("delte", "project", "search");
// @ts-expect-error an action of another kind
access.can("invite_members", "project", "search");
const directory: Directory<Names> = Directory.load(Policy.compile("{}") as Policy<Names>, "{}");
const create: Command<Names> = { id: "c", command: "create_api_key", organization: "acme", project: "p", key: "k", roles: [key] };
directory.apply(create, "user/ana@acme.com");
// @ts-expect-error an API key may not own a project
directory.apply({ ...create, roles: ["project_owner"] }, "user/ana@acme.com");
void [role, edition];
`;

describe("types", () => {
  test("the types of every policy compile, and know what the policy knows", (t) => {
    const written = Object.keys(presets).map((preset) => [`${preset}.ts`, cli(["types", preset]).out]);
    const folder = project(t, { ...Object.fromEntries(written), "use.ts": USE });
    try {
      execFileSync(process.execPath, [compiler, "-p", folder], { encoding: "utf8" });
    } catch (error) {
      assert.fail(error.stdout);
    }
  });

  test("names stand in the order of the policy", () => {
    const { out } = cli(["types", "pinkfish"]);
    const kinds = Object.keys(presets.pinkfish.kinds);
    assert.ok(out.includes(`export type Kind = ${kinds.map((kind) => `"${kind}"`).join(" | ")};\n`));
    assert.ok(out.includes('  readonly automation: "edit" | "view";\n'));
    assert.ok(out.startsWith("// The names of the policy `pinkfish`, written by `bailiwick types`"));
  });

  test("-o writes the file, --check knows whether it is what would be written", (t) => {
    const here = place(t);
    const policy = here.write("policy.json", presets.pinecone);
    const file = `${here.path}/policy.d.ts`;
    const line = ["types", policy, "-o", file];
    const missing = cli([...line, "--check"]);
    assert.equal(missing.code, 1);
    assert.match(missing.out, /is not there: `bailiwick types .*` writes it/);
    assert.deepEqual(cli(line), { code: 0, out: `✓ ${file}\n`, err: "" });
    assert.equal(readFileSync(file, "utf8"), cli(["types", policy]).out);
    assert.equal(cli([...line, "--check"]).code, 0);
    writeFileSync(file, readFileSync(file, "utf8").replaceAll("\n", "\r\n"));
    assert.equal(cli([...line, "--check"]).code, 0);
    here.write("policy.json", presets["pinecone-2026"]);
    const stale = asked([...line, "--check"]);
    assert.deepEqual(stale, { code: 1, value: { ok: false, policy: "pinecone-2026", file } });
    assert.match(cli([...line, "--check"]).out, /^✗ .* is not what `bailiwick types .*` writes\n$/);
  });

  test("every policy of the repository can be written", (t) => {
    for (const [name, policy] of Object.entries(policies))
      assert.equal(asked(["types", "-"], { input: JSON.stringify(policy) }).value.policy, policy.name, name);
  });
});
