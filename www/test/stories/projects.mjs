// Projects: their members, their API keys, and the programs that work in them.
import { expect, must } from "../expect.mjs";
import { aiko, ana, bo, diego, emma, julia } from "./cast.mjs";
import { story } from "./story.mjs";

const copilot = "/o/acme/projects/support-copilot";

export const stories = [
  story("a user makes a project, owns it, renames and deletes it", "pinecone", async ({ as }) => {
    const user = await as(bo, "/o/acme/projects");
    await user.press("New project");
    await user.fill("Name", "Night owls");
    await user.finishes("Create", "You created the project “Night owls”");
    await user.page.getByRole("heading", { name: "Night owls", level: 1 }).waitFor();
    await user.press("Rename");
    await user.fill("Name", "Early birds");
    await user.finishes("Rename", "You renamed a project to “Early birds”");
    await user.page.getByRole("heading", { name: "Early birds", level: 1 }).waitFor();
    await user.press("Delete");
    await user.finishes("Delete", "You deleted the project Early birds");
    await user.page.getByRole("heading", { name: "Projects", level: 1 }).waitFor();
    await user.page.locator(".cards b", { hasText: "Early birds" }).waitFor({ state: "detached" });
  }),

  story("an edition for one project lets nobody make a second one", "pinecone", async ({ as }) => {
    const owner = await as(julia, "/o/acme-ventures/projects");
    const second = { command: "create_project", project: "second", name: "Second" };
    must((await owner.mayNot("New project", second, "limit_reached")).length > 0, "it says so");
  }),

  story("the owner of a project lets somebody in, changes what they are there, and removes them", "pinecone", async ({ as }) => {
    const owner = await as(emma, copilot);
    await owner.tab("Members");
    await owner.press("Add");
    await owner.form.getByRole("combobox", { name: "Who" }).fill(diego);
    await owner.ticks("Project user");
    await owner.finishes("Add", new RegExp(`^You added .* to Support copilot as Project user$`));
    await owner.press("Change roles of Bo Lindqvist");
    await owner.ticks("Project owner");
    await owner.foresees("gains");
    const theirs = await as(bo, copilot);
    expect(await theirs.button("Delete").count(), 0, "buttons that delete, before it is saved");
    await owner.finishes("Save", /^You changed the roles of Bo Lindqvist in Support copilot to Project user and Project owner$/);
    await theirs.has("Delete");
    await owner.press("Remove Bo Lindqvist");
    await owner.foresees("loses");
    await owner.finishes("Remove", "You removed Bo Lindqvist from Support copilot");
    await theirs.button("Query vectors").waitFor({ state: "detached" });
    await theirs.lacks("Delete", { command: "delete_project", project: "support-copilot" }, "no_role");
  }),

  story("who may invite asks a stranger into a project from there, with roles for both", "pinecone", async ({ as }) => {
    const owner = await as(ana, copilot);
    await owner.tab("Members");
    await owner.press("Add");
    await owner.form.getByRole("combobox", { name: "Who" }).fill("kim.new@acme.example");
    await owner.sees(/is no member of Acme yet/);
    await owner.ticks("Organization user");
    await owner.ticks("Project user");
    await owner.finishes("Invite", "You invited kim.new@acme.example as Organization user");
    await owner.at("kim.new@acme.example").getByText(/Support copilot \(Project user\)/).waitFor();
    await owner.press("Add");
    await owner.form.getByRole("combobox", { name: "Who" }).fill("kim.new@acme.example");
    await owner.sees(/has a pending invite/);
    await owner.closes();
    const kim = await as("kim.new@acme.example");
    await kim.press("Accept");
    await kim.follows(/^Acme/);
    await kim.goes(copilot);
    await kim.has("Query vectors");
    await kim.lacks("Delete", { command: "delete_project", project: "support-copilot" }, "no_role");
  }),

  story("who owns a project and invites nobody is told whom to ask for a stranger", "pinecone", async ({ as }) => {
    const owner = await as(emma, copilot);
    await owner.tab("Members");
    await owner.press("Add");
    await owner.form.getByRole("combobox", { name: "Who" }).fill("kim.new@acme.example");
    await owner.form.getByText(/has to be invited first, and that is not yours to do/).waitFor();
    await owner.form.getByText(/ask whoever is Organization owner of Acme/).first().waitFor();
    expect(await owner.form.getByRole("checkbox").count(), 0, "roles that are offered for a stranger");
    const member = { project: "support-copilot", member: "user/kim.new@acme.example", roles: ["project_user"] };
    await owner.cannotFinish("Add", /Nobody of this name belongs/, { command: "add_project_member", ...member }, "unknown_principal");
    const invite = { command: "invite_member", invite: "by-hand", address: "kim.new@acme.example", roles: ["organization_user"] };
    await owner.cannot({ ...invite, projects: [{ project: "support-copilot", roles: ["project_user"] }] }, "no_role");
    await owner.closes();
    const user = await as(bo, copilot);
    await user.tab("Members");
    await user.lacks("Add", { ...invite, projects: [{ project: "support-copilot", roles: ["project_owner"] }] }, "no_role");
  }),

  story("a member of a project without a right to it asks nobody in and removes nobody", "pinecone", async ({ as }) => {
    const user = await as(bo, copilot);
    await user.tab("Members");
    await user.sees("Emma Johansson");
    const project = "support-copilot";
    const other = `user/${emma}`;
    const owner = ["project_owner"];
    await user.lacks("Add", { command: "add_project_member", project, member: `user/${diego}`, roles: owner }, "no_role");
    await user.lacks("Change roles of Emma Johansson", { command: "change_project_member", project, member: other, roles: ["project_user"] }, "no_role");
    await user.lacks("Change roles of Bo Lindqvist", { command: "change_project_member", project, member: `user/${bo}`, roles: owner }, "no_role");
    await user.lacks("Remove Emma Johansson", { command: "remove_project_member", project, member: other }, "no_role");
    await user.lacks("Delete", { command: "delete_project", project }, "no_role");
    await user.mayNot("Rename", { command: "rename_project", project, name: "Mine" }, "no_role");
  }),

  story("who would move a project is told who can, and nobody moves one past the page", "pinecone", async ({ as }) => {
    const owner = await as(emma, copilot);
    await owner.press("Move");
    await owner.fill("To", "acme-research");
    const why = "A project belongs to its organization for good: support can move it.";
    const command = { command: "move_project", project: "support-copilot", to: "acme-research" };
    await owner.cannotFinish("Move", why, command, "contact_support");
    await owner.closes();
    const user = await as(bo, copilot);
    await user.lacks("Move", command, "contact_support");
  }),

  story("who works in a project leaves it without any right", "pinecone", async ({ as }) => {
    const user = await as(bo, copilot);
    await user.tab("Members");
    await user.press("Leave Support copilot");
    await user.finishes("Leave", "You removed Bo Lindqvist from Support copilot");
    await user.tab("Use");
    await user.button("Query vectors").waitFor({ state: "detached" });
    await user.cannot({ command: "delete_project", project: "support-copilot" }, "no_role");
  }),

  story("an owner makes, rotates and deletes an API key; a user sees keys, and does none of that", "pinecone", async ({ as }) => {
    const owner = await as(emma, copilot);
    await owner.tab("API keys");
    await owner.press("New key");
    await owner.fill("Name", "Night run");
    await owner.finishes("Create", "You created the API key “Night run” of Support copilot");
    await owner.press("Rotate", "Night run");
    await owner.finishes("Rotate", "You rotated the key Night run");
    await owner.sees(/rotated once/);
    const user = await as(bo, copilot);
    await user.tab("API keys");
    await user.sees("Night run");
    const key = "key-support-copilot-production";
    await user.lacks("Rotate", { command: "rotate_api_key", key }, "no_role");
    await user.lacks("Delete Night run", { command: "delete_api_key", key }, "no_role");
    await user.mayNot("New key", { command: "create_api_key", project: "support-copilot", key: "mine", name: "Mine" }, "no_role");
    await owner.press("Delete Night run");
    await owner.finishes("Delete", "You deleted the key Night run");
    await user.page.getByText("Night run").waitFor({ state: "detached" });
  }),

  story("an owner makes a service account with a role, changes and deletes it", "pinecone", async ({ as }) => {
    const owner = await as(ana, "/o/acme/accounts");
    await owner.press("New service account");
    await owner.fill("Name", "Invoice reader");
    await owner.ticks("Billing admin");
    await owner.finishes("Create", "You created the service account “Invoice reader” as Billing admin");
    await owner.press("Change roles of Invoice reader");
    await owner.ticks("Organization user");
    await owner.foresees("gains");
    await owner.finishes("Save", "You changed the roles of Invoice reader");
    await owner.at("Invoice reader").getByText(/Organization user/).waitFor();
    await owner.press("Delete Invoice reader");
    await owner.finishes("Delete", "You deleted the service account Invoice reader");
    await owner.page.locator(".row", { hasText: "Invoice reader" }).waitFor({ state: "detached" });
  }),

  story("an edition without service accounts lets nobody make one, and a user sees none", "pinecone", async ({ as }) => {
    const command = { command: "create_service_account", account: "mine", name: "Mine", roles: ["organization_owner"] };
    const owner = await as(aiko, "/o/acme-research/accounts");
    await owner.mayNot("New service account", command, "feature_unavailable");
    const user = await as(bo, "/o/acme/accounts");
    await user.lacks("New service account", command, "no_role");
    await user.lacks("Delete Terraform", { command: "delete_service_account", account: "terraform" }, "no_role");
  }),
];
