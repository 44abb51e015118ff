// What stays as it is while others change things, and while there is much.
import { expect, must } from "../expect.mjs";
import { ana, bo, chiara, jonas, maya, tara } from "./cast.mjs";
import { story } from "./story.mjs";

/** Notes from now on what of the page goes away or waits: a title that is replaced, a skeleton that comes. */
const watchFlicker = (page) =>
  page.evaluate(() => {
    window.flicker = [];
    const title = document.querySelector("h1");
    const table = document.querySelector("main.page table, main.page .rows");
    new MutationObserver((all) => {
      for (const { addedNodes } of all)
        for (const node of addedNodes)
          if (node.nodeType === 1 && (node.matches(".skeleton") || node.querySelector(".skeleton") !== null)) window.flicker.push("a skeleton");
      if (!title.isConnected) window.flicker.push("the title was replaced");
      if (table !== null && !table.isConnected) window.flicker.push("the list was replaced");
    }).observe(document.body, { childList: true, subtree: true });
  });

/** How many members the large organization has. */
const MANY = 10_000;

/** Lets the view of Acme arrive as if so many belonged to it: what is decided about them is decided of Acme. */
async function enlarge(page) {
  const ids = Array.from({ length: MANY }, (_, place) => String(place).padStart(5, "0"));
  await page.route("**/api/organizations/acme/view", async (route) => {
    const response = await route.fetch();
    const body = await response.json();
    const { organizations, people } = body.document;
    organizations[0].members.push(...ids.map((id) => ({ member: `user/p${id}@large.example`, roles: ["organization_user"] })));
    people.push(...ids.map((id) => ({ id: `p${id}@large.example`, name: `Person ${id}` })));
    await route.fulfill({ response, json: body });
  });
}

export const stories = [
  story("while somebody else changes things, nothing that is on the page goes away or waits", "pinecone", async ({ as }) => {
    const places = ["/members", "/groups", "/projects", "/projects/product-search", "/activity", "/billing", "/settings", "/access", "/sso"];
    const lookers = [];
    for (const place of places) lookers.push(await as(ana, `/o/acme${place}`));
    for (const { page } of lookers) {
      await page.locator(".skeleton").first().waitFor({ state: "detached" });
      await watchFlicker(page);
    }
    const other = await as("diego.fernandez@acme.example", "/o/acme/members");
    await other.press("Change roles of Bo Lindqvist");
    await other.ticks("Billing admin");
    await other.finishes("Save", /^You changed the roles of Bo/);
    await other.press("Suspend Chiara Rossi");
    await other.finishes("Suspend", "You suspended Chiara Rossi");
    await lookers[0].at("Chiara Rossi").getByText("Suspended").waitFor();
    await lookers[4].sees(/suspended Chiara Rossi/);
    for (const [at, { page }] of lookers.entries()) expect(await page.evaluate(() => window.flicker), [], `what flickers at ${places[at]}`);
  }),

  story("a dialog that was left, or that somebody else has overtaken, begins anew", "pinecone", async ({ as }) => {
    const owner = await as(ana, "/o/acme/members");
    const checked = () => owner.form.getByRole("checkbox", { checked: true }).evaluateAll((all) => all.map((one) => one.value));
    await owner.press("Change roles of Bo Lindqvist");
    await owner.ticks("Organization owner");
    await owner.closes();
    await owner.form.waitFor({ state: "detached" });
    await owner.press("Change roles of Bo Lindqvist");
    await owner.form.getByRole("checkbox").first().waitFor();
    expect(await checked(), ["organization_user"], "what is ticked after it was left");
    await owner.closes();
    await owner.form.waitFor({ state: "detached" });
    const other = await as("diego.fernandez@acme.example", "/o/acme/members");
    await other.press("Change roles of Bo Lindqvist");
    await other.ticks("Billing admin");
    await other.finishes("Save", /^You changed the roles of Bo/);
    await owner.at("Bo Lindqvist").getByText(/Billing admin/).waitFor();
    await owner.press("Change roles of Bo Lindqvist");
    await owner.form.getByRole("checkbox").first().waitFor();
    expect((await checked()).sort(), ["organization_billing_admin", "organization_user"], "what is ticked after another changed it");
  }),

  story("10,000 members are searched, sorted and scrolled, with the buttons of each row decided", "pinecone", async ({ as }) => {
    const owner = await as(ana, "/o/acme/");
    const { page } = owner;
    await enlarge(page);
    await page.reload();
    await owner.follows("Members");
    await owner.sees(/10,0\d\d in Acme/);
    const frame = page.getByRole("region", { name: "Members, scrolls" });
    const rows = page.locator("tbody tr:not(.table-gap)");
    const drawn = await rows.count();
    must(drawn > 5 && drawn < 100, `${drawn} rows are drawn`);
    await page.getByRole("button", { name: "Member", exact: true }).click();
    await owner.has("Remove Person 09999");
    await frame.evaluate((one) => one.scrollTo(0, one.scrollHeight / 2));
    await page.getByText(/Person 0[45]\d{3}/).first().waitFor();
    const without = await rows.evaluateAll((all) => all.filter((row) => row.querySelectorAll("button").length !== 3).length);
    expect(without, 0, "rows without their three buttons");
    await page.getByLabel("Search members").fill("person 04242");
    await owner.has("Suspend Person 04242");
    expect(await rows.count(), 1, "rows that are found");
    await page.getByLabel("Search members").fill("");
    const spent = await frame.evaluate(scrolled);
    console.log(`  # a step of scrolling 10,000 rows takes ${spent.toFixed(1)} ms`);
    must(spent < 250, `a step of scrolling takes ${spent} ms`);
    await page.getByLabel("Search members").fill("bo lindqvist");
    await owner.press("Suspend Bo Lindqvist");
    await owner.finishes("Suspend", "You suspended Bo Lindqvist");
    await owner.has("Restore Bo Lindqvist");
  }),

  story("who receives a thing is said to lack what it uses, and who gives that", "pinkfish", async ({ as }) => {
    const maker = await as(jonas, "/o/brightside/content/automation");
    await maker.press("New automation");
    await maker.fill("Name", "Lead export");
    await maker.form.locator(".check", { hasText: "Salesforce, service user" }).click();
    await maker.finishes("Create", "You created the automation “Lead export”");
    await maker.press("Share");
    await maker.picks("With", "Esther Lang");
    await maker.chooses(/Level/, /^Edit/);
    await maker.foresees("What they would still lack to run it");
    await maker.foresees(/given by .*Jonas Weber/);
    await maker.finishes("Share", /^You shared Lead export/);
    const other = await as(maya, "/o/brightside/content/automation");
    expect(await other.page.getByText("Lead export").count(), 0, "what an admin sees of it");
  }),

  story("what one holds in full is handed over to a successor, and never to nobody", "pinkfish", async ({ as }) => {
    const path = "/o/brightside/content/automation/weekly-pipeline-digest";
    const owner = await as(jonas, path);
    await owner.press("Give up what you have");
    const command = { command: "unshare", resource: "automation/weekly-pipeline-digest", with: `user/${jonas}` };
    await owner.cannotFinish("Give up", "Somebody must hold this in full: name a successor.", command, "last_owner");
    await owner.picks("Successor", "Tara Quinlan");
    await owner.foresees("Tara Quinlan takes over Edit of Weekly pipeline digest.");
    await owner.finishes("Give up", /^You took Weekly pipeline digest back from Jonas Weber/);
    await owner.sees("You have: View, by Sales");
    const next = await as(tara, path);
    await next.sees("You have: Edit");
    await next.has("Share");
  }),

  story("an owner hands the organization over: another one first, then themselves down", "pinecone", async ({ as }) => {
    const owner = await as(ana, "/o/acme/members");
    await owner.press("Change roles of Bo Lindqvist");
    await owner.ticks("Organization owner");
    await owner.finishes("Save", /^You changed the roles of Bo/);
    await owner.press("Change roles of Ana Moreau");
    await owner.ticks("Organization owner");
    await owner.ticks("Organization user");
    await owner.foresees("loses");
    await owner.finishes("Save", "You changed the roles of Ana Moreau to Organization user");
    await owner.button("Invite").waitFor({ state: "detached" });
    await owner.cannot({ command: "change_member_roles", member: `user/${ana}`, roles: ["organization_owner"] }, "no_role");
    const next = await as(bo, "/o/acme/members");
    await next.has("Invite");
    await next.has("Remove Ana Moreau");
    const billing = await as(chiara, "/o/acme/members");
    expect(await billing.button("Remove Ana Moreau").count(), 0, "buttons that remove for who is no owner");
  }),
];

/** In milliseconds, how long one of twenty steps takes until its rows are drawn. */
async function scrolled(frame) {
  const drawn = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  const start = performance.now();
  for (let step = 1; step <= 20; step += 1) {
    frame.scrollTo(0, (frame.scrollHeight / 20) * step);
    await drawn();
  }
  return (performance.now() - start) / 20;
}
