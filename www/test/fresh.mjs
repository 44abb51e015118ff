// Pages that are older than what they are made of are tested in vain.
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** Fails if something in `sources` was written after `built`. */
export function mustBeFresh(built, sources) {
  const made = statSync(built).mtimeMs;
  const newer = sources.flatMap(filesIn).find((file) => statSync(file).mtimeMs > made);
  if (newer !== undefined) throw new Error(`${newer} is newer than ${built}: build the pages anew (npm run build in www)`);
}

function filesIn(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
}
