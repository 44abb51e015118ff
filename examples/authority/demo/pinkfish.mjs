// A product whose content is shared thing by thing.
import pinkfish from "bailiwick/presets/pinkfish";
import { demoOf } from "./authority.mjs";

const automation = { kind: "automation", organization: "organization", id: "automation" };

const demo = demoOf({
  policy: pinkfish,
  routes: [
    { method: "POST", path: "{organization}/automations/{automation}/runs", action: "run", ...automation },
    { method: "DELETE", path: "{organization}/automations/{automation}", action: "delete", ...automation },
  ],
});

export const { Organization, Persons } = demo;
export default { fetch: demo.fetch };
