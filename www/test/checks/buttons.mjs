// The page shows exactly the buttons of the reference tables.
import { manifest, presets, tables } from "../../../pkg/test/data.mjs";
import { rowsOf } from "../../../pkg/test/suite/tables.mjs";
import { buttons, expectExactly, open, survey } from "../console.mjs";
import { expect, must } from "../expect.mjs";

const TABS = ["settings", "members", "billing", "projects", "content"];
const acme = { example: "acme", in: "acme" };
const brightside = { example: "pinkfish", in: "brightside" };
const ana = "user/ana.moreau@acme.example";
const bo = "user/bo.lindqvist@acme.example";
const outsider = "user/noor.haddad@partner.example";

/** The labels of a table, and those that a column allows. */
function columnOf(file, column) {
  const rows = rowsOf(tables[file]);
  const allowed = rows.filter((row) => ["yes", "edition"].includes(row[column])).map(({ permission }) => permission);
  return { labels: rows.map(({ permission }) => permission), allowed };
}

/** Everything that a role allows on a kind, by label: the presets have rows that no table has. */
function roleOf(policy, kind, role) {
  const { actions, roles } = presets[policy].kinds[kind];
  const closed = new Set();
  const todo = [role];
  for (let one = todo.pop(); one !== undefined; one = todo.pop()) {
    for (const action of roles[one].allow ?? []) closed.add(actions[action].label);
    todo.push(...(roles[one].implies?.[kind] ?? []));
  }
  return [...closed];
}

const organizationCases = [
  ["the owner of Acme", { ...acme, as: ana }, "pinecone-organization.csv", "owner"],
  ["a user of Acme", { ...acme, as: bo }, "pinecone-organization.csv", "user"],
  [
    "the billing admin of Acme",
    { ...acme, as: "user/chiara.rossi@acme.example" },
    "pinecone-organization.csv",
    "billing_admin",
  ],
  [
    "the admin of Brightside",
    { ...brightside, as: "user/maya@brightside.example" },
    "pinkfish-organization.csv",
    "admin",
  ],
  [
    "a member of Brightside",
    { ...brightside, as: "user/jonas@brightside.example" },
    "pinkfish-organization.csv",
    "member",
  ],
];

const projectCases = [
  ["an owner of the organization, in a project", ana, "support-copilot", "owner", "project_owner"],
  ["an owner of a project", bo, "product-search", "owner", "project_owner"],
  ["a user of a project", bo, "support-copilot", "user", "project_user"],
];

function organizationCheck([who, fields, file, column]) {
  return [
    `${who} sees exactly the buttons of ${file}, column ${column}`,
    async ({ page, address }) => {
      const found = await survey(page, address, fields, "organization", TABS);
      const { labels, allowed } = columnOf(file, column);
      expectExactly(found, labels, allowed, who);
      const { policy, columns } = manifest.find((table) => table.file === file);
      const all = Object.values(presets[policy].kinds.organization.actions).map(({ label }) => label);
      const soon = found.missing.filter(({ reason }) => reason === "not_available_yet").map(({ label }) => label);
      const given = roleOf(policy, "organization", columns[column]).filter((label) => !soon.includes(label));
      if (policy === "pinecone") expectExactly(found, all, given, who);
    },
  ];
}

function projectCheck([who, as, item, column, role]) {
  return [
    `${who} sees exactly the buttons of pinecone-project.csv, column ${column}`,
    async ({ page, address }) => {
      await open(page, address, { ...acme, as, tab: "projects", item });
      const found = await survey(page, address, { ...acme, as, item }, "project", ["projects"]);
      const { labels, allowed } = columnOf("pinecone-project.csv", column);
      expectExactly(found, labels, allowed, who);
      const all = Object.values(presets.pinecone.kinds.project.actions).map(({ label }) => label);
      expectExactly(found, all, roleOf("pinecone", "project", role), who);
    },
  ];
}

export const checks = [
  ...organizationCases.map(organizationCheck),
  ...projectCases.map(projectCheck),
  [
    "an outsider sees no button anywhere",
    async ({ page, address }) => {
      for (const tab of [...TABS, "matrix"]) {
        for (const item of ["", "product-search"]) {
          await open(page, address, { ...acme, as: outsider, tab, item });
          expect(await page.$$eval("[data-action]", (found) => found.length), 0, `${tab} ${item}`);
        }
      }
      await open(page, address, { ...acme, as: outsider });
      must((await page.textContent("main")).includes("Not a member"), "the reason is shown");
    },
  ],
  [
    "who is suspended, unknown or in an organization that does not exist sees no button",
    async ({ page, address }) => {
      const cases = [
        { ...acme, as: "user/tomas.novak@acme.example" },
        { ...acme, as: "user/nobody@nowhere.example" },
        { ...acme, in: "nowhere", as: ana },
      ];
      for (const fields of cases) {
        await open(page, address, fields);
        expect(await page.$$eval("[data-action]", (found) => found.length), 0, JSON.stringify(fields));
      }
    },
  ],
  [
    "content shows the buttons of the sharing level, row by row",
    async ({ page, address }) => {
      await open(page, address, { ...brightside, as: "user/jonas@brightside.example", tab: "content" });
      const rows = await page.$$eval(".item", (items) =>
        items.map((item) => ({
          level: item.querySelector(".level").textContent,
          enabled: [...item.querySelectorAll("[data-state=enabled]")].map(({ dataset }) => dataset.action),
        })),
      );
      must(rows.length > 5, "there are rows");
      const can = Object.fromEntries(
        rowsOf(tables["pinkfish-sharing.csv"])
          .filter(({ resource }) => resource === "automation")
          .map(({ level, can }) => [level, can.split(" ").toSorted()]),
      );
      for (const { level, enabled } of rows)
        expect(enabled.toSorted(), level.startsWith("Edit") ? can.edit : can.view, level);
    },
  ],
  [
    "a page of content follows another, without a gap",
    async ({ page, address }) => {
      const fields = { ...brightside, as: "user/jonas@brightside.example", tab: "content" };
      await open(page, address, fields);
      const seen = new Set();
      for (let count = 1; ; count += 1) {
        const ids = await page.$$eval(".item [data-id]", (found) => [
          ...new Set(found.map(({ dataset }) => dataset.id)),
        ]);
        for (const id of ids) must(!seen.has(id), `${id} is on two pages`);
        for (const id of ids) seen.add(id);
        if ((await page.$(".pager a:last-child")) === null) break;
        await open(page, address, { ...fields, page: count + 1 });
      }
      must(seen.size > 20, "there is more than one page");
    },
  ],
  [
    "what is coming soon is said to be",
    async ({ page, address }) => {
      await open(page, address, { ...brightside, as: "user/maya@brightside.example", tab: "content", item: "vault" });
      expect(
        await page.$$eval("[data-reason]", (found) =>
          found.some(({ dataset }) => dataset.reason === "not_available_yet"),
        ),
        true,
        "vaults",
      );
      expect(
        (await buttons(page, "organization")).find(({ action }) => action === "create_vaults")?.state,
        "disabled",
        "create_vaults",
      );
    },
  ],
  [
    "an edition that is too small is said to be, and who decides it",
    async ({ page, address }) => {
      await open(page, address, { example: "pinkfish", in: "fernway", as: "user/sam@fernway.example", tab: "members" });
      expect(
        (await buttons(page, "organization")).find(({ action }) => action === "add_users")?.state,
        "disabled",
        "add_users",
      );
      const note = await page.textContent(".note");
      for (const word of ["Edition", "Team", "Sam Fern"]) must(note.includes(word), `${word} in ${note}`);
    },
  ],
  [
    "the switcher is there for who is active in more than one organization only",
    async ({ page, address }) => {
      const cases = [
        ["user/chiara.rossi@acme.example", 1],
        [ana, 0],
        [bo, 0],
        [outsider, 0],
      ];
      for (const [as, count] of cases) {
        await open(page, address, { ...acme, as });
        expect(await page.$$eval("[data-switcher]", (found) => found.length), count, as);
      }
    },
  ],
  [
    "at another moment another access",
    async ({ page, address }) => {
      const fields = { ...acme, as: bo, tab: "projects", item: "contract-review" };
      await open(page, address, { ...fields, at: 1_814_400_000_000 - 1 });
      must(
        (await buttons(page, "project")).some(({ state }) => state === "enabled"),
        "before the end",
      );
      await open(page, address, { ...fields, at: 1_814_400_000_000 });
      expect(
        (await buttons(page, "project")).filter(({ state }) => state === "enabled"),
        [],
        "at the end",
      );
    },
  ],
];
