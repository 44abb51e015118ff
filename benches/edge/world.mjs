// One member of an organization with twenty projects: a capsule, and what a developer would sign who writes the check by hand.
import { webcrypto } from "node:crypto";
import { CompactSign } from "jose";
import { Directory, Policy } from "bailiwick";
import { signCapsule } from "bailiwick/capsule";
import pinecone from "bailiwick/presets/pinecone";

export const PATH = "/v1/orgs/acme/projects/project-0007";
const who = "user/bo@acme.com";
const ids = Array.from({ length: 20 }, (_, number) => `project-${String(number).padStart(4, "0")}`);

const policy = Policy.compile(pinecone);
const directory = Directory.load(policy, {
  format: 1,
  revision: 7,
  people: [{ id: "ana@acme.com" }, { id: "bo@acme.com" }],
  organizations: [{ id: "acme", edition: "standard", members: [{ member: "user/ana@acme.com", roles: ["organization_owner"] }, { member: who }] }],
  projects: ids.map((id) => ({ id, organization: "acme", members: [{ member: who, roles: ["project_user"] }] })),
});

const { privateKey, publicKey } = await webcrypto.subtle.generateKey("Ed25519", true, ["sign", "verify"]);
const { kty, crv, x } = await webcrypto.subtle.exportKey("jwk", publicKey);
const [issuedAt, notAfter] = [Date.now(), Date.now() + 6 * 3_600_000];
const claims = { sub: who, org: "acme", exp: notAfter, projects: Object.fromEntries(ids.map((id) => [id, ["query_vectors"]])) };
const key = { key: privateKey, kid: "k1", audience: "api.acme.com" };

export const env = {
  VOCABULARY: Buffer.from(policy.vocabulary()).toString("base64"),
  KEYS: JSON.stringify({ k1: { kty, crv, x } }),
};
const capsule = await signCapsule(directory.capsule(who, "acme", { issuedAt, notAfter }), key);
const session = await new CompactSign(new TextEncoder().encode(JSON.stringify(claims))).setProtectedHeader({ alg: "EdDSA" }).sign(privateKey);
export const cookie = `capsule=${capsule}; session=${session}`;
