// Every command of the core has a control in the console, or stands here with the reason why not.
import { readFileSync, readdirSync } from "node:fs";
import { expect, must } from "../expect.mjs";

const at = (path) => new URL(path, import.meta.url);

/** What no person commands: the host does it, by an entry point of its own. */
const OF_THE_HOST = {
  sign_up: "whoever signs in for the first time is known from then on",
  sign_in: "the organization's own sign-in asserts it; its roles are tried on the page for that",
  verify_domain: "the platform looks at the domain's records",
  release_domain: "the platform, likewise",
  change_edition: "the platform's shop does it once it is paid; the page says who may order",
};

/** Where the console's own code stands; `sentences.ts` names each command whether there is a control or not. */
const sources = () =>
  ["data", "pages", "shell", "ui"].flatMap((folder) =>
    readdirSync(at(`../../console/${folder}`)).map((file) => readFileSync(at(`../../console/${folder}/${file}`), "utf8")),
  );

const commands = () => {
  const { $defs, oneOf } = JSON.parse(readFileSync(at("../../../policies/command.schema.json"), "utf8"));
  const text = JSON.stringify({ $defs, oneOf });
  return [...new Set([...text.matchAll(/"command":\{[^{}]*"const":"([a-z_]+)"/g)].map(([, name]) => name))];
};

export const stories = [
  [
    "console: each command of the core has a control, or a reason why it has none",
    async () => {
      const all = commands();
      must(all.length > 35, `${all.length} commands are found in the schema`);
      const code = sources().join("\n");
      const given = (name) => new RegExp(`command: [^,;]*"${name}"|"${name}"\\s*:`).test(code) || code.includes(`.accept(`) && name === "accept_invite";
      expect(all.filter((name) => !given(name) && OF_THE_HOST[name] === undefined), [], "commands without a control");
      expect(Object.keys(OF_THE_HOST).filter((name) => !all.includes(name) || given(name)), [], "reasons that are not needed");
    },
  ],
];
