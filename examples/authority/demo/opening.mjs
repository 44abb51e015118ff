// A product of the demo as an authority on this machine, with its organizations moved in.
import { mkdirSync, readFileSync } from "node:fs";
import { request as send } from "node:http";
import { fileURLToPath } from "node:url";
import { start } from "../local.mjs";
import { split } from "./split.mjs";

const OPERATOR = "operator@demo.example";
export const JSON_BODY = { "Content-Type": "application/json" };
const at = (path) => fileURLToPath(new URL(path, import.meta.url));

/** The people and the organizations of a product, as its directory has them before anything is changed. */
export const directoryOf = ({ directory }) => JSON.parse(readFileSync(at(`../../../www/examples/${directory}`), "utf8"));

const policyOf = ({ name }) => JSON.parse(readFileSync(at(`../../../policies/${name}.json`), "utf8"));

/** What somebody is where, for who chooses whom to be: "Organization owner of Acme". */
function standing({ organizations }, policy, person) {
  const labelOf = (role) => policy.kinds.organization.roles[role]?.label ?? role;
  const held = organizations.flatMap(({ id, name = id, members = [] }) =>
    members
      .filter(({ member }) => member === `user/${person}`)
      .map(({ roles = [], suspended }) => `${suspended ? "suspended, " : ""}${roles.map(labelOf).join(" and ") || "member"} of ${name}`),
  );
  return held.join("; ") || "belongs to no organization";
}

/** Starts it over what its folder keeps; gives its address, and how it is stopped. */
export async function openProduct(product, { folder, port, assets }) {
  mkdirSync(folder, { recursive: true });
  const document = directoryOf(product);
  const people = document.people.map(({ id, name }) => ({ id, name, about: standing(document, policyOf(product), id) }));
  const { origin, stop } = await start({
    folder,
    port,
    worker: at(`${product.name}.mjs`),
    variables: { PEOPLE: JSON.stringify(people) },
    ...(assets && { assets }),
  });
  await moveIn(origin, document);
  return { origin, stop };
}

/** Each organization moves into a place of its own; at the next start it is there already. */
async function moveIn(origin, document) {
  const headers = await identityOf(origin, OPERATOR);
  for (const [id, one] of split(document)) {
    const path = `/api/operator/organizations/${id}`;
    if ((await ask(origin, { path, headers })).status === 200) continue;
    const { status, body } = await ask(origin, { method: "PUT", path, headers: { ...headers, ...JSON_BODY }, body: JSON.stringify(one) });
    if (status !== 200) throw new Error(`${id} could not move in: ${status} ${JSON.stringify(body)}`);
  }
}

/** The header fields of somebody who is signed in, and has been here. */
export async function identityOf(origin, person) {
  const { body } = await ask(origin, { method: "POST", path: "/api/development/sign-in", headers: JSON_BODY, body: JSON.stringify({ person }) });
  const signed = { Authorization: `Bearer ${body.token}` };
  await ask(origin, { path: "/api/me", headers: signed });
  return signed;
}

export function ask(origin, { method = "GET", path, headers = {}, body }) {
  return new Promise((resolve, reject) => {
    const asked = send(origin + path, { method, headers }, async (answer) => {
      const text = (await answer.toArray()).join("");
      resolve({ status: answer.statusCode, body: JSON.parse(text) });
    });
    asked.once("error", reject).end(body);
  });
}
