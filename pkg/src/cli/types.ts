import { readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { PolicyDocument } from "../api/documents.js";
import { type Arguments, need } from "./arguments.js";
import { FINE, FOUND, type Command } from "./command.js";
import { needPolicy } from "./documents.js";
import { policyOf } from "./faults.js";
import type { Screen } from "./screen.js";
import { typesOf } from "./unions.js";
import { Usage } from "./usage.js";

export const types: Command = {
  name: "types",
  summary: "write the names of a policy as TypeScript",
  forms: ["<policy> [-o <file>]", "<policy> -o <file> --check"],
  text: [
    "Writes unions of kinds, actions and roles, in the order of the policy.",
    "`Names` among them is a type for Policy, Directory and Access where the document comes at runtime.",
  ],
  options: {
    output: { value: "<file>", short: "o", text: "write this file; else to the standard output" },
    check: { text: "write nothing: end with 1 if the file is not what would be written" },
  },
  examples: ["types policy.json -o src/policy.d.ts", "types policy.json -o src/policy.d.ts --check"],
  one: "with --check the file is out of date or missing",
  run,
};

async function run(args: Arguments, screen: Screen): Promise<number> {
  const [name = ""] = need(args, ["<policy>"], "types");
  const file = args.one("output");
  if (args.has("check") && file === undefined)
    throw new Usage("`--check` needs a file: -o <file>", { command: "types" });
  const { policy, source } = await needPolicy(name);
  const document: PolicyDocument = policyOf(source);
  const text = typesOf(document);
  if (file === undefined) {
    if (args.has("json")) screen.json({ policy: policy.name, text });
    else screen.file(text);
    return FINE;
  }
  const before = args.has("check") ? contentOf(file) : undefined;
  const current = args.has("check") ? before === text : write(file, text);
  if (args.has("json")) screen.json({ ok: current, policy: policy.name, file });
  else if (current) screen.line(`${screen.good("✓")} ${file}`);
  else if (before === undefined) screen.line(`${screen.bad("✗")} ${file} is not there: \`bailiwick types ${name} -o ${file}\` writes it`);
  else screen.line(`${screen.bad("✗")} ${file} is not what \`bailiwick types ${name} -o ${file}\` writes`);
  return current ? FINE : FOUND;
}

/** What is in a file, with the ends of lines that we write. */
function contentOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8").replaceAll("\r\n", "\n");
  } catch {
    return undefined;
  }
}

function write(file: string, text: string): true {
  try {
    writeFileSync(file, text);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === "ENOENT" ? `there is no folder \`${dirname(file)}\`` : (code ?? String(error));
    throw new Usage(`\`${file}\` cannot be written: ${why}`, { command: "types" });
  }
}
