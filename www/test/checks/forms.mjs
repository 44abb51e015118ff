// Every form opens, foretells something, and closes; the rarer commands work through the page too.
import { open } from "../console.mjs";
import { expect, must } from "../expect.mjs";
import { act, drawn, fill, foretold, press, save, tab } from "../living.mjs";

const acme = { example: "acme", in: "acme", as: "user/ana.moreau@acme.example" };
const brightside = { example: "pinkfish", in: "brightside", as: "user/maya@brightside.example" };
const ADA = "user/ada@harbour.example";
const BEN = "user/ben@harbour.example";

const PLACES = [
  { ...acme },
  { ...acme, tab: "members" },
  { ...acme, tab: "projects" },
  { ...acme, tab: "projects", item: "support-copilot" },
  { ...acme, as: "user/bo.lindqvist@acme.example", tab: "projects", item: "support-copilot" },
  { ...acme, as: "service_account/terraform", tab: "projects" },
  { ...brightside, tab: "members" },
  { ...brightside, as: "user/alice@brightside.example", tab: "content" },
];

/** Presses every button of the page that is different, and looks what opens. */
async function everyButton(page) {
  const keys = await page.$$eval("[data-command], [data-action]", (found) => {
    const seen = new Set();
    return found
      .filter(({ dataset }) => {
        const what = `${dataset.command ?? dataset.action} ${dataset.state}`;
        return !seen.has(what) && seen.add(what);
      })
      .map(({ dataset }) => dataset.key);
  });
  for (const key of keys) {
    await page.evaluate(
      (one) => [...document.querySelectorAll("[data-key]")].find(({ dataset }) => dataset.key === one).click(),
      key,
    );
    must((await page.$("dialog[open]")) !== null, `${key} opens nothing`);
    for (const choice of await page.$$("#command[open] .choice input")) {
      await choice.check();
      must((await foretold(page)) !== "", `${key} foretells nothing`);
    }
    const title = await page.textContent("dialog[open] h2");
    must(title.trim() !== "", `${key} has a title`);
    await page.keyboard.press("Escape");
    must((await page.$("dialog[open]")) === null, `${key} does not close`);
  }
  return keys.length;
}

/** A command of the platform's drawer. */
async function platform(page, command, fields) {
  if (!(await page.isVisible(`#rail [data-command="${command}"]`))) await page.click(".platform summary");
  await page.click(`#rail [data-command="${command}"]`);
  await fill(page, fields);
  await save(page);
}

async function rarer({ page, address }) {
  await open(page, address, { example: "nothing-pinecone" });
  await press(page, "create_organization");
  await fill(page, { name: "Quay" });
  await save(page);
  await platform(page, "change_edition", { edition: "enterprise" });
  await platform(page, "verify_domain", { domain: "harbour.example" });

  await act(page, "organization", "configure_sso");
  await fill(page, { default: ["organization_user"] });
  await page.fill("#command [data-field=map] li input", "money");
  await page.selectOption("#command [data-field=map] li select", "organization_billing_admin");
  await save(page);
  must((await page.textContent(".panel")).includes("money: Billing admin"), "what a value stands for");
  await platform(page, "sign_in", { person: BEN.slice(5), asserted: "money, unheard" });

  await tab(page, "members");
  must((await page.textContent(`[data-row="${BEN}"]`)).includes("Billing admin"), "the role of the first sign-in");
  await act(page, "organization", "create_service_accounts");
  await fill(page, { name: "Crane", roles: ["organization_user"] });
  await save(page);
  must((await page.textContent('[data-row="service_account/crane"]')).includes("Organization user"), "the account");
  await press(page, "suspend_member", "service_account/crane");
  await save(page);
  await press(page, "restore_member", "service_account/crane");
  await save(page);
  await press(page, "delete_service_account", "service_account/crane");
  await save(page);

  await act(page, "organization", "manage_groups");
  await fill(page, { name: "Pilots", members: [BEN] });
  await save(page);
  await press(page, "add_to_group", "group/pilots");
  await save(page);
  must((await page.textContent('[data-row="group/pilots"]')).includes("2: Ada Okafor, Ben Sato"), "both are in");
  await press(page, "remove_from_group", "group/pilots");
  await fill(page, { member: BEN });
  await save(page);

  await tab(page, "projects");
  await act(page, "organization", "create_projects");
  await fill(page, { name: "Tides" });
  await save(page);
  await drawn(page, () => page.click('[data-key="project tides"]'));
  await act(page, "project", "add_members");
  await fill(page, { member: "group/pilots", roles: ["project_user"], until: "2099-01-01" });
  await save(page);
  must((await page.textContent('[data-row="group/pilots"]')).includes("until 1 Jan 2099"), "the end");
  await press(page, "change_project_member", "group/pilots");
  expect(await page.inputValue("#field-until"), "2099-01-01", "the end is kept");
  await page.keyboard.press("Escape");
  await act(page, "project", "create_api_keys");
  await fill(page, { name: "Buoy" });
  await save(page);
  await press(page, "rotate_api_key", "api_key/buoy");
  await save(page);
  must((await page.textContent('[data-row="api_key/buoy"] .number')) === "1", "it was rotated once");
  await press(page, "delete_api_key", "api_key/buoy");
  await save(page);
  await press(page, "move_project");
  expect(await foretold(page), "incomplete", "there is no other organization");
  await page.keyboard.press("Escape");
  await act(page, "project", "delete");
  await save(page);
  must((await page.textContent(".panel")).includes("0 of 0"), "the project is gone");

  await tab(page, "settings");
  await act(page, "organization", "delete");
  await save(page);
  must((await page.textContent("main")).includes("Everything is still to come"), "nothing is there again");
  await tab(page, "activity");
  must((await page.textContent("main")).includes("“unheard” stands for no role"), "a note");
  must(
    (await page.textContent("main")).includes("The platform signed Ben Sato in to Quay by SSO"),
    "the platform's deeds",
  );
  must((await page.textContent("main")).includes(`Ada Okafor deleted the organization Quay`), ADA);
}

export const checks = [
  ...PLACES.map((fields) => [
    `every button opens and closes: ${Object.values(fields).join(" ")}`,
    async ({ page, address }) => {
      await open(page, address, fields);
      must((await everyButton(page)) > 4, "there are buttons");
    },
  ]),
  ["groups, keys, service accounts, single sign-on and the platform, through the page", rarer],
];
