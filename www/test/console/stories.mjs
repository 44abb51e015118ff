// What people do at the console, against the authority: each story by whoever may, and what whoever may not is shown.
import { expect, must } from "../expect.mjs";
import { button, dialog, done, enter, other, withAuthority } from "./visit.mjs";

const ana = "ana.moreau@acme.example";
const bo = "bo.lindqvist@acme.example";
const chiara = "chiara.rossi@acme.example";
const maya = "maya@brightside.example";
const jonas = "jonas@brightside.example";

const nav = async (page) => (await page.locator(".side .nav-link > span:nth-of-type(1)").allInnerTexts()).join(", ");

const story = (name, product, check) => [`console: ${name}`, withAuthority(product, check)];

export const checks = [
  story("an owner invites somebody with a project, and they accept", "pinecone", async ({ page, house }) => {
    await enter(page, house, ana, "/o/acme/members");
    await button(page, "Invite").click();
    await page.getByLabel("Address").fill("kim.new@acme.example");
    await dialog(page).getByText("Organization user", { exact: true }).click();
    await dialog(page)
      .getByRole("button", { name: /Add a project/ })
      .click();
    await page.getByRole("option", { name: "Product search" }).click();
    await dialog(page).getByRole("button", { name: "Add", exact: true }).click();
    await dialog(page).getByText("Project user", { exact: true }).click();
    await done(page, "Invite", "You invited kim.new@acme.example as Organization user");
    const kim = await other(page, house, "kim.new@acme.example", "/");
    await kim.getByRole("button", { name: "Accept" }).click();
    await kim.getByRole("link", { name: /Acme/ }).click();
    await kim.getByRole("link", { name: "Projects" }).click();
    await kim.getByRole("link", { name: /Product search/ }).click();
    await button(kim, "Query vectors").waitFor();
    must(!(await button(kim, "Delete").isVisible()), "a project user is shown a button that deletes the project");
  }),

  story(
    "a change of roles says what it gives, and the other window follows within two seconds",
    "pinecone",
    async ({ page, house }) => {
      const theirs = await other(page, house, bo, "/o/acme/");
      expect(await nav(theirs), "Overview, Projects, Roles, Settings", "what an organization user may go to");
      await enter(page, house, ana, "/o/acme/members");
      await button(page, "Change roles of Bo Lindqvist").click();
      await dialog(page).getByText("Organization owner", { exact: true }).click();
      await dialog(page).getByText("Delete the organization").waitFor();
      const start = Date.now();
      await done(page, "Save", "You changed the roles of Bo Lindqvist to Organization user and Organization owner");
      await theirs.getByRole("link", { name: "Members" }).waitFor();
      must(Date.now() - start < 2_000, "the other window took longer than two seconds");
    },
  ),

  story("the last owner is told why they cannot go", "pinecone", async ({ page, house }) => {
    await enter(page, house, ana, "/o/acme/members");
    await button(page, "Remove Diego Fernández").click();
    await done(page, "Remove", "You removed Diego Fernández from Acme");
    await button(page, "Remove Ana Moreau").click();
    await dialog(page).getByText("An organization keeps an owner: make another one first.").waitFor();
    must(
      await dialog(page).getByRole("button", { name: "Remove", exact: true }).isDisabled(),
      "the last owner can be removed",
    );
  }),

  story("what was done stands in the activity, and is taken back there", "pinecone", async ({ page, house }) => {
    await enter(page, house, ana, "/o/acme/members");
    await button(page, "Change roles of Chiara Rossi").click();
    await dialog(page).getByText("Organization owner", { exact: true }).click();
    await done(page, "Save", "You changed the roles of Chiara Rossi to Billing admin and Organization owner");
    await page.getByRole("link", { name: "Activity" }).click();
    await button(page, "Undo").click();
    await dialog(page).getByText("loses", { exact: true }).first().waitFor();
    await done(page, "Undo", "You changed the roles of Chiara Rossi to Billing admin");
    await page.locator(".changes > li").nth(1).waitFor();
  }),

  story(
    "who is removed while the page is open is shown nothing of it any more",
    "pinecone",
    async ({ page, house }) => {
      const theirs = await other(page, house, bo, "/o/acme/projects");
      await enter(page, house, ana, "/o/acme/members");
      await button(page, "Remove Bo Lindqvist").click();
      await done(page, "Remove", "You removed Bo Lindqvist from Acme");
      await theirs.getByRole("heading", { name: "There is no such organization for you" }).waitFor();
    },
  ),

  story("a billing admin sees billing and nobody's members", "pinecone", async ({ page, house }) => {
    await enter(page, house, chiara, "/o/acme/billing");
    for (const action of ["View billing details", "Update billing details", "View usage details", "View support plans"])
      await button(page, action).waitFor();
    must(!(await nav(page)).includes("Members"), "a billing admin is offered the members");
    await enter(page, house, chiara, "/o/acme/members");
    await page.getByText(/is not yours to see/).waitFor();
  }),

  story("an owner makes, rotates and deletes an API key", "pinecone", async ({ page, house }) => {
    await enter(page, house, ana, "/o/acme/projects/product-search");
    await page.getByRole("tab", { name: "API keys" }).click();
    await button(page, "New key").click();
    await dialog(page).getByLabel("Name").fill("Night run");
    await done(page, "Create", "You created the API key “Night run” of Product search");
    const row = page.locator(".row", { hasText: "Night run" });
    await row.getByRole("button", { name: "Rotate" }).click();
    await row.getByText("rotated once").waitFor();
    await button(page, "Delete Night run").click();
    await done(page, "Delete", "You deleted the key Night run");
    await row.waitFor({ state: "detached" });
  }),

  story(
    "somebody shares an automation at a level, and to whom it is not shared it does not exist",
    "pinkfish",
    async ({ page, house }) => {
      const path = "/o/brightside/content/automation/weekly-pipeline-digest";
      await enter(page, house, jonas, path);
      await button(page, "Share").click();
      await dialog(page).getByRole("combobox", { name: "With" }).fill("kofi@brightside.example");
      await dialog(page).getByRole("button", { name: /Level/ }).click();
      await page.getByRole("option", { name: /^View/ }).click();
      await dialog(page).getByRole("button", { name: "Share", exact: true }).click();
      await page.getByText(/^You shared Weekly pipeline digest with .* as “View”$/).waitFor();
      const kofi = await other(page, house, "kofi@brightside.example", path);
      await kofi.getByText("You have: View").waitFor();
      must(!(await button(kofi, "Share").isVisible()), "who may view may share");
      await enter(page, house, maya, path);
      await page.getByText("No such automation").waitFor();
    },
  ),

  story("a coming-soon kind is there, and says so", "pinkfish", async ({ page, house }) => {
    await enter(page, house, jonas, "/o/brightside/content/vault");
    const create = button(page, "New vault");
    expect(await create.getAttribute("aria-disabled"), "true", "the button of a coming-soon kind");
    expect(await create.getAttribute("aria-description"), "“Create vaults” is not available yet.", "what it says");
  }),

  story(
    "somebody new creates an organization, and nobody without a second one has a switcher",
    "pinecone",
    async ({ page, house }) => {
      await enter(page, house, "founder@new.example", "/");
      await button(page, "Create an organization").click();
      await dialog(page).getByLabel("Name").fill("Newcomers");
      await done(page, "Create", "You created Newcomers");
      await page.getByRole("heading", { name: "Newcomers", level: 1 }).waitFor();
      expect(await page.locator("button.switcher").count(), 0, "switchers for one organization");
      await enter(page, house, "founder@new.example", "/");
      await button(page, "Create an organization").click();
      await dialog(page).getByLabel("Name").fill("Once more");
      await dialog(page).getByRole("button", { name: "Create", exact: true }).click();
      await dialog(page).locator(".trouble").waitFor();
    },
  ),

  story(
    "everything of a change can be done with the keyboard, and the focus comes back",
    "pinecone",
    async ({ page, house }) => {
      await enter(page, house, ana, "/o/acme/groups");
      await button(page, "New group").focus();
      await page.keyboard.press("Enter");
      await dialog(page).getByLabel("Name").waitFor();
      await page.keyboard.type("Night watch");
      await dialog(page).getByText("What this changes").waitFor();
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { name: "Night watch" }).waitFor();
      await page.waitForFunction(() => document.activeElement?.textContent === "New group");
    },
  ),

  story("“Why?” names the reason and whom to ask, of hidden buttons as well", "pinecone", async ({ page, house }) => {
    await enter(page, house, bo, "/o/acme/projects/support-copilot");
    must(!(await button(page, "Delete").isVisible()), "a project user is shown the button that deletes it");
    await button(page, "Why?").click();
    await page.locator(".page").getByRole("button", { name: "Delete", exact: true }).click();
    await dialog(page).getByText("Hidden").waitFor();
    await dialog(page).getByText("This needs the Project owner role.").waitFor();
    await dialog(page)
      .getByText(/ask Emma Johansson/)
      .first()
      .waitFor();
  }),

  story("a service that is gone is said to be, and what is shown stays", "pinecone", async ({ page, house }) => {
    await enter(page, house, ana, "/o/acme/projects");
    await house.stop();
    await page.getByText(/The service does not answer/).waitFor();
    must(await page.getByRole("heading", { name: "Projects" }).isVisible(), "the page went with the service");
  }),

  story("the page is seen as somebody else, beside", "pinecone", async ({ page, house }) => {
    await enter(page, house, ana, "/o/acme/members");
    await button(page, "View as").click();
    await dialog(page)
      .getByRole("button", { name: /Chiara Rossi/ })
      .click();
    const pane = page.frameLocator("iframe");
    await pane.getByText("Seen as Chiara Rossi").waitFor();
    await pane.getByText(/is not yours to see/).waitFor();
    must(await button(page, "Invite").isVisible(), "the own page changed with it");
  }),

  story("behind a hidden button the request itself is refused", "pinecone", async ({ page, house }) => {
    await enter(page, house, bo, "/o/acme/projects/support-copilot");
    must(!(await button(page, "Delete").isVisible()), "a project user is shown the button that deletes it");
    const forged = { command: "delete_project", project: "support-copilot" };
    expect(await forge(page, "acme", forged), [403, "no_role"], "a forged deletion");
    expect(
      await forge(page, "acme", { command: "rename_organization", name: "Mine" }),
      [403, "no_role"],
      "a forged name",
    );
    await enter(page, house, ana, "/o/acme/projects/support-copilot");
    await page.getByRole("heading", { name: "Support copilot", level: 1 }).waitFor();
  }),
];

/** Sends a command past the page, with all that its person has; the status and the reason of the answer. */
function forge(page, organization, command) {
  return page.evaluate(
    async ([id, fields]) => {
      const authorization = `Bearer ${sessionStorage.getItem("bailiwick-token")}`;
      const base = `/api/organizations/${id}`;
      const { token } = await (await fetch(`${base}/capsule`, { headers: { authorization } })).json();
      const headers = { authorization, "bailiwick-capsule": token, "content-type": "application/json" };
      const body = JSON.stringify({ id: crypto.randomUUID(), organization: id, ...fields });
      const response = await fetch(`${base}/commands`, { method: "POST", headers, body });
      return [response.status, (await response.json()).reason];
    },
    [organization, command],
  );
}
