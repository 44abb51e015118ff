// What is done so often. A scenario gives `warmUp` and `work`, which returns how often it did it.

const actions = ["view_indexes", "delete"];
const ids = ["search", "ads", "ghost"];

/** So many calls: `can`, and after each five hundred of them one of each other question. */
function asked(access, calls) {
  let allowed = 0;
  let made = 0;
  for (; made < calls; made += 1) {
    const id = ids[made % 3];
    if (access.can(actions[made & 1], "project", id)) allowed += 1;
    if (made % 500 !== 0) continue;
    access.check("delete", "project", id);
    access.button("delete", "project", id);
    access.canMany(actions, "project", ids);
    access.list("view_indexes", "project");
    access.view("project").can("delete", id);
    made += 5;
  }
  if (allowed === 0) throw new Error("nothing was allowed");
  return made;
}

/** Makes an access in each way that the entry has. */
async function makers(entry, Access, bytes) {
  const opened = () => Access.open(bytes);
  if (entry !== "bailiwick") return [opened];
  const { bo, company } = await import("../company.mjs");
  const { directory } = company();
  return [opened, () => directory.access(bo, "acme")];
}

/** Uses an access as a page does. */
function use(access) {
  if (!access.can("view_indexes", "project", "search")) throw new Error("denied");
  access.check("delete", "project", "search");
  access.canMany(actions, "project", ids);
  return access;
}

export function calls(_entry, Access, bytes) {
  const access = Access.open(bytes);
  return { warmUp: () => asked(access, 1_000_000), work: () => asked(access, 10_000_000) };
}

export async function freed(entry, Access, bytes) {
  const ways = await makers(entry, Access, bytes);
  const rounds = (count) => {
    for (let round = 0; round < count; round += 1) for (const make of ways) use(make()).free();
    return count * ways.length;
  };
  return { warmUp: () => rounds(2_000), work: () => rounds(20_000) };
}

export async function dropped(entry, Access, bytes, settle) {
  const ways = await makers(entry, Access, bytes);
  const { answering } = await import("../../dist/shared/access.js");
  const baseline = answering().engine.live();
  const thousand = () => {
    for (let round = 0; round < 1_000; round += 1) use(ways[round % ways.length]());
  };
  const rounds = async (count) => {
    for (let round = 0; round < count; round += 1) {
      thousand();
      await settle(baseline);
    }
    return count * 1_000;
  };
  return { warmUp: () => rounds(2), work: () => rounds(10) };
}

export function unknown(_entry, Access, bytes) {
  const access = Access.open(bytes);
  let next = 0;
  const strangers = (count) => {
    for (const end = next + count; next < end; next += 1)
      if (access.can("delete", "project", `stranger-${next}`)) throw new Error("allowed");
    return count;
  };
  return { warmUp: () => strangers(50_000), work: () => strangers(1_000_000) };
}
