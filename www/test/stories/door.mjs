// Who comes in, and to which organizations.
import { expect, must } from "../expect.mjs";
import { ana, bo, chiara, jonas, maya, sam } from "./cast.mjs";
import { PAGE } from "./person.mjs";
import { story } from "./story.mjs";

const switchers = ({ page }) => page.locator("button.switcher").count();

export const stories = [
  story("somebody signs in by choosing who they are, and out again", "pinecone", async ({ house, as }) => {
    const { page } = await as();
    await page.goto(house.address + PAGE);
    await page.getByRole("heading", { name: "Sign in to Pinecone" }).waitFor();
    await page.getByLabel("Find somebody").fill("chiara");
    await page.getByRole("button", { name: /Chiara Rossi/ }).click();
    await page.getByRole("heading", { name: "Hello, Chiara Rossi" }).waitFor();
    expect(await page.locator(".cards b").allInnerTexts(), ["Acme", "Acme Research"], "the organizations of Chiara");
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "Sign in to Pinecone" }).waitFor();
    expect(await page.evaluate(() => Object.keys(sessionStorage)), [], "what is kept of who was signed in");
  }),

  story("somebody new signs up, and belongs to nothing yet", "pinecone", async ({ house, as }) => {
    const { page } = await as();
    await page.goto(house.address + PAGE);
    await page.getByLabel("Address").fill("newcomer@elsewhere.example");
    await page.getByLabel("Name").fill("Nele Comer");
    await page.getByRole("button", { name: "Sign up" }).click();
    await page.getByRole("heading", { name: "Hello, Nele Comer" }).waitFor();
    await page.getByText("You belong to no organization yet").waitFor();
  }),

  story("who belongs to two organizations switches between them", "pinecone", async ({ as }) => {
    const inBoth = await as(chiara, "/o/acme/");
    await inBoth.page.locator("button.switcher").click();
    await inBoth.page.getByRole("menuitem", { name: "Acme Research" }).click();
    await inBoth.page.getByRole("heading", { name: "Acme Research", level: 1 }).waitFor();
    expect(inBoth.organization, "acme-research", "the organization after the switch");
  }),

  story("who belongs to one organization has no switcher, whatever their role", "pinecone", async ({ as }) => {
    for (const person of [ana, bo]) expect(await switchers(await as(person, "/o/acme/")), 0, `switchers of ${person}`);
  }),

  story("an organization of others is not there at all", "pinecone", async ({ as }) => {
    const outside = await as(bo, "/o/acme-ventures/");
    expect(await outside.title(), "There is no such organization for you", "another's organization");
    await outside.goes("/o/acme-nowhere/");
    expect(await outside.title(), "There is no such organization for you", "no organization");
  }),

  story("an address creates one organization, owns it, and no second one", "pinecone", async ({ as }) => {
    const founder = await as("founder@new.example");
    await founder.press("Create an organization");
    await founder.fill("Name", "Newcomers");
    await founder.finishes("Create", "You created Newcomers");
    await founder.page.getByRole("heading", { name: "Newcomers", level: 1 }).waitFor();
    expect(await switchers(founder), 0, "switchers for one organization");
    must((await founder.places()).includes("Members"), "who creates an organization owns it");
    await founder.goes("/");
    await founder.press("Create an organization");
    await founder.fill("Name", "Once more");
    await founder.form.getByRole("button", { name: "Create", exact: true }).click();
    await founder.form.locator(".trouble").waitFor();
    const again = await founder.page.evaluate(async () => {
      const authorization = `Bearer ${sessionStorage.getItem("bailiwick-token")}`;
      const body = JSON.stringify({ id: "by-hand", command: "create_organization", organization: "second", name: "Second" });
      const headers = { authorization, "content-type": "application/json" };
      const response = await fetch("/api/organizations", { method: "POST", headers, body });
      return [response.status, (await response.json()).reason];
    });
    expect(again, [409, "conflict"], "a second organization, sent by hand");
  }),

  story("an admin makes a further organization where the edition has that", "pinkfish", async ({ as }) => {
    const admin = await as(maya, "/o/brightside/");
    await admin.page.locator("button.switcher").click();
    await admin.page.getByRole("menuitem", { name: "Create an organization" }).click();
    await admin.fill("Name", "Brightside Customers");
    await admin.finishes("Create", "You created Brightside Customers");
    await admin.page.getByRole("heading", { name: "Brightside Customers", level: 1 }).waitFor();
    must((await switchers(admin)) === 1, "who has three organizations switches between them");
    const member = await as(jonas, "/o/brightside/settings");
    expect(await switchers(member), 0, "switchers of a member of one");
    expect(await member.button("Create an organization").count(), 0, "buttons of a member that make an organization");
    const alone = await as(sam, "/o/fernway/settings");
    const button = alone.button("Create an organization");
    expect(await button.getAttribute("aria-disabled"), "true", "the button in an edition for one organization");
  }),
];
