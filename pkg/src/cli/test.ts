import { basename, dirname, join } from "node:path";
import { existsSync, readdirSync } from "node:fs";
import type { Arguments } from "./arguments.js";
import { FINE, FOUND, type Command } from "./command.js";
import { isFolder, read } from "./input.js";
import { inside } from "./names.js";
import { nearest } from "./nearest.js";
import { locate, positionOf } from "./place.js";
import { type Source, textOf } from "./source.js";
import { PRESETS } from "./presets.js";
import type { Screen } from "./screen.js";
import { counted } from "./screen.js";
import { Usage } from "./usage.js";
import { type Failure, type Ran, runVector } from "./vector.js";

export const test: Command = {
  name: "test",
  summary: "ask the questions of vectors, and compare the answers",
  forms: ["<vector.json | folder> …"],
  text: [
    "A vector is a policy, a directory, questions and the answers that are right.",
    "Its policy is a document, the name of a file in `policies/` beside it, or the name of a preset.",
    "Of a folder all vectors are run. Running nothing fails.",
  ],
  options: {},
  examples: ["test vectors/", "test vectors/sharing.json --json"],
  one: "an answer differs, or there was nothing to run",
  run,
};

async function run(args: Arguments, screen: Screen): Promise<number> {
  if (args.words.length === 0) throw new Usage("<vector.json | folder> is missing", { command: "test" });
  const sources: Source[] = [];
  for (const file of args.words.flatMap(filesOf)) sources.push(await read(file));
  const vectors = sources.map((source) => ({ source, vector: jsonOf(source) }));
  const results: Ran[] = [];
  for (const { source, vector } of vectors) {
    const policies = await policiesOf(source, vector);
    results.push(named(runVector(source, vector, policies), source, vector, policies));
  }
  const passed = results.reduce((sum, one) => sum + one.passed, 0);
  const failed = results.reduce((sum, one) => sum + one.failures.length, 0);
  const ok = failed === 0 && passed > 0;
  if (args.has("json")) screen.json({ ok, passed, failed, files: results });
  else show(screen, results, passed, failed);
  return ok ? FINE : FOUND;
}

/** The vectors of a folder, or the file itself. */
function filesOf(name: string): string[] {
  if (name === "-" || !isFolder(name)) return [name];
  return readdirSync(name)
    .filter((file) => file.endsWith(".json") && !file.endsWith(".schema.json"))
    .sort()
    .map((file) => join(name, file));
}

function jsonOf(source: Source): unknown {
  try {
    return JSON.parse(textOf(source));
  } catch (error) {
    throw new Usage(`\`${source.name}\` is not JSON: ${(error as Error).message}`, { command: "test" });
  }
}

/** The policy that a vector names, if it does. */
async function policiesOf(source: Source, vector: unknown): Promise<{ readonly [name: string]: unknown }> {
  const name = typeof vector === "object" && vector !== null && "policy" in vector ? vector.policy : undefined;
  if (typeof name !== "string") return {};
  const file = join(dirname(source.name), "policies", `${basename(name)}.json`);
  if (existsSync(file)) return { [name]: jsonOf(await read(file)) };
  return Object.hasOwn(PRESETS, name) ? { [name]: await PRESETS[name]?.() } : {};
}

/** Where the name of a policy led nowhere, the names that would. */
function named(ran: Ran, source: Source, vector: unknown, policies: object): Ran {
  const name = inside(vector, "policy");
  if (typeof name !== "string" || Object.hasOwn(policies, name)) return ran;
  const meant = nearest(name, [...Object.keys(PRESETS), ...beside(source)]);
  const hint = meant === undefined ? `: there is no preset and no file \`policies/${basename(name)}.json\`` : `, did you mean \`${meant}\`?`;
  const place = positionOf(textOf(source), locate(textOf(source), "policy")?.value.offset ?? 0);
  const failures = ran.failures.map((one) => ({ ...one, ...place, path: "policy", message: one.message + hint }));
  return { ...ran, failures };
}

/** The policies in the folder beside a vector, by their names. */
function beside(source: Source): readonly string[] {
  const folder = join(dirname(source.name), "policies");
  return existsSync(folder) ? readdirSync(folder).map((file) => basename(file, ".json")) : [];
}

function show(screen: Screen, results: readonly Ran[], passed: number, failed: number): void {
  const width = Math.max(0, ...results.map(({ file }) => file.length));
  for (const { file, passed, failures } of results) {
    const mark = failures.length === 0 ? screen.good("✓") : screen.bad("✗");
    const bad = failures.length === 0 ? "" : `, ${screen.bad(`${failures.length} failed`)}`;
    screen.line(`${mark} ${file.padEnd(width)}  ${screen.faint(`${passed} passed`)}${bad}`);
  }
  for (const failure of results.flatMap(({ failures }) => failures)) showFailure(screen, failure);
  screen.line();
  if (passed + failed === 0) return screen.line(screen.bad("nothing was run: no vector is there"));
  const files = counted(results.length, "file");
  screen.line(`${passed} passed, ${failed === 0 ? "0 failed" : screen.bad(`${failed} failed`)} in ${files}`);
}

function showFailure(screen: Screen, { file, line, column, path, question, message, difference }: Failure): void {
  screen.line();
  screen.line(`${screen.strong(`${file}:${line}:${column}`)} ${screen.faint(path)}`);
  if (question !== "") screen.line(`  ${screen.wrapped(question, 2)}`);
  if (difference === undefined) return screen.line(`  ${screen.bad(screen.wrapped(message, 2))}`);
  const [one, other, ...more] = difference.lines;
  if (one?.side === "expected" && other?.side === "found" && more.length === 0) {
    const sides = `expected ${screen.good(one.text)}, found ${screen.bad(other.text)}`;
    return screen.line(`  ${screen.strong(difference.of)}: ${sides}`);
  }
  screen.line(`  ${screen.strong(difference.of)}`);
  for (const { side, text } of difference.lines) {
    if (side === "both") screen.line(`    ${screen.faint(`  ${text}`)}`);
    else if (side === "expected") screen.line(`    ${screen.good(`- ${text}`)}`);
    else screen.line(`    ${screen.bad(`+ ${text}`)}`);
  }
  screen.line(`    ${screen.faint("- expected  + found")}`);
}
