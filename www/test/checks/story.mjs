// An organization from its first day to the last refused farewell of its owner, through the page.
import { act, actions, become, drawn, fill, foretold, press, refused, save, tab } from "../living.mjs";
import { open } from "../console.mjs";
import { expect, must } from "../expect.mjs";

const ADA = "ada@harbour.example";
const BEN = "ben@harbour.example";
const CLEO = "cleo@harbour.example";

/** The sentences of the activity, the newest first. */
async function activity(page) {
  await tab(page, "activity");
  return page.$$eval("[data-entry]", (found) =>
    found.map(
      (one) =>
        `${one.dataset.entry}: ${one.querySelector("p").firstChild.textContent}${one.querySelector("p").childNodes[1].textContent}`,
    ),
  );
}

async function begin(page, address, example, name) {
  await open(page, address, { example });
  must((await page.textContent("main")).includes("Everything is still to come"), "nothing is there");
  await press(page, "create_organization");
  expect(await foretold(page), "incomplete", "an empty form");
  await fill(page, { name });
  must((await actions(page, `user/${ADA}`, "gained")).includes("rename"), "the creator would own it");
  await save(page);
  expect(await page.textContent("h1"), name, "the console of what was created");
}

async function pinecone({ page, address }) {
  await begin(page, address, "nothing-pinecone", "Harbour");
  await tab(page, "projects");
  await act(page, "organization", "create_projects");
  await fill(page, { name: "Search" });
  await save(page);
  must((await page.textContent(".panel")).includes("Search"), "the project is listed");

  await tab(page, "members");
  await act(page, "organization", "invite_members");
  await fill(page, { address: BEN, roles: ["organization_user"], projects: { search: "project_user" } });
  await save(page);
  must(await page.isVisible('[data-row^="invite/"]'), "the invite waits");

  await become(page, BEN, "harbour");
  must((await page.textContent("main")).includes("Not a member"), "not there yet");
  await press(page, "accept_invite");
  await save(page);
  await tab(page, "projects");
  await drawn(page, () => page.click('[data-key="project search"]'));
  must((await page.textContent(".panel")).includes("Project user"), "what the invite gave");

  await tab(page, "settings");
  await press(page, "leave_organization");
  expect(await foretold(page), "allowed", "Ben may go");
  must((await actions(page, `user/${BEN}`, "lost")).includes("query_vectors"), "what he would lose");
  await page.keyboard.press("Escape");

  await become(page, ADA, "harbour");
  await tab(page, "settings");
  await press(page, "create_organization");
  await fill(page, { name: "Second" });
  await refused(page, "conflict", "created an organization already");

  await tab(page, "members");
  await press(page, "change_member_roles", `user/${BEN}`);
  await fill(page, { roles: ["organization_billing_admin"] });
  expect(
    await actions(page, `user/${BEN}`, "gained"),
    ["view_billing", "update_billing", "view_usage", "view_support_plans"],
    "what he would gain",
  );
  expect(await actions(page, `user/${BEN}`, "lost"), [], "the one project of the edition is made: nothing is lost");
  await save(page);
  must((await page.textContent(`[data-row="user/${BEN}"]`)).includes("Billing admin"), "his new role");

  await press(page, "suspend_member", `user/${BEN}`);
  await save(page);
  await become(page, BEN, "harbour");
  must((await page.textContent("main")).includes("Suspended"), "suspended");
  await become(page, ADA, "harbour");
  await tab(page, "members");
  await press(page, "restore_member", `user/${BEN}`);
  await save(page);
  must((await page.textContent(`[data-row="user/${BEN}"]`)).includes("Active"), "active again");
  await press(page, "remove_member", `user/${BEN}`);
  await save(page);
  expect(await page.$$eval(`[data-row="user/${BEN}"]`, ({ length }) => length), 0, "he is gone");

  await tab(page, "settings");
  await press(page, "leave_organization");
  await refused(page, "last_owner", "keeps an owner");
  const told = await activity(page);
  expect(told[0], "refused: Ada Okafor tried to leave Harbour.", "the newest");
  expect(told.filter((one) => one.startsWith("refused")).length, 2, "the refusals");
  expect(told.at(-1), "changed: Ada Okafor created the organization “Harbour”.", "the oldest");
  expect(told.length, 10, "all of it");

  await drawn(page, () => page.click('[data-key="start over"]'));
  must((await page.textContent("main")).includes("Everything is still to come"), "nothing is there again");
}

async function pinkfish({ page, address }) {
  await begin(page, address, "nothing-pinkfish", "Reef");
  await tab(page, "members");
  await page.focus('[data-action="add_users"]');
  await page.keyboard.press("Enter");
  must((await page.textContent("#decision")).includes("Edition"), "the first edition has room for one");
  await page.keyboard.press("Escape");
  await page.click(".platform summary");
  await page.click('#rail [data-command="change_edition"]');
  await fill(page, { edition: "team" });
  await save(page);
  await act(page, "organization", "add_users");
  await fill(page, { address: CLEO, roles: ["organization_member"] });
  await save(page);
  await become(page, CLEO, "reef");
  await press(page, "accept_invite");
  await save(page);

  await become(page, ADA, "reef");
  await tab(page, "content");
  await drawn(page, () => page.click('[data-key="kind connection"]'));
  await act(page, "organization", "create_connections");
  await fill(page, { name: "Mail" });
  await save(page);
  await drawn(page, () => page.click('[data-key="kind automation"]'));
  await act(page, "organization", "create_automations");
  await fill(page, { name: "Digest", uses: ["connection/mail"] });
  await save(page);
  must((await page.textContent(".item")).includes("Uses Mail"), "what it uses");

  await act(page, "automation", "share");
  await fill(page, { with: `user/${CLEO}`, role: "edit" });
  must((await actions(page, `user/${CLEO}`, "gained")).includes("run"), "what Cleo would gain");
  const lack = await page.textContent('[data-lack="connection/mail"]');
  for (const word of ["Use in automations", "Mail", "Run", "Ada Okafor"])
    must(lack.includes(word), `${word} in ${lack}`);
  await save(page);
  await page.click(".shares summary");
  await page.click(`[data-share="user/${CLEO}"] [data-command="unshare"]`);
  must((await actions(page, `user/${CLEO}`, "lost")).includes("run"), "what Cleo would lose");
  await save(page);
  expect(
    await page.$$eval("[data-share]", (found) => found.map(({ dataset }) => dataset.share)),
    [`user/${ADA}`],
    "the shares",
  );
  await page.click(`[data-share="user/${ADA}"] [data-command="unshare"]`);
  expect(await foretold(page), "last_owner", "nobody else holds it in full");
  await fill(page, { successor: `user/${CLEO}` });
  expect(await foretold(page), "allowed", "Cleo takes over");
  must(
    (await page.textContent("#command [data-preview]")).includes("Cleo Marin takes over Digest as Edit"),
    "it says so",
  );
  await page.keyboard.press("Escape");

  await drawn(page, () => page.click('[data-key="kind vault"]'));
  must((await page.textContent(".panel")).includes("Coming soon"), "vaults are coming soon");
  const told = await activity(page);
  must(
    told.some((one) => one.includes("shared Digest with Cleo Marin as Edit")),
    told.join("\n"),
  );
}

export const checks = [
  ["a life of an organization on Pinecone's roles, from nothing to the owner who cannot leave", pinecone],
  ["a life of an organization on Pinkfish's roles: what an automation lacks, sharing, taking back", pinkfish],
];
