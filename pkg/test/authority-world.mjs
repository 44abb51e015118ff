// An authority in this process, asked over HTTP without a network: an issuer, people with tokens, and two organizations.
import Database from "libsql";
import { createService, jwtIdentity, newSigningKeys, openPlaces } from "bailiwick/authority";
import pinecone from "bailiwick/presets/pinecone";
import { SignJWT, exportJWK, generateKeyPair } from "jose";

export const NOW = 1_790_000_000_000;
export const MINUTE = 60_000;
export const audience = "api.acme.com";
export const ORIGIN = "https://authority.acme.com";
export const issuer = "https://id.acme.com/";
export const console_ = "console.acme.com";

const pair = await generateKeyPair("EdDSA", { extractable: true });
export const jwks = { keys: [{ ...(await exportJWK(pair.publicKey)), kid: "i1", alg: "EdDSA" }] };
export const keys = await newSigningKeys("k1");

/** A token of the issuer, or one that is like it but for `more` and `header`. */
export function tokenOf(id, { more = {}, header = {}, key = pair.privateKey, now = NOW } = {}) {
  const claims = { iss: issuer, aud: console_, exp: now / 1_000 + 600, email: id, email_verified: true, ...more };
  const left = Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));
  return new SignJWT(left).setProtectedHeader({ alg: "EdDSA", kid: "i1", ...header }).sign(key);
}

/** An authority; what is asked of it by whom. */
export async function authority(more = {}) {
  const time = { now: NOW };
  const clock = () => time.now;
  const places = openPlaces({ policy: pinecone, databases: () => new Database(":memory:"), clock });
  const identity = jwtIdentity({ issuer, audience: console_, jwks, clock });
  const service = createService({ policy: pinecone, places, keys, audience, identity, clock, ...more });
  const capsules = new Map();
  const send = (method, path, { token, capsule, body, headers = {} } = {}) =>
    service(
      new Request(ORIGIN + path, {
        method,
        headers: {
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...(capsule !== undefined && { "bailiwick-capsule": capsule }),
          ...(body !== undefined && { "content-type": "application/json" }),
          ...headers,
        },
        ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
      }),
    );
  const json = async (...asked) => {
    const response = await send(...asked);
    return { status: response.status, headers: response.headers, body: await response.json() };
  };
  /** By name: asks with the token and the newest capsule of a person. */
  const as = async (id, method, path, body) =>
    json(method, path, { token: await tokenOf(id, { now: time.now }), capsule: capsules.get(id), body });
  const capsule = async (id, organization = "acme") => {
    const { status, body } = await as(id, "GET", `/organizations/${organization}/capsule`);
    if (status === 200) capsules.set(id, body.token);
    return { status, body };
  };
  let count = 0;
  const command = async (id, organization, fields) => {
    await capsule(id, organization);
    return as(id, "POST", `/organizations/${organization}/commands`, { id: `w${(count += 1)}`, organization, ...fields });
  };
  return { service, places, time, send, json, as, capsule, capsules, command };
}

export const [ana, bo, chiara, sam, eve] = ["ana", "bo", "chiara", "sam", "eve"].map((name) => `${name}@acme.com`);

/** The same with `acme`, ana's, where bo is a user, chiara sees to the bills, and sam is suspended; and `labs`, eve's. */
export async function inhabited(more) {
  const world = await authority(more);
  for (const [id, organization] of [[ana, "acme"], [eve, "labs"]])
    await world.as(id, "POST", "/organizations", { id: `found-${organization}`, command: "create_organization", organization });
  await joined(world, bo, ["organization_user"]);
  await joined(world, chiara, ["organization_billing_admin"]);
  await joined(world, sam, ["organization_user"]);
  await world.capsule(sam);
  await world.command(ana, "acme", { command: "suspend_member", member: `user/${sam}` });
  for (const id of [ana, bo, chiara]) await world.capsule(id);
  await world.capsule(eve, "labs");
  return world;
}

async function joined(world, id, roles) {
  await world.command(ana, "acme", { command: "invite_member", invite: `i-${id}`, address: id, roles });
  await world.as(id, "POST", `/organizations/acme/invites/i-${id}/acceptance`, { id: `accept-${id}` });
}


