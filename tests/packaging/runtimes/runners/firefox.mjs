// Firefox, where there is one.
import { NO_FIREFOX, firefox } from "../lib/browsers.mjs";
import { pageChecks } from "./pages.mjs";

let browser;
export const checks = pageChecks("Firefox", () => (browser ??= firefox()));
export const stop = async () => (await browser)?.close();
export const missing = NO_FIREFOX;
