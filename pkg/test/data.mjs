// The repository's data, as the suite wants it.
import { existsSync, readFileSync, readdirSync } from "node:fs";

const root = new URL("../../", import.meta.url);
const read = (path) => readFileSync(new URL(path, root), "utf8");
const files = (folder, ending) =>
  existsSync(new URL(folder, root)) ? readdirSync(new URL(folder, root)).filter((name) => name.endsWith(ending)) : [];
const jsons = (folder) =>
  files(folder, ".json")
    .filter((name) => !name.endsWith("schema.json"))
    .map((name) => [name, JSON.parse(read(folder + name))]);
const byName = (entries) =>
  Object.fromEntries(entries.map(([name, document]) => [name.replace(/\.json$/, ""), document]));

/** The presets, by name. */
export const presets = byName(jsons("policies/"));

/** The presets, and the policies that several vectors share. */
export const policies = { ...presets, ...byName(jsons("tests/vectors/policies/")) };

/** The conformance vectors, by file name. */
export const vectors = Object.fromEntries(jsons("tests/vectors/"));

/** Which table belongs to which policy. */
export const manifest = JSON.parse(read("tests/tables/tables.json"));

/** The tables' text, by file name. */
export const tables = Object.fromEntries(
  files("tests/tables/", ".csv").map((name) => [name, read(`tests/tables/${name}`)]),
);
