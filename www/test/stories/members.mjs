// Who belongs to an organization, and as what.
import { expect, must } from "../expect.mjs";
import { ana, alice, bo, chiara, diego, jonas, lena, maya, sam } from "./cast.mjs";
import { story } from "./story.mjs";

const inviting = (address) => ({ command: "invite_member", invite: "by-hand", address, roles: ["organization_user"] });

export const stories = [
  story("an owner invites somebody into a project, and they accept", "pinecone", async ({ as }) => {
    const owner = await as(ana, "/o/acme/members");
    await owner.press("Invite");
    await owner.fill("Address", "kim.new@acme.example");
    await owner.ticks("Organization user");
    await owner.chooses(/Add a project/, "Product search");
    await owner.ticks("Project user");
    await owner.foresees(/^Nothing yet/);
    await owner.finishes("Invite", "You invited kim.new@acme.example as Organization user");
    await owner.sees(/Sent by Ana Moreau/);

    const kim = await as("kim.new@acme.example");
    await kim.sees("as Organization user");
    await kim.press("Accept");
    await kim.follows(/^Acme/);
    await kim.follows("Projects");
    await kim.follows(/Product search/);
    await kim.has("Query vectors");
    await kim.lacks("Delete", { command: "delete_project", project: "product-search" }, "no_role");
    await owner.page.getByRole("row", { name: /kim\.new/ }).waitFor();
  }),

  story("an invite is sent again, and deleted: then it is accepted by nobody", "pinecone", async ({ as }) => {
    const guest = await as(lena);
    await guest.has("Accept");
    const owner = await as(ana, "/o/acme/members");
    await owner.press("Send again", lena);
    await owner.told(`You sent the invite of ${lena} again`);
    await owner.press("Delete", lena);
    await owner.finishes("Delete", `You deleted the invite of ${lena}`);
    await guest.press("Accept");
    await guest.sees(/You could not join Acme|The invite could not be accepted/);
    await guest.page.getByText("You belong to no organization yet").waitFor();
  }),

  story("who is no owner invites nobody, and sees no invites", "pinecone", async ({ as }) => {
    for (const person of [bo, chiara]) {
      const { page } = await as(person, "/o/acme/members");
      await page.getByText(/is not yours to see/).waitFor();
      must(!(await page.getByText(lena).isVisible()), `${person} is shown who is invited`);
    }
    const user = await as(bo, "/o/acme/members");
    await user.lacks("Invite", inviting("friend@acme.example"), "no_role");
    await user.cannot({ command: "delete_invite", invite: "invite-lena" }, "no_role");
    await user.cannot({ command: "resend_invite", invite: "invite-lena" }, "no_role");
    await user.cannot({ command: "change_member_roles", member: `user/${bo}`, roles: ["organization_owner"] }, "no_role");
  }),

  story("a change of roles says beforehand who gains and loses what, and does nothing before it is saved", "pinecone", async ({ as }) => {
    const owner = await as(ana, "/o/acme/members");
    const theirs = await as(bo, "/o/acme/");
    expect(await theirs.places(), ["Overview", "Projects", "Roles", "Settings"], "where an organization user goes");
    await owner.press("Change roles of Bo Lindqvist");
    await owner.ticks("Billing admin");
    await owner.ticks("Organization user");
    await owner.foresees("View billing details");
    await owner.foresees("gains");
    await owner.foresees("loses");
    await owner.foresees(/Create projects/);
    expect(await theirs.places(), ["Overview", "Projects", "Roles", "Settings"], "where they go before it is saved");
    await owner.finishes("Save", "You changed the roles of Bo Lindqvist to Billing admin");
    await theirs.page.getByRole("link", { name: "Billing and usage" }).waitFor();
    await theirs.follows("Projects");
    await theirs.mayNot("New project", { command: "create_project", project: "mine", name: "Mine" }, "no_role");
  }),

  story("who is suspended has nothing, and what they held once they are restored", "pinecone", async ({ as }) => {
    const theirs = await as(bo, "/o/acme/projects");
    const owner = await as(ana, "/o/acme/members");
    await owner.press("Suspend Bo Lindqvist");
    await owner.finishes("Suspend", "You suspended Bo Lindqvist");
    await theirs.page.getByRole("heading", { name: "There is no such organization for you" }).waitFor();
    await theirs.goes("/");
    await theirs.sees("Suspended");
    await owner.press("Restore Bo Lindqvist");
    await owner.finishes("Restore", "You restored Bo Lindqvist");
    await theirs.page.reload();
    await theirs.follows(/^Acme/);
    await theirs.follows("Projects");
    await theirs.follows(/Product search/);
    await theirs.has("Delete");
  }),

  story("who is removed while the page is open is shown nothing of it any more", "pinecone", async ({ as }) => {
    const theirs = await as(bo, "/o/acme/projects");
    const owner = await as(ana, "/o/acme/members");
    await owner.press("Remove Bo Lindqvist");
    await owner.foresees("loses");
    await owner.finishes("Remove", "You removed Bo Lindqvist from Acme");
    await theirs.page.getByRole("heading", { name: "There is no such organization for you" }).waitFor();
  }),

  story("what only one holds goes to a successor", "pinkfish", async ({ as }) => {
    const path = "/o/brightside/content/automation/weekly-pipeline-digest";
    const successor = await as(alice, path);
    await successor.sees("You have: View");
    const admin = await as(maya, "/o/brightside/members");
    await admin.press("Remove Jonas Weber");
    await admin.picks("Successor", "Alice Huang");
    await admin.finishes("Remove", "You removed Jonas Weber from Brightside");
    await successor.sees("You have: Edit");
    const gone = await as(jonas);
    await gone.sees("You belong to no organization yet");
  }),

  story("somebody leaves", "pinecone", async ({ as }) => {
    const leaver = await as(chiara, "/o/acme/settings");
    await leaver.press("Leave");
    await leaver.finishes("Leave", "You left Acme");
    await leaver.page.getByRole("heading", { name: /^Hello/ }).waitFor();
    await leaver.page.getByText("Acme", { exact: true }).waitFor({ state: "detached" });
    expect(await leaver.page.locator(".cards b").allInnerTexts(), ["Acme Research"], "what they still belong to");
  }),

  story("the last owner is told why they cannot go, in whatever way", "pinecone", async ({ as }) => {
    const why = "An organization keeps an owner: make another one first.";
    const owner = await as(ana, "/o/acme/members");
    await owner.press("Change roles of Diego Fernández");
    await owner.ticks("Organization user");
    await owner.ticks("Organization owner");
    await owner.finishes("Save", "You changed the roles of Diego Fernández to Organization user");
    await owner.page.locator("tr", { hasText: "Ana Moreau" }).getByText("Last owner").waitFor();
    const me = `user/${ana}`;
    await owner.press("Remove Ana Moreau");
    await owner.sees(/is the only active Organization owner/);
    await owner.cannotFinish("Remove", why, { command: "remove_member", member: me }, "last_owner");
    await owner.closes();
    await owner.press("Suspend Ana Moreau");
    await owner.cannotFinish("Suspend", why, { command: "suspend_member", member: me }, "last_owner");
    await owner.closes();
    await owner.press("Change roles of Ana Moreau");
    const lower = { command: "change_member_roles", member: me, roles: ["organization_user"] };
    await owner.cannotFinish("Save", /is the only active Organization owner/, lower, "last_owner");
    await owner.closes();
    await owner.goes("/o/acme/settings");
    await owner.press("Leave");
    await owner.cannotFinish("Leave", why, { command: "leave_organization" }, "last_owner");
  }),

  story("an organization user sees no members and changes nobody", "pinecone", async ({ as }) => {
    const user = await as(bo, "/o/acme/members");
    const other = `user/${diego}`;
    await user.lacks("Remove Diego Fernández", { command: "remove_member", member: other }, "no_role");
    await user.lacks("Suspend Diego Fernández", { command: "suspend_member", member: other }, "no_role");
    await user.goes("/o/acme/settings");
    await user.lacks("Rename", { command: "rename_organization", name: "Mine" }, "no_role");
    await user.lacks("Delete", { command: "delete_organization" }, "no_role");
  }),

  story("a billing admin sees to the bills, and to nothing else", "pinecone", async ({ as }) => {
    const admin = await as(chiara, "/o/acme/billing");
    for (const action of ["View billing details", "Update billing details", "View usage details", "View support plans"])
      await admin.has(action);
    await admin.press("Update billing details");
    await admin.sees(/Allowed as Billing admin of Acme/);
    expect(
      await admin.places(),
      ["Overview", "Projects", "Roles", "Billing and usage", "Settings"],
      "where a billing admin goes",
    );
    await admin.goes("/o/acme/projects");
    await admin.mayNot("New project", { command: "create_project", project: "mine", name: "Mine" }, "no_role");
    await admin.goes("/o/acme/members");
    await admin.lacks("Invite", inviting("friend@acme.example"), "no_role");
    const user = await as(bo, "/o/acme/billing");
    expect(await user.button("View billing details").count(), 0, "buttons about money of an organization user");
  }),

  story("an edition for one person lets nobody in, and says which edition would", "pinkfish", async ({ as }) => {
    const alone = await as(sam, "/o/fernway/members");
    const invite = { ...inviting(maya), roles: ["organization_member"] };
    const says = await alone.mayNot("Invite", invite, "feature_unavailable");
    must(/edition/i.test(says), `an edition is named in “${says}”`);
    const admin = await as(maya, "/o/brightside-staging/members");
    await admin.has("Invite");
  }),
];
