// What an organization sets up for itself: its sign-in, its groups, its edition, its end.
import { expect, must } from "../expect.mjs";
import { aiko, ana, bo, chiara, jonas, julia, maya, sam } from "./cast.mjs";
import { send } from "./forged.mjs";
import { described } from "./person.mjs";
import { story } from "./story.mjs";

const sso = { command: "configure_sso", default: ["organization_owner"] };

export const stories = [
  story("an owner says what a sign-in gives, and tries it before anybody signs in", "pinecone", async ({ as }) => {
    const owner = await as(ana, "/o/acme/sso");
    await owner.press("Configure");
    await owner.form.locator(".check", { hasText: "Organization user" }).click();
    await owner.fill("Group there", "engineering");
    await owner.chooses(/Stands for/, "Project user of Support copilot");
    await owner.form.getByRole("button", { name: "Add", exact: true }).click();
    await owner.fill("Group there", "finance");
    await owner.chooses(/Stands for/, "Billing admin");
    await owner.form.getByRole("button", { name: "Add", exact: true }).click();
    await owner.finishes("Save", "You configured single sign-on");
    await owner.page.locator("dl.facts").getByText("engineering").waitFor();
    const attempt = owner.page.getByLabel("Try an assertion");
    await attempt.fill("engineering, unheard");
    await owner.sees("Unknown here: unheard");
    await owner.sees("Without a role on the organization they would be suspended.");
    await attempt.fill("engineering, finance");
    await owner.page.locator(".try").getByText("Billing admin").waitFor();
    await owner.page.getByText(/they would be suspended/).waitFor({ state: "detached" });
    const user = await as(bo, "/o/acme/sso");
    await user.lacks("Configure", sso, "no_role");
    expect(await user.page.getByText("engineering").count(), 0, "what who may not configure it is shown of it");
    const other = await as(aiko, "/o/acme-research/sso");
    const entry = other.page.locator(".side").getByRole("link", { name: /^Single sign-on/ });
    must((await described(entry)).length > 0, "the entry of the navigation does not say what it lacks");
    await other.mayNot("Configure", sso, "feature_unavailable");
  }),

  story("a group is made, filled, given a project, and what it gave goes with it", "pinecone", async ({ as }) => {
    const owner = await as(ana, "/o/acme/groups");
    await owner.press("New group");
    await owner.fill("Name", "Night shift");
    await owner.finishes("Create", "You created the group “Night shift”");
    const card = owner.page.locator(".card", { hasText: "Night shift" });
    await card.getByRole("button", { name: "Add", exact: true }).click();
    await owner.picks("Who", "Chiara Rossi");
    await owner.finishes("Add", "You added Chiara Rossi to the group Night shift");
    await owner.goes("/o/acme/projects/support-copilot");
    await owner.tab("Members");
    await owner.press("Add");
    await owner.picks("Who", "Night shift");
    await owner.ticks("Project user");
    await owner.foresees("Chiara Rossi");
    await owner.finishes("Add", "You added Night shift to Support copilot as Project user");
    const inside = await as(chiara, "/o/acme/projects/support-copilot");
    await inside.has("Query vectors");
    await inside.press("Why?");
    await inside.page.locator(".page").getByRole("button", { name: "Query vectors", exact: true }).click();
    await inside.form.getByText(/by the group Night shift/).waitFor();
    await inside.closes();
    await inside.press("Close");
    await owner.goes("/o/acme/groups");
    await card.getByRole("button", { name: "Delete", exact: true }).click();
    await owner.foresees("loses");
    await owner.finishes("Delete", "You deleted the group Night shift");
    await inside.button("Query vectors").waitFor({ state: "detached" });
    await inside.cannot({ command: "create_group", group: "mine", name: "Mine" }, "no_role");
    await inside.cannot({ command: "add_to_group", group: "search-team", member: `user/${chiara}` }, "no_role");
  }),

  story("an organization is renamed, and deleted once its name is typed; for nobody else", "pinecone", async ({ as }) => {
    const user = await as(bo, "/o/acme/settings");
    await user.lacks("Delete", { command: "delete_organization" }, "no_role");
    const owner = await as(julia, "/o/acme-ventures/settings");
    await owner.press("Rename");
    await owner.fill("Name", "Ventures");
    await owner.finishes("Rename", "You renamed the organization to “Ventures”");
    await owner.press("Delete");
    must(await owner.form.getByRole("button", { name: "Delete", exact: true }).isDisabled(), "it is deleted before its name is typed");
    await owner.fill("Type “Ventures” to go on", "Ventures");
    await owner.finishes("Delete", "You deleted the organization Ventures");
    await owner.page.getByRole("heading", { name: /^Hello/ }).waitFor();
    await owner.page.getByText("You belong to no organization yet").waitFor();
    await owner.goes("/o/acme-ventures/");
    expect(await owner.title(), "There is no such organization for you", "what is left of it");
  }),

  story("editions stand side by side, and nobody takes another one past the platform", "pinecone", async ({ as }) => {
    for (const [person, says] of [[chiara, "Another edition is yours to order from the platform."], [bo, /orders another one/]]) {
      const somebody = await as(person, "/o/acme/billing");
      await somebody.sees(says);
      const force = somebody.page.getByRole("columnheader", { name: /Enterprise/ });
      expect(await force.getAttribute("aria-current"), "true", "the edition in force");
      const { status, text } = await send(somebody.page, "acme", { command: "change_edition", edition: "starter" });
      must(status >= 400 && status < 500 && text.length > 0, `a change of edition was answered ${status}`);
    }
  }),

  story("how much of each limit is used is told to who may see usage, of what they may not see as well", "pinkfish", async ({ as }) => {
    const alone = await as(sam, "/o/fernway/billing");
    await alone.page.getByRole("meter", { name: "Automations" }).getByText("10 of 10").waitFor();
    await alone.page.getByRole("meter", { name: "Users" }).getByText("1 of 1").waitFor();
    const admin = await as(maya, "/o/brightside/billing");
    await admin.sees(/^\d+ of any number$/);
    const member = await as(jonas, "/o/brightside/billing");
    expect(await member.page.getByText(/of any number/).count(), 0, "what who may not see usage is shown of it");
  }),

  story("what each role gives, and who can do what, is read off tables", "pinecone", async ({ as }) => {
    const user = await as(bo, "/o/acme/roles");
    const row = user.page.getByRole("row", { name: /Update billing details/ });
    const cells = await row.locator("td").evaluateAll((all) => all.map((one) => one.querySelector("svg").getAttribute("aria-label")));
    expect(cells, ["yes", "no", "yes"], "who updates billing details: owner, user, billing admin");
    await user.goes("/o/acme/access");
    await user.sees("That is not yours to see.");
    const owner = await as(ana, "/o/acme/access");
    await owner.page.getByRole("rowheader", { name: "Chiara Rossi" }).waitFor();
    await owner.page.getByRole("button", { name: /On/ }).click();
    await owner.page.getByRole("option", { name: "Support copilot" }).click();
    await owner.page.getByRole("rowheader", { name: "Bo Lindqvist" }).waitFor();
    expect(await owner.page.getByRole("rowheader", { name: "Chiara Rossi" }).count(), 0, "rows of who can do nothing there");
  }),
];
