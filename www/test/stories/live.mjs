// What others change while one looks, and what stays when the service goes.
import { expect, must } from "../expect.mjs";
import { ana, bo, chiara } from "./cast.mjs";
import { story } from "./story.mjs";

/** In milliseconds, from the press to the button in the other browser. */
const SOON = 1_000;

export const stories = [
  story("what one changes arrives in another's browser within a second, and their buttons follow", "pinecone", async ({ as }) => {
    const owner = await as(ana, "/o/acme/members");
    const theirs = await as(bo, "/o/acme/settings");
    expect(await theirs.button("Rename").count(), 0, "buttons that rename, before");
    await owner.press("Change roles of Bo Lindqvist");
    await owner.ticks("Organization owner");
    await owner.foresees("gains");
    const start = Date.now();
    await owner.form.getByRole("button", { name: "Save", exact: true }).click();
    await theirs.has("Rename");
    const spent = Date.now() - start;
    must(spent < SOON, `it took ${spent} ms`);
    await theirs.press("Rename");
    await theirs.fill("Name", "Acme Works");
    await theirs.finishes("Rename", "You renamed the organization to “Acme Works”");
    await owner.page.locator(".switcher", { hasText: "Acme Works" }).waitFor();
  }),

  story("what was changed is there after the authority was stopped and started", "pinecone", async ({ house, as }) => {
    const owner = await as(ana, "/o/acme/members");
    await owner.press("Change roles of Bo Lindqvist");
    await owner.ticks("Billing admin");
    await owner.finishes("Save", "You changed the roles of Bo Lindqvist to Organization user and Billing admin");
    await owner.press("Remove Chiara Rossi");
    await owner.finishes("Remove", "You removed Chiara Rossi from Acme");
    await house.stop();
    await owner.sees(/The service does not answer/);
    must(await owner.page.getByRole("heading", { name: "Members" }).isVisible(), "the page went with the service");
    await house.restart();
    await owner.page.locator(".cut").waitFor({ state: "detached" });
    const later = await as(ana, "/o/acme/members");
    await later.at("Bo Lindqvist").getByText(/Billing admin/).waitFor();
    expect(await later.page.locator("tr", { hasText: "Chiara Rossi" }).count(), 0, "rows of who was removed");
    const billing = await as(bo, "/o/acme/billing");
    await billing.has("Update billing details");
    const gone = await as(chiara, "/o/acme/");
    expect(await gone.title(), "There is no such organization for you", "what who was removed sees");
  }),

  story("what was done stands in the activity, and is taken back there", "pinecone", async ({ as }) => {
    const owner = await as(ana, "/o/acme/members");
    await owner.press("Change roles of Chiara Rossi");
    await owner.ticks("Organization owner");
    await owner.finishes("Save", "You changed the roles of Chiara Rossi to Billing admin and Organization owner");
    await owner.follows("Activity");
    await owner.press("Undo");
    await owner.foresees("loses");
    await owner.finishes("Undo", "You changed the roles of Chiara Rossi to Billing admin");
    await owner.page.locator(".changes > li").nth(1).waitFor();
  }),

  story("the page is seen as somebody else, beside", "pinecone", async ({ as }) => {
    const owner = await as(ana, "/o/acme/members");
    const { page } = owner;
    await owner.press("View as");
    await page.getByRole("dialog").getByRole("button", { name: /Chiara Rossi/ }).click();
    const pane = page.frameLocator("iframe");
    await pane.getByText("Seen as Chiara Rossi").waitFor();
    await pane.getByText(/is not yours to see/).waitFor();
    must(await page.getByRole("button", { name: "Invite", exact: true }).isVisible(), "the own page changed with it");
  }),
];
