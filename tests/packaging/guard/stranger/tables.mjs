// A worker that says what a guard makes of tables that are wrong.
import { env } from "cloudflare:workers";
import { guardOf, routes } from "./guard.mjs";

const [health, view] = routes;
const TABLES = {
  "two rows for one path": [view, { ...view, path: "/v1/orgs/me", organization: undefined }],
  "the same row twice": [view, view],
  "an unknown action": [health, { ...view, action: "fly" }],
  "an unknown kind": [{ ...view, kind: "planet" }],
  "a parameter bound twice": [{ ...view, path: "/v1/{org}/{org}" }],
  "a parameter that nothing checks": [{ ...view, path: "/v1/orgs/{org}/{more}" }],
  "a percent sign": [{ ...view, path: "/v1%2f{org}" }],
  "a dot segment": [{ ...view, path: "/v1/../{org}" }],
  "an empty segment": [{ ...view, path: "//{org}" }],
  "a wildcard in the middle": [{ ...view, path: "/{org*}/x" }],
  "no rows": [],
  "a default as a row": [view, { default: "allow" }],
  "a public row with an action": [{ ...view, public: true }],
  "public as text": [{ ...health, public: "false" }],
};

function faultOf(rows) {
  try {
    guardOf(env, rows);
    return "none";
  } catch ({ code, path }) {
    return `${code} ${path}`;
  }
}

export default { fetch: () => Response.json(Object.fromEntries(Object.entries(TABLES).map(([name, rows]) => [name, faultOf(rows)]))) };
