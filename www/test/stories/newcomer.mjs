// What somebody does who has never seen the console.
import { expect, must } from "../expect.mjs";
import { ana, bo, emma } from "./cast.mjs";
import { PAGE } from "./person.mjs";
import { story } from "./story.mjs";

export const stories = [
  story("a newcomer is told who is who, and finds somebody by their role", "pinecone", async ({ house, as }) => {
    const { page } = await as();
    await page.goto(house.address + PAGE);
    await page.getByRole("button", { name: /Ana Moreau Organization owner of Acme/ }).waitFor();
    await page.getByLabel("Find somebody").fill("billing admin");
    await page.getByRole("button", { name: /Chiara Rossi/ }).waitFor();
    expect(await page.getByRole("button", { name: /Ana Moreau/ }).count(), 0, "those who are none");
    must((await page.getByRole("link", { name: "the playground" }).getAttribute("href")).length > 0, "the way to the playground");
  }),

  story("a hidden entry of the navigation says why it is hidden, and whom to ask", "pinecone", async ({ as }) => {
    const user = await as(bo, "/o/acme/");
    await user.press("Why?");
    await user.page.locator(".side").getByRole("button", { name: "Billing and usage" }).click();
    await user.form.getByText("This needs the Billing admin role.").waitFor();
    await user.form.getByText(/ask whoever is Organization owner of Acme/).first().waitFor();
    await user.closes();
    await user.page.locator(".why-line", { hasText: "Members, Who can do what, Activity" }).waitFor();
  }),

  story("from inside an organization there is a way to all of them, and whoever comes next begins there", "pinecone", async ({ as }) => {
    const owner = await as(ana, "/o/acme/members");
    await owner.press(`Account of ${ana}`);
    await owner.press("All organizations");
    await owner.page.getByRole("heading", { name: `Hello, ${ana}` }).waitFor();
    await owner.goes("/o/acme/members");
    await owner.press(`Account of ${ana}`);
    await owner.press("Sign out");
    await owner.page.getByRole("button", { name: /Bo Lindqvist/ }).click();
    await owner.page.getByRole("heading", { name: "Hello, Bo Lindqvist" }).waitFor();
  }),

  story("the overview says what one is, and how many belong here to who may see that", "pinecone", async ({ as }) => {
    const owner = await as(ana, "/o/acme/");
    await owner.page.getByRole("link", { name: "Members 27" }).waitFor();
    await owner.page.getByRole("link", { name: /^Ad creative \d+ with roles of their own$/ }).waitFor();
    const user = await as(bo, "/o/acme/projects");
    await user.page.getByLabel("Search projects").fill("product");
    await user.page.getByRole("link", { name: "Product search Project owner" }).waitFor();
    expect(await user.page.getByRole("link", { name: /^Ad creative/ }).count(), 0, "projects that do not match");
    await user.goes("/o/acme/");
    await user.sees("Organization user");
    expect(await user.page.getByRole("heading", { name: "People" }).count(), 0, "numbers of people for a user");
  }),

  story("who comes into an organization, or opens a pane, has the focus there", "pinecone", async ({ as }) => {
    const owner = await as(ana, "/", { reducedMotion: "reduce" });
    const { page } = owner;
    const focusOn = (name) => page.waitForFunction((text) => document.activeElement?.textContent?.trim() === text || document.activeElement?.getAttribute("aria-label") === text, name);
    await page.getByRole("link", { name: /^Acme/ }).focus();
    await page.keyboard.press("Enter");
    await focusOn("Acme");
    await owner.press("View as");
    await page.keyboard.type("Bo Lind");
    await owner.form.getByRole("button", { name: /Bo Lindqvist/ }).click();
    await focusOn("Close the pane");
  }),

  story("an invite says what none chosen means, and that nothing happens until it is accepted", "pinecone", async ({ as }) => {
    const owner = await as(ana, "/o/acme/members");
    await owner.press("Invite");
    await owner.fill("E-mail address", "zoe@new.example");
    await owner.ticks("Organization user");
    await owner.chooses(/Add a project/, "Churn insights");
    await owner.form.getByText("If you choose none: Project owner").waitFor();
    await owner.foresees("Nothing yet: they get these roles when they accept.");
  }),

  story("what was overtaken is not offered to be undone, and the activity names what was deleted", "pinecone", async ({ as }) => {
    const owner = await as(ana, "/o/acme/members");
    const change = async (tick, untick, roles) => {
      await owner.press("Change roles of Emma Johansson");
      await owner.ticks(tick);
      await owner.ticks(untick);
      await owner.finishes("Save", `You changed the roles of Emma Johansson to ${roles}`);
    };
    await change("Billing admin", "Organization user", "Billing admin");
    await change("Organization user", "Billing admin", "Organization user");
    await owner.goes("/o/acme/projects/store-locator");
    await owner.press("Delete");
    await owner.finishes("Delete", "You deleted the project Store locator");
    await owner.goes("/o/acme/activity");
    await owner.sees("deleted the project Store locator");
    const undone = await owner.page.locator(".changes li", { hasText: "roles of Emma" }).evaluateAll((lines) =>
      lines.map((line) => line.querySelectorAll("button").length),
    );
    expect(undone, [1, 0], `the buttons beside what became of ${emma}, the newest first`);
  }),

  story("a role is needed, a key is rotated only when that was confirmed, and people who lose the same stand together", "pinecone", async ({ as }) => {
    const owner = await as(ana, "/o/acme/members");
    await owner.press("Change roles of Bo Lindqvist");
    await owner.ticks("Organization user");
    await owner.form.getByText(/^A member holds one at least/).waitFor();
    await owner.closes();
    await owner.goes("/o/acme/projects/store-locator");
    await owner.tab("API keys");
    await owner.press("Rotate", "Store locator, production");
    await owner.form.getByText(/What uses the old one stops working/).waitFor();
    await owner.closes();
    expect(await owner.page.getByText("rotated once").count(), 0, "keys that were rotated");
    await owner.press("Delete");
    await owner.foresees("Store locator, production, Store locator, staging");
    await owner.form.getByRole("button", { name: /^and \d+ more$/ }).first().click();
    await owner.foresees(/Update pod limits|Delete a vector/);
  }),
];
