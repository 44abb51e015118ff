// A rotation, one step at each start: the next key comes in, then it signs, then the old one goes.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { newSigningKeys } from "bailiwick/authority";

/** Goes one step on; says which. */
export async function rotate(folder) {
  const file = join(folder, "keys.json");
  const { active, keys } = JSON.parse(readFileSync(file, "utf8"));
  const [step, next] = await stepAfter(active, keys);
  writeFileSync(file, JSON.stringify(next), { mode: 0o600 });
  return step;
}

async function stepAfter(active, keys) {
  const others = Object.keys(keys).filter((kid) => kid !== active);
  if (others.length === 0) {
    const kid = `k${Number(active.slice(1)) + 1}`;
    const made = await newSigningKeys(kid);
    return ["a key came in", { active, keys: { ...keys, ...made.keys } }];
  }
  const [other] = others;
  const isNewer = Number(other.slice(1)) > Number(active.slice(1));
  if (isNewer) return ["the new key signs", { active: other, keys }];
  return ["the old key went", { active, keys: { [active]: keys[active] } }];
}
