// Browsers, wherever they are: a variable, then PATH, then the usual places.
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import puppeteer from "puppeteer-core";

const CHROMIUM = {
  variable: "CHROME",
  names: ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"],
  places: [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
  ],
};
const FIREFOX = {
  variable: "FIREFOX",
  names: ["firefox-esr", "firefox"],
  places: ["/Applications/Firefox.app/Contents/MacOS/firefox"],
};

const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-dev-shm-usage",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts Chromium; it must be there. */
export function chromium() {
  const executablePath = find(CHROMIUM);
  if (executablePath === undefined)
    throw new Error("no Chromium found: name it in CHROME, or install it (Debian: apt-get install chromium)");
  return puppeteer.launch({ executablePath, args: QUIET, headless: true });
}

/** Starts Firefox; without one, nothing. */
export async function firefox() {
  const executablePath = find(FIREFOX);
  return executablePath === undefined
    ? undefined
    : puppeteer.launch({ browser: "firefox", executablePath, headless: true, protocol: "webDriverBiDi" });
}

/** What to do where there is none. */
export const NO_FIREFOX = "no Firefox found: name it in FIREFOX, or install it (Debian: apt-get install firefox-esr)";

function find({ variable, names, places }) {
  if (process.env[variable]) return process.env[variable];
  const folders = (process.env.PATH ?? "").split(delimiter);
  return [...names.flatMap((name) => folders.map((folder) => join(folder, name))), ...places].find(isProgram);
}

function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
