// Content that is shared thing by thing.
import { expect, must } from "../expect.mjs";
import { alice, bella, esther, isaac, jonas, kofi, maya } from "./cast.mjs";
import { asks } from "./forged.mjs";
import { story } from "./story.mjs";

const digest = "/o/brightside/content/automation/weekly-pipeline-digest";
const forecast = "/o/brightside/content/automation/forecast-roll-up";
const review = "/o/brightside/content/automation/access-review-emea";
const salesforce = "/o/brightside/content/connection/salesforce-service-user";
const resource = "automation/weekly-pipeline-digest";
const NONE = "No such automation";

/** Shares what is open with somebody out of the list, or by an address. */
async function shares(person, name, level, until) {
  await person.press("Share");
  if (name.includes("@")) await person.form.getByRole("combobox", { name: "With" }).fill(name);
  else await person.picks("With", name);
  await person.chooses(/Level/, new RegExp(`^${level}`));
  if (until !== undefined) await person.fill("Until", until);
  await person.finishes("Share", /^You shared /);
}

async function takesBack(person, name) {
  await person.press(`Take it back from ${name}`);
  await person.finishes("Take back", new RegExp(`^You took .* back from ${name}$`));
}

export const stories = [
  story("an automation is shared to view, then to edit, and taken back", "pinkfish", async ({ as }) => {
    const owner = await as(jonas, digest);
    const receiver = await as(kofi, digest);
    expect(await receiver.title(), NONE, "what is not shared");
    await shares(owner, kofi, "View");
    await receiver.sees("You have: View");
    const command = { resource, with: `user/${esther}`, role: "view" };
    await receiver.lacks("Share", { command: "share", ...command }, "no_role");
    await receiver.lacks("Delete", { command: "delete_resource", resource }, "no_role");
    await receiver.mayNot("Edit", { command: "change_resource", resource, name: "Mine" }, "no_role");
    await receiver.lacks("Take it back from Jonas Weber", { command: "unshare", resource, with: `user/${jonas}` }, "no_role");
    await receiver.lacks("Change what Kofi Asante has", { command: "change_share", resource, with: `user/${kofi}`, role: "edit" }, "no_role");
    await owner.press("Change what Kofi Asante has");
    await owner.chooses(/Level/, /^Edit/);
    await owner.foresees("gains");
    await owner.finishes("Save", /^You changed what Kofi Asante has on Weekly pipeline digest to “Edit”$/);
    await receiver.sees("You have: Edit");
    await receiver.has("Share");
    await takesBack(owner, "Kofi Asante");
    await receiver.page.getByRole("heading", { name: NONE }).waitFor();
    await receiver.cannot({ command: "share", ...command }, "unknown_resource");
  }),

  story("a connection is shared to run, then to edit", "pinkfish", async ({ as }) => {
    const owner = await as(jonas, salesforce);
    await shares(owner, kofi, "Run");
    const receiver = await as(kofi, salesforce);
    await receiver.sees("You have: Run");
    await receiver.has("Use in automations");
    const thing = "connection/salesforce-service-user";
    await receiver.lacks("Share", { command: "share", resource: thing, with: `user/${esther}`, role: "run" }, "no_role");
    await receiver.lacks("Delete", { command: "delete_resource", resource: thing }, "no_role");
    await owner.press("Change what Kofi Asante has");
    await owner.chooses(/Level/, /^Edit/);
    await owner.finishes("Save", /^You changed what Kofi Asante has/);
    await receiver.has("Delete");
  }),

  story("shared with a group, its members have it; others do not", "pinkfish", async ({ as }) => {
    const owner = await as(maya, review);
    await shares(owner, "Customer support", "View");
    const inside = await as(kofi, review);
    await inside.sees("You have: View, by Customer support");
    const outside = await as(esther, review);
    expect(await outside.title(), NONE, "for who is not in the group");
    await takesBack(owner, "Customer support");
    await inside.page.getByRole("heading", { name: NONE }).waitFor();
  }),

  story("shared with everyone, everyone has it, and nobody once it is taken back", "pinkfish", async ({ as }) => {
    const owner = await as(maya, review);
    await shares(owner, "Everyone in the organization", "View");
    const other = await as(esther, review);
    await other.sees("You have: View, as everyone");
    await takesBack(owner, "Everyone in the organization");
    await other.page.getByRole("heading", { name: NONE }).waitFor();
  }),

  story("a share that ends says until when, and one that has ended gives nothing", "pinkfish", async ({ as }) => {
    const owner = await as(jonas, digest);
    await shares(owner, kofi, "View", "2030-06-30");
    await owner.at("Kofi Asante").getByText(/until .*2030/).waitFor();
    const ended = await as(jonas, "/o/brightside/content/automation/trial-follow-up");
    expect(await ended.title(), NONE, "a share that has ended");
    await ended.cannot({ command: "change_resource", resource: "automation/trial-follow-up", name: "Mine" }, "unknown_resource");
  }),

  story("an admin is no reader of what was not shared with them", "pinkfish", async ({ as }) => {
    const admin = await as(maya, digest);
    expect(await admin.title(), NONE, "what an admin sees");
    await admin.cannot({ command: "delete_resource", resource }, "unknown_resource");
    await admin.cannot({ command: "share", resource, with: `user/${maya}`, role: "edit" }, "unknown_resource");
  }),

  story("who has it is said, with the group or the person through whom", "pinkfish", async ({ as }) => {
    const owner = await as(alice, forecast);
    await owner.sees("Who has access");
    await owner.page.locator(".row", { hasText: "Jonas Weber" }).getByText(/given directly/).waitFor();
  }),

  story("who shares sees by name who comes by a group, and offers whom they meet; others by their whole address", "pinkfish", async ({ as }) => {
    const owner = await as(jonas, digest);
    await owner.page.locator(".row", { hasText: "Sales" }).first().waitFor();
    const reached = owner.page.locator(".row", { hasText: "Bruno" }).getByText(/by the group Sales/);
    await reached.waitFor();
    await owner.goes("/o/brightside/content/automation/lead-routing-latin-america");
    await owner.press("Share");
    const box = owner.form.getByRole("combobox", { name: "With" });
    const offered = async (text) => {
      await box.fill(text);
      await owner.page.getByRole("listbox").waitFor();
      return owner.page.getByRole("option").allInnerTexts();
    };
    expect((await offered("Sales")).map((text) => text.split("\n")[0]), ["Sales"], "a group of theirs");
    expect((await offered("Alice")).map((text) => text.split("\n")[0]), ["Alice Huang"], "whom they meet");
    for (const stranger of ["Bella", "Engineering"]) {
      await box.fill(stranger);
      await owner.sees("Nobody of that name: type the whole address");
    }
    await box.fill("nobody@elsewhere.example");
    await owner.sees("There is no level that you may give to nobody@elsewhere.example.");
    const other = await as(isaac, "/o/brightside/content/automation/ticket-triage-emea");
    await shares(other, esther, "View");
    await other.at("Esther Lang").waitFor();
  }),

  story("who sees no members is told of none, whatever they ask", "pinkfish", async ({ as }) => {
    const member = await as(jonas, digest);
    const ask = (question) => asks(member.page, "brightside", question);
    const { document, sees } = (await ask("view")).body;
    expect(sees, { members: false }, "whether the member list is there");
    const inside = document.groups.filter(({ members }) => members !== undefined);
    expect(inside.map(({ id, members }) => [id, members]), [["sales", [`user/${jonas}`]]], "who is in the groups of the view");
    must(!JSON.stringify(document).includes("ngineering"), "a group is in the view that Jonas does not meet");
    must(!JSON.stringify(document).includes(bella), "somebody is in the view whom Jonas does not meet");
    const who = await ask("who?action=view&kind=automation&id=weekly-pipeline-digest");
    expect(Object.keys(who.body.names).sort(), [...who.body.items.map(({ principal }) => principal), "group/sales"].sort(), "who is named");
    const refused = async (question, reason) => {
      const { status, body } = await ask(question);
      expect([status, body.reason], [reason === "no_role" ? 403 : 404, reason], question);
    };
    await refused("who?action=view_members&kind=organization&id=brightside", "no_role");
    await refused("matrix?kind=organization&id=brightside", "no_role");
    await refused("who?action=view&kind=automation&id=revenue-export", "unknown_resource");
  }),

  story("what one has oneself is given up without any right, and by nobody else", "pinkfish", async ({ as }) => {
    const receiver = await as(jonas, forecast);
    await receiver.sees("You have: View");
    await receiver.lacks("Take it back from Alice Huang", { command: "unshare", resource: "automation/forecast-roll-up", with: `user/${alice}` }, "no_role");
    await receiver.press("Give up what you have");
    await receiver.foresees("loses");
    await receiver.finishes("Give up", /^You took Forecast roll-up back from Jonas Weber$/);
    await receiver.page.getByRole("heading", { name: NONE }).waitFor();
    const inside = await as(jonas, "/o/brightside/settings");
    await inside.cannot({ command: "remove_from_group", group: "sales", member: `user/${alice}` }, "no_role");
    await inside.press("Leave Sales");
    await inside.finishes("Leave", "You removed Jonas Weber from the group Sales");
    await inside.button("Leave Sales").waitFor({ state: "detached" });
  }),

  story("somebody makes an automation, edits and deletes it", "pinkfish", async ({ as }) => {
    const maker = await as(jonas, "/o/brightside/content/automation");
    await maker.press("New automation");
    await maker.fill("Name", "Friday report");
    await maker.finishes("Create", "You created the automation “Friday report”");
    await maker.page.getByRole("heading", { name: "Friday report", level: 1 }).waitFor();
    await maker.press("Edit");
    await maker.fill("Name", "Monday report");
    await maker.finishes("Save", /^You edited/);
    await maker.press("Delete");
    await maker.finishes("Delete", "You deleted Monday report");
    await maker.page.getByRole("heading", { name: "Automations", level: 1 }).waitFor();
  }),

  story("a coming-soon kind is there, says so, and cannot be made past the page", "pinkfish", async ({ as }) => {
    const member = await as(jonas, "/o/brightside/content/vault");
    const vault = { command: "create_resource", resource: "vault/mine", parent: "organization/brightside", name: "Mine" };
    const says = await member.mayNot("New vault", vault, "not_available_yet");
    expect(says, "“Create vaults” is not available yet.", "what it says");
  }),
];
