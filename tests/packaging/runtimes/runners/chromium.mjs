// Chromium.
import { chromium } from "../lib/browsers.mjs";
import { pageChecks } from "./pages.mjs";

let browser;
export const checks = pageChecks("Chromium", () => (browser ??= chromium()));
export const stop = async () => (await browser)?.close();
