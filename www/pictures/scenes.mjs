// What the pictures show: who looks at which page of the demo, and what they have done there.
import { ana, bo, maya } from "../test/stories/cast.mjs";

export const THEMES = ["light", "dark"];
/** What a picture may weigh, in bytes. */
export const MOST = 60_000;

const SIZE = { width: 1200, height: 750 };

/** Somebody opens the explanation of a button that they do not have. */
async function asksWhy(person) {
  await person.press("Why?");
  await person.page.locator(".why-line", { hasText: "Delete projects" }).click();
  await person.sees("What would change it");
  await timeless(person.page, ".why-about");
}

/** Takes out how long something took: it differs from one run to the next. */
const timeless = (page, place) =>
  page.locator(place).evaluate((one) => (one.textContent = one.textContent.replace(/( in )?\d[\d.]* (µs|ms)/, "")));

/** Somebody is about to share an automation, and is told what the other one would come to. */
async function shares(person) {
  await person.press("Share");
  await person.picks("With", "Kofi Asante");
  await person.chooses(/Level/, /^Edit/);
  await person.form.locator(".preview").getByText("gains").first().waitFor();
}

/** The console: by name, product, person, page and what is done there. */
export const CONSOLE = [
  { name: "why", product: "pinecone", who: [bo, "Bo Lindqvist"], path: "/o/acme/projects/support-copilot", act: asksWhy },
  { name: "members", product: "pinecone", who: [ana, "Ana Moreau"], path: "/o/acme/members" },
  { name: "roles", product: "pinecone", who: [ana, "Ana Moreau"], path: "/o/acme/roles" },
  {
    name: "share",
    product: "pinkfish",
    who: [maya, "Maya Okafor"],
    path: "/o/brightside/content/automation/device-inventory-emea",
    act: shares,
  },
].map((scene) => ({ size: SIZE, ...scene }));

/** The playground, with what it begins with. */
export const PLAYGROUND = { name: "playground", size: { ...SIZE, height: 680 }, act: (page) => timeless(page, ".problems-time") };
