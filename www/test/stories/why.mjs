// Why the page looks as it does, and that it would be no different if somebody went past it.
import { directoryOf } from "../../../examples/authority/demo/opening.mjs";
import { products } from "../../../examples/authority/demo/products.mjs";
import { expect, must } from "../expect.mjs";
import { aiko, ana, bo, chiara, jonas, julia, kofi, maya, sam } from "./cast.mjs";
import { forge } from "./forged.mjs";
import { story } from "./story.mjs";

/** Where the pages of a product are, for whom it is worth to look. */
const WALKS = {
  pinecone: {
    people: [[bo, "acme"], [chiara, "acme"], [aiko, "acme-research"], [julia, "acme-ventures"]],
    paths: ["/", "/members", "/groups", "/accounts", "/sso", "/projects", "/billing", "/settings"],
    more: { acme: ["/projects/support-copilot", "/projects/product-search"], "acme-ventures": ["/projects/deal-flow"] },
    tabs: ["Members", "API keys"],
  },
  pinkfish: {
    people: [[maya, "brightside"], [jonas, "brightside"], [kofi, "brightside"], [sam, "fernway"]],
    paths: ["/", "/members", "/groups", "/accounts", "/sso", "/billing", "/settings", "/content/automation", "/content/connection", "/content/vault"],
    more: {
      brightside: ["/content/automation/weekly-pipeline-digest", "/content/automation/company-announcements", "/content/connection/salesforce-main"],
    },
    tabs: [],
  },
};

/** The decision points of the page that do not let their person through: what is asked, and the reason that is shown. */
const refusedOn = ({ page }) =>
  page.$$eval(".why-line:not([data-state=enabled])", (lines) =>
    lines.map(({ dataset: { point, reason } }) => ({ point, reason })),
  );

/** Looks at all pages of a product while they explain themselves. */
async function visit(person, organization, { paths, more, tabs }, see) {
  const look = async () => {
    await person.page.locator(".skeleton").first().waitFor({ state: "detached" });
    await see();
  };
  for (const path of [...paths, ...(more[organization] ?? [])]) {
    await person.goes(`/o/${organization}${path}`);
    if ((await person.page.locator(".why-panel").count()) === 0) await person.press("Why?");
    await person.page.locator(".why-panel").waitFor();
    await look();
    for (const name of tabs) {
      const tab = person.page.getByRole("tab", { name });
      if ((await tab.count()) === 0) continue;
      await tab.click();
      await look();
    }
  }
}

/** All that is refused on all pages of a product, for one person. */
async function refusals(person, organization, pages) {
  const found = new Map();
  await visit(person, organization, pages, async () => {
    for (const one of await refusedOn(person)) found.set(one.point, one);
  });
  return [...found.values()];
}

const walk = (product, [who, organization]) =>
  story(`behind each button that ${who} is not given in ${organization}, the request itself is refused for the same reason`, product, async ({ as }) => {
    const person = await as(who, `/o/${organization}/`);
    const directory = directoryOf(products.find(({ name }) => name === product));
    const refused = await refusals(person, organization, WALKS[product]);
    let sent = 0;
    for (const { point, reason } of refused)
      for (const { request, status, reason: told, text } of await forge(person.page, directory, organization, point)) {
        sent += 1;
        must(status >= 400 && status < 500, `${request} for ${point} was answered ${status}`);
        expect(told, reason, `the reason why ${request} for ${point} is refused`);
        must(text.length > 0, `${request} for ${point} is refused without a sentence`);
      }
    must(sent > 0, `of ${refused.length} refused points none was forged`);
    console.log(`  # ${who} in ${organization}: ${refused.length} buttons not given, ${sent} requests forged and refused`);
  });

/** What pages decide of, as `action kind`, whatever comes out. */
const decidedOn = ({ page }) =>
  page.$$eval(".why-line", (lines) => lines.map(({ dataset: { point } }) => point.replace(/ ([^/]+)\/.*$/, " $1")));

/** All actions of the kinds that the pages of an organization are about. */
const actionsOf = ({ kinds }, shown) =>
  Object.entries(kinds).flatMap(([kind, { actions = {} }]) =>
    shown.includes(kind) ? Object.keys(actions).map((action) => `${action} ${kind}`) : [],
  );

/** `rowless` are the actions on rows of which their person is shown none: there is no place that they would stand at. */
const covers = (product, who, organization, kinds, rowless) =>
  story(`“Why?” has a line for each action of ${kinds.join(", ")}, for ${who} who is given few of them`, product, async ({ as }) => {
    const person = await as(who, `/o/${organization}/`);
    const policy = await person.page.evaluate(async () => (await fetch("/api/policy")).json());
    const seen = new Set();
    await visit(person, organization, WALKS[product], async () => {
      for (const one of await decidedOn(person)) seen.add(one);
    });
    expect(actionsOf(policy, kinds).filter((one) => !seen.has(one)), rowless, "actions that no page decides of");
  });

export const stories = [
  story("“Why?” names the reason, whom to ask and through what, of hidden buttons as well", "pinecone", async ({ as }) => {
    const user = await as(bo, "/o/acme/projects/support-copilot");
    await user.lacks("Delete", { command: "delete_project", project: "support-copilot" }, "no_role");
    await user.press("Why?");
    await user.page.locator(".page").getByRole("button", { name: "Delete", exact: true }).click();
    await user.form.getByText("Hidden").waitFor();
    await user.form.getByText("This needs the Project owner role.").waitFor();
    await user.form.getByText(/ask Emma Johansson/).first().waitFor();
    await user.closes();
    await user.page.locator(".page").getByRole("button", { name: "Query vectors", exact: true }).click();
    await user.form.getByText("Shown", { exact: true }).waitFor();
    await user.form.getByText("Project user", { exact: true }).waitFor();
    await user.form.getByText(/given directly/).waitFor();
  }),

  story("“Why?” counts what it has decided, and a press there does nothing else", "pinecone", async ({ as }) => {
    const owner = await as(ana, "/o/acme/members");
    await owner.press("Why?");
    const panel = owner.page.locator(".why-panel");
    const lines = await panel.locator(".why-line").count();
    must(lines > 10, `${lines} decisions of the page`);
    await panel.getByText(new RegExp(`^${lines} decisions, made here in your browser in \\d`)).waitFor();
    await owner.press("Remove Bo Lindqvist");
    await owner.form.getByText("Organization owner", { exact: true }).waitFor();
    expect(await owner.page.getByRole("heading", { name: "Remove Bo Lindqvist" }).count(), 0, "dialogs that remove");
    expect(await owner.page.locator(".why-line[data-state=hidden]").count(), 0, "hidden points of an owner");
  }),

  story("what may be asked for says whom to ask, and gives the words; what may not, does not", "pinecone", async ({ as }) => {
    const user = await as(bo, "/o/acme/projects/support-copilot", { permissions: ["clipboard-read", "clipboard-write"] });
    await user.button("Rename").focus();
    await user.page.keyboard.press("Enter");
    await user.form.getByText(/ask Emma Johansson/).first().waitFor();
    await user.form.getByRole("button", { name: "Copy a request for access" }).click();
    await user.sees("Copied, send it to them");
    const words = await user.page.evaluate(() => navigator.clipboard.readText());
    expect(words, "Could you give me access (Project owner)? I would like to: Update project names, on Support copilot.", "the words");
    await user.cannot({ command: "rename_project", project: "support-copilot", name: "Mine" }, "no_role");
    await user.closes();
    await user.press("Why?");
    await user.page.locator(".page").getByRole("button", { name: "Delete", exact: true }).click();
    await user.form.getByText("Hidden").waitFor();
    expect(await user.form.getByRole("button", { name: /request/ }).count(), 0, "requests for what is not to be asked for");
  }),

  covers("pinecone", bo, "acme", ["organization", "project"], [
    ...["delete_invites organization", "resend_invites organization"],
    ...["update_service_accounts organization", "delete_service_accounts organization"],
  ]),
  covers("pinkfish", jonas, "brightside", ["organization", "automation", "connection"], ["manage_invites organization", "delete_service_accounts organization"]),

  ...Object.entries(WALKS).flatMap(([product, { people }]) => people.map((person) => walk(product, person))),
];
