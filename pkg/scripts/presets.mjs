// Makes src/presets/*.ts from the policies of the repository: the same documents, with types.
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";

const policies = new URL("../../policies/", import.meta.url);
const presets = new URL("../src/presets/", import.meta.url);

rmSync(presets, { recursive: true, force: true });
mkdirSync(presets, { recursive: true });
const names = readdirSync(policies).filter((file) => file.endsWith(".json") && !file.endsWith(".schema.json"));
for (const file of names) {
  const { $schema, ...policy } = JSON.parse(readFileSync(new URL(file, policies), "utf8"));
  writeFileSync(new URL(file.replace(/json$/, "ts"), presets), moduleOf(policy));
}
if (names.length === 0) throw new Error("no policy found: presets are made from the folder policies/");
console.log(`${names.length} presets`);

function moduleOf(policy) {
  return `import type { PolicyDocument } from "../api/documents.js";

/** The preset \`${policy.name}\`${policy.source === undefined ? "" : `, after ${policy.source.replaceAll("*/", "")}`}. */
const policy = ${JSON.stringify(policy, undefined, 2)} as const satisfies PolicyDocument;

export default policy;
`;
}
