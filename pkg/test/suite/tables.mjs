// Every cell of every reference table: for every role, and for every pair of roles held together.
import { must, same, tally } from "./equal.mjs";
import { asker, bareEdition, fullEdition, projectWorld, organizationWorld, sharedWorld } from "./worlds.mjs";

/**
 * Walks all tables through the package.
 *
 * @param api the package: { Policy, Directory }
 * @param manifest the tables: file, policy, form, columns
 * @param tables their text by file name
 * @param policies documents by name
 */
export function runTables(api, manifest, tables, policies) {
  const result = { passed: 0, failures: [] };
  for (const entry of manifest) {
    const table = { api, entry, document: policies[entry.policy], rows: rowsOf(tables[entry.file]) };
    const one = tally(entry.form === "sharing" ? sharingChecks(table) : roleChecks(table));
    must(one.passed + one.failures.length > 0, `${entry.file}: no cell was checked`);
    result.passed += one.passed;
    result.failures.push(...one.failures);
  }
  return result;
}

/** The rows of a table by column; no cell holds a comma. */
export function rowsOf(text) {
  const [header, ...lines] = text
    .trim()
    .split("\n")
    .map((line) => line.split(","));
  return lines.map((cells) => Object.fromEntries(header.map((column, place) => [column, cells[place]])));
}

/** The pairs of a list, each item with itself first. */
function pairs(list) {
  return list.flatMap((first, place) => list.slice(place).map((second) => [first, second]));
}

function* roleChecks({ api, entry, document, rows }) {
  const world = entry.kind === "organization" ? organizationWorld : projectWorld;
  for (const [first, second] of pairs(Object.keys(entry.columns))) {
    const roles = [...new Set([entry.columns[first], entry.columns[second]])];
    const paid = askerIn(api, document, world(document, roles, fullEdition(document)));
    const bare = askerIn(api, document, world(document, roles, bareEdition(document)));
    for (const row of rows) {
      const kind = row.kind ?? entry.kind;
      yield [
        `${entry.file}: ${row.permission} for ${roles.join(" and ")}`,
        () => cell(paid, bare, kind, actionLabelled(document, kind, row.permission), [row[first], row[second]]),
      ];
    }
    paid.free();
    bare.free();
  }
}

/** Two roles give what either gives; `edition` is granted with the feature only. */
function cell(paid, bare, kind, action, cells) {
  for (const one of cells) must(["yes", "no", "edition"].includes(one), `\`${one}\` is no cell`);
  const granted = cells.some((one) => one !== "no");
  expect(paid, kind, action, granted ? "granted" : "no_role");
  if (cells.includes("edition")) expect(bare, kind, action, "feature_unavailable");
}

function* sharingChecks({ api, entry, document, rows }) {
  for (const [first, second] of pairs(rows)) {
    if (first.resource !== second.resource) continue;
    const levels = [...new Set([first.level, second.level])];
    const can = words(`${first.can} ${second.can}`);
    const all = new Set([...can, ...words(`${first.cannot} ${second.cannot}`)]);
    for (const action of all) {
      const reason = can.includes(action) ? "granted" : "no_role";
      yield [
        `${entry.file}: ${action} on ${first.resource} with ${levels.join(" and ")}`,
        () => level(api, document, first, levels, action, reason),
      ];
    }
  }
}

function level(api, document, row, levels, action, reason) {
  const kind = row.resource;
  const opened = { ...document, kinds: { ...document.kinds, [kind]: { ...document.kinds[kind], available: true } } };
  for (const receiver of ["user/asker@x.com", "group/team", "members"]) {
    const world = sharedWorld(document, kind, levels, receiver);
    askOnce(api, opened, world, kind, action, reason);
    askOnce(api, document, world, kind, action, row.available === "coming_soon" ? "not_available_yet" : reason);
  }
}

function askOnce(api, document, world, kind, action, reason) {
  const access = askerIn(api, document, world);
  expect(access, kind, action, reason);
  access.free();
}

function askerIn({ Policy, Directory }, document, world) {
  const policy = Policy.compile(document);
  const directory = Directory.load(policy, world);
  const access = directory.access(asker, "acme");
  directory.free();
  policy.free();
  return access;
}

function expect(access, kind, action, reason) {
  const id = kind === "organization" ? "acme" : "thing";
  same(access.check(action, kind, id).reason, reason, "reason");
  same(access.can(action, kind, id), reason === "granted", "can");
  same(access.button(action, kind, id).state === "enabled", reason === "granted", "button");
}

/** The one action of a kind with this label. */
export function actionLabelled(document, kind, label) {
  const found = Object.entries(document.kinds[kind].actions).filter(([, action]) => action.label === label);
  must(found.length === 1, `\`${label}\` should label one action of ${kind}`);
  return found[0][0];
}

function words(text) {
  return text.split(" ").filter((word) => word !== "");
}
