// What the servers are given, and the tokens of those who ask: good ones, and forged ones by name. Printed as JSON.
import { createHmac, webcrypto } from "node:crypto";
import { Directory, Policy } from "bailiwick";
import { signCapsule } from "bailiwick/capsule";
import pinkfish from "bailiwick/presets/pinkfish";
import { ana, bo, company, document } from "./company.mjs";

const NOW = Date.now();
const MINUTE = 60_000;
const AUDIENCE = "api.acme.com";
const TYPE = "bailiwick-capsule";
const { policy, directory } = company();
const pair = () => webcrypto.subtle.generateKey("Ed25519", true, ["sign", "verify"]);
const [ours, theirs] = await Promise.all([pair(), pair()]);
const jwk = ({ publicKey }) => webcrypto.subtle.exportKey("jwk", publicKey);
const { kty, crv, x } = await jwk(ours);

const capsule = (who, where, { from = directory, issuedAt = NOW, notAfter = issuedAt + 60 * MINUTE } = {}) =>
  from.capsule(who, where, { issuedAt, notAfter });
const signed = (bytes, more) => signCapsule(bytes, { key: ours.privateKey, kid: "k1", audience: AUDIENCE, ...more });

const base64 = (bytes) => Buffer.from(bytes).toString("base64url");
/** A token with any header, as text, signed by anybody. */
async function token(header, { bytes = bos, by = ours.privateKey } = {}) {
  const text = typeof header === "string" ? header : JSON.stringify(header);
  const input = `${base64(text)}.${base64(bytes)}`;
  return `${input}.${base64(await webcrypto.subtle.sign("Ed25519", by, Buffer.from(input)))}`;
}

const bos = capsule(bo, "acme");
const header = { alg: "EdDSA", kid: "k1", typ: TYPE, aud: AUDIENCE };
const good = await token(header);
const [head, payload, signature] = good.split(".");
const unsigned = `${base64(JSON.stringify({ ...header, alg: "none" }))}.${payload}.`;
const hmac = `${base64(JSON.stringify({ ...header, alg: "HS256" }))}.${payload}`;
const secret = Buffer.from(x, "base64url");
const older = Directory.load(policy, { ...document, revision: 6 });
const emptied = document.projects.map((project) => ({ ...project, members: [] }));
const changed = Directory.load(policy, { ...document, projects: emptied });
const foreign = Policy.compile(pinkfish);
const flipped = Buffer.from(bos);
flipped[flipped.length - 1] ^= 1;

const forged = {
  "alg none": unsigned,
  "alg none, with a signature": `${unsigned}${signature}`,
  "HS256 by the public key": `${hmac}.${createHmac("sha256", secret).update(hmac).digest("base64url")}`,
  "another's signature under our key's id": await token(header, { by: theirs.privateKey }),
  "an unknown key's id": await token({ ...header, kid: "k9" }, { by: theirs.privateKey }),
  "a key that was rotated out": await signed(bos, { key: theirs.privateKey, kid: "2025" }),
  "an id that every object has": await token({ ...header, kid: "constructor" }),
  "unknown crit": await token({ ...header, crit: ["exp"] }),
  "a key in the header": await token({ ...header, jwk: await jwk(theirs) }, { by: theirs.privateKey }),
  "a key's address in the header": await token({ ...header, x5u: "http://127.0.0.1/key" }),
  "a field twice": await token(`{"alg":"none",${JSON.stringify(header).slice(1)}`),
  "padding after the signature": `${good}=`,
  "padding after the header": `${head}=.${payload}.${signature}`,
  "plus and slash": `${head}.${payload}.${signature.slice(0, -2)}+/`,
  "loose last bits": `${good.slice(0, -1)}${good.endsWith("A") ? "B" : "R"}`,
  "a fourth part": `${good}.${signature}`,
  "exp in the header": await token({ ...header, exp: "9999999999" }, { bytes: capsule(bo, "acme", { issuedAt: NOW - 2, notAfter: NOW - 1 }) }),
  "no longer": await signed(capsule(bo, "acme", { issuedAt: NOW - 2, notAfter: NOW - 1 })),
  "not yet": await signed(capsule(bo, "acme", { issuedAt: NOW + 30 * MINUTE })),
  "another audience": await signed(bos, { audience: "api.globex.com" }),
  "another audience in the header alone": `${base64(JSON.stringify({ ...header, aud: "api.globex.com" }))}.${payload}.${signature}`,
  "another type": await token({ ...header, typ: "bailiwick-delta" }),
  "another organization": await signed(capsule(ana, "labs")),
  "an older revision": await signed(capsule(bo, "acme", { from: older })),
  "the same revision with other content": await signed(capsule(bo, "acme", { from: changed })),
  "another policy": await signed(Directory.load(foreign, '{ "format": 1 }').capsule(bo, "acme", { issuedAt: NOW, notAfter: NOW + MINUTE })),
  "a flipped bit under the old signature": `${head}.${base64(flipped)}.${signature}`,
  "a flipped bit, signed": await signed(flipped),
  "the first half, signed": await signed(bos.subarray(0, bos.length >> 1)),
};

const env = {
  VOCABULARY: Buffer.from(policy.vocabulary()).toString("base64"),
  KEYS: JSON.stringify({ k1: { kty, crv, x } }),
};
const tokens = { ana: await signed(capsule(ana, "acme")), bo: good, labs: await signed(capsule(ana, "labs")) };
console.log(JSON.stringify({ env, tokens, forged }));
