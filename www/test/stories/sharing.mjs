// Content that is shared thing by thing.
import { expect } from "../expect.mjs";
import { alice, esther, jonas, kofi, maya } from "./cast.mjs";
import { story } from "./story.mjs";

const digest = "/o/brightside/content/automation/weekly-pipeline-digest";
const forecast = "/o/brightside/content/automation/forecast-roll-up";
const salesforce = "/o/brightside/content/connection/salesforce-service-user";
const resource = "automation/weekly-pipeline-digest";
const NONE = "No such automation";

/** Shares what is open with somebody. */
async function shares(person, name, level, until) {
  await person.press("Share");
  await person.picks("With", name);
  await person.chooses(/Level/, new RegExp(`^${level}`));
  if (until !== undefined) await person.fill("Until", until);
  await person.finishes("Share", new RegExp(`^You shared .* with ${name} as “${level}”`));
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
    await shares(owner, "Kofi Asante", "View");
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
    await shares(owner, "Kofi Asante", "Run");
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
    const owner = await as(jonas, digest);
    await shares(owner, "Customer support", "View");
    const inside = await as(kofi, digest);
    await inside.sees("You have: View by Customer support");
    const outside = await as(esther, digest);
    expect(await outside.title(), NONE, "for who is not in the group");
    await takesBack(owner, "Customer support");
    await inside.page.getByRole("heading", { name: NONE }).waitFor();
  }),

  story("shared with everyone, everyone has it, and nobody once it is taken back", "pinkfish", async ({ as }) => {
    const owner = await as(jonas, digest);
    await shares(owner, "Everyone in the organization", "View");
    const other = await as(esther, digest);
    await other.sees("You have: View as everyone");
    await takesBack(owner, "Everyone in the organization");
    await other.page.getByRole("heading", { name: NONE }).waitFor();
  }),

  story("a share that ends says until when, and one that has ended gives nothing", "pinkfish", async ({ as }) => {
    const owner = await as(jonas, digest);
    await shares(owner, "Kofi Asante", "View", "2030-06-30");
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
