// The pictures of the README: each that it names is there, small, and made by the command; none is left over.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { CONSOLE, MOST, PLAYGROUND, THEMES } from "../../pictures/scenes.mjs";
import { expect, must } from "../expect.mjs";

const ROOT = new URL("../../../", import.meta.url);
const FOLDER = "www/pictures/";

/** The files in this project that a page of text shows as pictures. */
function shown(page) {
  const text = readFileSync(new URL(page, ROOT), "utf8");
  const sources = [...text.matchAll(/(?:src|srcset)="([^"]+)"|!\[[^\]]*\]\(([^)\s]+)/g)].map(([, tag, link]) => tag ?? link);
  return sources.filter((source) => !/^https?:/.test(source));
}

export const checks = [
  [
    "pictures: what the README shows is there, in both themes",
    () => {
      const sources = shown("README.md");
      must(sources.length > 0, "the README shows no picture");
      for (const source of sources) must(existsSync(new URL(source, ROOT)), `the README shows ${source}, which is not there`);
      for (const source of sources) {
        const other = source.replace(/-(light|dark)\./, (_, theme) => (theme === "light" ? "-dark." : "-light."));
        must(sources.includes(other), `the README shows ${source} without ${other}`);
      }
    },
  ],
  [
    "pictures: those in the folder are the ones that the command takes, and small",
    () => {
      const taken = [...CONSOLE, PLAYGROUND].flatMap(({ name }) => THEMES.map((theme) => `${name}-${theme}.webp`)).sort();
      const found = readdirSync(new URL(FOLDER, ROOT)).filter((file) => !file.endsWith(".mjs")).sort();
      expect(found, taken, FOLDER);
      for (const file of found) {
        const bytes = readFileSync(new URL(FOLDER + file, ROOT));
        must(bytes.length <= MOST, `${file} weighs ${bytes.length} bytes, more than ${MOST}`);
        expect(bytes.toString("latin1", 0, 4) + bytes.toString("latin1", 8, 12), "RIFFWEBP", file);
      }
    },
  ],
];
