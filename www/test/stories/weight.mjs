// What the first page of the console weighs.
import { must } from "../expect.mjs";
import { MOST, brotliOf, scriptsOf } from "../weight.mjs";
import { ana } from "./cast.mjs";
import { story } from "./story.mjs";

export const stories = [
  story("the first page with its decided buttons is sent at most 250 KiB of JavaScript", "pinecone", async ({ as }) => {
    const { page } = await as(ana, "/o/acme/");
    const names = scriptsOf(page);
    await page.reload();
    await page.locator(".nav-link[data-state]").first().waitFor();
    const bytes = brotliOf([...names]);
    must(names.size > 0 && bytes > 0, "the page asked for no script");
    must(bytes <= MOST, `the page was sent ${bytes} bytes of JavaScript in brotli, more than ${MOST}`);
  }),
];
