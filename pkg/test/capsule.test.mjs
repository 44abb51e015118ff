// Capsules: what travels, who opens it, and every token that is refused.
import assert from "node:assert/strict";
import { generateKeyPairSync, webcrypto } from "node:crypto";
import { test } from "node:test";
import { Access, BailiwickError, Policy, capsuleDelta } from "bailiwick";
import { Access as SmallAccess } from "bailiwick/access";
import { createVerifier, signCapsule, signDelta } from "bailiwick/capsule";
import { applyDelta } from "bailiwick/guard";
import pinkfish from "bailiwick/presets/pinkfish";
import { CompactSign } from "jose/jws/compact/sign";
import { ana, bo, company } from "./company.mjs";
import { thrownBy } from "./thrown.mjs";

const ISSUED = 1_790_000_000_000;
const MINUTE = 60_000;
const life = { issuedAt: ISSUED, notAfter: ISSUED + 5 * MINUTE };
const at = (now) => ({ clock: () => now });

const { policy, directory } = company();
const vocabulary = policy.vocabulary();
const capsule = directory.capsule(bo, "acme", life);

const pair = () => webcrypto.subtle.generateKey("Ed25519", true, ["sign", "verify"]);
const { privateKey, publicKey } = await pair();
const audience = "api.acme.com";
const signing = { key: privateKey, kid: "k1", audience };
const verify = createVerifier({ keys: { k1: publicKey }, audience });
const token = await signCapsule(capsule, signing);

const base64 = (value) => Buffer.from(value).toString("base64url");
const [head, payload, signature] = token.split(".");
/** The token with another header, its signature right for that header. */
const signedWith = async (text, key = privateKey) => {
  const input = `${base64(text)}.${payload}`;
  const bytes = await webcrypto.subtle.sign("Ed25519", key, Buffer.from(input));
  return `${input}.${base64(new Uint8Array(bytes))}`;
};
const header = (fields) =>
  JSON.stringify({ alg: "EdDSA", kid: "k1", typ: "bailiwick-capsule", aud: audience, ...fields });
const refused = async (given, code, by = verify) => {
  await assert.rejects(
    by(given),
    (error) => error instanceof BailiwickError && error.code === code,
    String(given).slice(0, 80),
  );
};

test("a capsule opens with the vocabulary, in both modules, and answers as the access", () => {
  const whole = directory.access(bo, "acme", at(ISSUED));
  for (const Class of [Access, SmallAccess]) {
    const known = Class.open(vocabulary);
    for (const given of [vocabulary, known]) {
      const access = Class.openCapsule(capsule, given, at(ISSUED));
      assert.deepEqual([access.principal, access.organization, access.revision], [bo, "acme", 7]);
      assert.deepEqual([access.issuedAt, access.notAfter], [life.issuedAt, life.notAfter]);
      assert.equal(access.nextExpiry, life.notAfter);
      for (const action of ["query_vectors", "delete", "rename", "fly"]) {
        assert.equal(access.can(action, "project", "search"), whole.can(action, "project", "search"), action);
        assert.equal(access.check(action, "project", "search").reason, whole.check(action, "project", "search").reason);
      }
    }
    assert.equal(known.can("delete", "project", "search"), false);
  }
  assert.deepEqual([whole.issuedAt, whole.notAfter], [undefined, undefined]);
});

test("a capsule ends by itself, and a clock set back revives nothing", () => {
  let now = ISSUED + MINUTE;
  const access = SmallAccess.openCapsule(capsule, vocabulary, { clock: () => now });
  assert.equal(access.can("query_vectors", "project", "search"), true);
  now = life.notAfter;
  assert.equal(access.can("query_vectors", "project", "search"), false);
  assert.equal(access.check("query_vectors", "project", "search").reason, "stale");
  now = ISSUED + MINUTE;
  assert.equal(access.can("query_vectors", "project", "search"), false);
});

test("bytes that are no capsule are refused: cut at every byte, a bit flipped, another policy", () => {
  const codeOf = (bytes, ...names) => thrownBy(() => SmallAccess.openCapsule(bytes, ...names))?.code;
  for (let length = 0; length < capsule.length; length += 1)
    assert.equal(codeOf(capsule.subarray(0, length), vocabulary), "ERR_CAPSULE");
  for (let bit = 0; bit < capsule.length * 8; bit += 1) {
    const changed = capsule.slice();
    changed[bit >> 3] ^= 1 << (bit & 7);
    assert.equal(codeOf(changed, vocabulary), "ERR_CAPSULE");
  }
  assert.equal(codeOf(capsule, Policy.compile(pinkfish).vocabulary()), "ERR_POLICY_MISMATCH");
  assert.equal(codeOf(capsule, capsule), "ERR_ACCESS");
  for (const wrong of ["", null, undefined, {}, 7, capsule.buffer]) {
    assert.equal(codeOf(wrong, vocabulary), "ERR_TYPE");
    assert.equal(codeOf(capsule, wrong), "ERR_TYPE");
  }
});

test("a capsule ends after it is issued, and its times are whole milliseconds", () => {
  const codeOf = (given) => thrownBy(() => directory.capsule(bo, "acme", given))?.code;
  assert.equal(codeOf({ issuedAt: 5, notAfter: 5 }), "ERR_LIFETIME");
  assert.equal(codeOf({ issuedAt: 6, notAfter: 5 }), "ERR_LIFETIME");
  const wrong = [undefined, {}, { issuedAt: 1 }, { issuedAt: "1", notAfter: 2 }, { issuedAt: 1.5, notAfter: 2 }];
  for (const given of [...wrong, { issuedAt: 1, notAfter: NaN }, { issuedAt: -1, notAfter: 2 }]) {
    assert.equal(codeOf(given), "ERR_TYPE");
  }
});

test("a delta makes the next capsule, and nothing of any other", () => {
  const next = directory.capsule(bo, "acme", { issuedAt: ISSUED + MINUTE, notAfter: ISSUED + 6 * MINUTE });
  const delta = capsuleDelta(capsule, next);
  assert.ok(delta.length < next.length);
  assert.deepEqual(applyDelta(capsule, delta), next);
  assert.equal(thrownBy(() => applyDelta(next, delta))?.code, "ERR_DELTA");
  assert.equal(thrownBy(() => applyDelta(capsule, delta.subarray(1)))?.code, "ERR_DELTA");
  for (const wrong of [undefined, "", {}]) assert.equal(thrownBy(() => applyDelta(capsule, wrong))?.code, "ERR_TYPE");
});

test("a token gives the bytes back, and its header says four things", async () => {
  assert.deepEqual(await verify(token), capsule);
  assert.deepEqual(JSON.parse(Buffer.from(head, "base64url")), JSON.parse(header()));
  const jwk = { kty: "OKP", crv: "Ed25519", x: (await webcrypto.subtle.exportKey("jwk", publicKey)).x };
  const lookedUp = [new Map([["k1", jwk]]), (kid) => (kid === "k1" ? jwk : undefined), async () => publicKey];
  for (const keys of lookedUp) assert.deepEqual(await createVerifier({ keys, audience })(token), capsule);
});

test("a delta is signed as such, and neither passes for the other", async () => {
  const delta = capsuleDelta(capsule, directory.capsule(bo, "acme", { ...life, notAfter: life.notAfter + 1 }));
  const signed = await signDelta(delta, signing);
  const deltas = createVerifier({ keys: { k1: publicKey }, audience, type: "delta" });
  assert.deepEqual(await deltas(signed), delta);
  await refused(signed, "ERR_TOKEN");
  await refused(token, "ERR_TOKEN", deltas);
});

test("A24: no algorithm", async () => {
  for (const alg of ["none", "None", "NONE", ""]) {
    await refused(`${base64(header({ alg }))}.${payload}.`, "ERR_TOKEN");
    await refused(`${base64(header({ alg }))}.${payload}.${signature}`, "ERR_TOKEN");
  }
});

test("A24: HS256 with the public key as its secret", async () => {
  const secret = new Uint8Array(await webcrypto.subtle.exportKey("raw", publicKey));
  const forged = await new CompactSign(capsule)
    .setProtectedHeader({ alg: "HS256", kid: "k1", typ: "bailiwick-capsule", aud: audience })
    .sign(secret);
  await refused(forged, "ERR_TOKEN");
  await refused(await signedWith(header({ alg: "Ed25519" })), "ERR_TOKEN");
});

test("A24: another key id, and one of what objects inherit", async () => {
  for (const kid of ["k2", "", "__proto__", "constructor", "toString"]) {
    await refused(await signedWith(header({ kid })), "ERR_KEY");
    await refused(await signedWith(header({ kid })), "ERR_KEY", createVerifier({ keys: () => undefined, audience }));
  }
});

test("A24: a key of somebody else under a known id", async () => {
  const other = await pair();
  await refused(await signCapsule(capsule, { ...signing, key: other.privateKey }), "ERR_SIGNATURE");
});

test("A24: a key that was rotated out; the old and the new one beside each other", async () => {
  const next = await pair();
  const keys = new Map([
    ["k1", publicKey],
    ["k2", next.publicKey],
  ]);
  const rotating = createVerifier({ keys, audience });
  const fresh = await signCapsule(capsule, { key: next.privateKey, kid: "k2", audience });
  assert.deepEqual([await rotating(token), await rotating(fresh)], [capsule, capsule]);
  keys.delete("k1");
  await refused(token, "ERR_KEY", rotating);
  assert.deepEqual(await rotating(fresh), capsule);
});

test("A24: header fields beyond the four", async () => {
  const jwk = await webcrypto.subtle.exportKey("jwk", publicKey);
  const more = {
    crit: ["exp"],
    jwk,
    jku: "https://keys.example",
    x5u: "https://keys.example",
    x5c: [],
    b64: true,
    exp: 1,
    "": 1,
  };
  for (const [name, value] of Object.entries(more))
    await refused(await signedWith(header({ [name]: value })), "ERR_TOKEN");
  await refused(await signedWith(`{"__proto__":"x",${header().slice(1)}`), "ERR_TOKEN");
  for (const name of ["alg", "kid", "typ", "aud"]) {
    await refused(await signedWith(header({ [name]: undefined })), "ERR_TOKEN");
    for (const value of [7, null, ["k1"], {}]) await refused(await signedWith(header({ [name]: value })), "ERR_TOKEN");
  }
});

test("A24: a header with a field twice, with white space, with needless escapes, or none at all", async () => {
  await refused(await signedWith(header().replace("{", '{"alg":"none",')), "ERR_TOKEN");
  await refused(await signedWith(header().replace("{", '{"kid":"k1",')), "ERR_TOKEN");
  await refused(await signedWith(header().replace("{", '{"al\\u0067":"EdDSA",')), "ERR_TOKEN");
  await refused(await signedWith(header().replace("k1", "\\u006b1")), "ERR_TOKEN");
  for (const text of [` ${header()}`, `${header()}\n`, `\ufeff${header()}`, "", "null", "[]", '"x"', "{}", "{", "7"]) {
    await refused(await signedWith(text), "ERR_TOKEN");
  }
  const [before, after] = header({ kid: "@" }).split("@");
  await refused(await signedWith(Buffer.from([...Buffer.from(before), 0xff, ...Buffer.from(after)])), "ERR_TOKEN");
  await refused(`${Buffer.from([0xff, 0xfe]).toString("base64url")}.${payload}.${signature}`, "ERR_TOKEN");
});

test("A24: other spellings of base64", async () => {
  const variants = (part) => [
    `${part}=`,
    `${part}==`,
    `${part} `,
    ` ${part}`,
    `${part}\n`,
    `${part}\t`,
    `${part}A`,
    part.slice(1),
    `${part.slice(0, 4)} ${part.slice(4)}`,
    `${part.slice(0, -1)}+`,
    `${part.slice(0, -1)}/`,
    `${part.slice(0, -1)}%3D`,
  ];
  for (const place of [0, 1, 2]) {
    for (const variant of variants(token.split(".")[place])) {
      const parts = token.split(".");
      parts[place] = variant;
      await assert.rejects(verify(parts.join(".")), (error) => error instanceof BailiwickError, `${place}: ${variant}`);
    }
  }
  // Signed as they are spelt, so that nothing but the spelling is wrong.
  for (const spelt of [`${payload}=`, `${payload}\n`, payload.replaceAll("-", "+").replaceAll("_", "/") + "=="]) {
    const bytes = await webcrypto.subtle.sign("Ed25519", privateKey, Buffer.from(`${head}.${spelt}`));
    await refused(`${head}.${spelt}.${base64(new Uint8Array(bytes))}`, "ERR_TOKEN");
  }
  // The last letter of a signature carries four bits of it and two of nothing: those must be zero.
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const last = letters.indexOf(signature.at(-1));
  for (let bits = 1; bits < 16; bits += 1) {
    await refused(`${head}.${payload}.${signature.slice(0, -1)}${letters[last | bits]}`, "ERR_TOKEN");
  }
  for (const given of [
    "",
    ".",
    "..",
    "...",
    `${token}.`,
    `.${token}`,
    `${head}.${payload}`,
    `${head}..${signature}`,
    `${token}.${payload}`,
  ]) {
    await refused(given, "ERR_TOKEN");
  }
});

test("A24: a bit flipped anywhere", async () => {
  const bytes = Buffer.from(payload, "base64url");
  for (let bit = 0; bit < bytes.length * 8; bit += 7) {
    const changed = Buffer.from(bytes);
    changed[bit >> 3] ^= 1 << (bit & 7);
    await refused(`${head}.${base64(changed)}.${signature}`, "ERR_SIGNATURE");
  }
  const signed = Buffer.from(signature, "base64url");
  for (let bit = 0; bit < signed.length * 8; bit += 5) {
    const changed = Buffer.from(signed);
    changed[bit >> 3] ^= 1 << (bit & 7);
    await refused(`${head}.${payload}.${base64(changed)}`, "ERR_SIGNATURE");
  }
});

test("A24: for another audience, of another type", async () => {
  for (const aud of ["api.globex.com", "", "API.acme.com", `${audience} `]) {
    await refused(await signCapsule(capsule, { ...signing, audience: aud }), "ERR_AUDIENCE");
  }
  for (const typ of ["JWT", "", "bailiwick-Capsule"]) await refused(await signedWith(header({ typ })), "ERR_TOKEN");
});

test("a token that is too long is not looked into", async () => {
  const short = createVerifier({ keys: { k1: publicKey }, audience, limit: token.length - 1 });
  await refused(token, "ERR_TOKEN", short);
  await refused("A".repeat(64 * 1024 * 1024), "ERR_TOKEN");
});

test("A19: tokens, keys and settings of wrong types", async () => {
  for (const given of [undefined, null, 7, {}, [token], { toString: () => token }, Symbol("x"), 7n]) {
    await assert.rejects(verify(given), { code: "ERR_TOKEN" });
  }
  for (const settings of [
    undefined,
    null,
    7,
    {},
    { audience },
    { keys: {} },
    { keys: {}, audience: 7 },
    { keys: "k1", audience },
  ]) {
    assert.equal(thrownBy(() => createVerifier(settings))?.code, "ERR_TYPE");
  }
  for (const more of [
    { type: "jwt" },
    { limit: 0 },
    { limit: "1" },
    { limit: NaN },
    { remember: -1 },
    { remember: "1" },
  ]) {
    assert.equal(thrownBy(() => createVerifier({ keys: {}, audience, ...more }))?.code, "ERR_TYPE");
  }
  await assert.rejects(signCapsule("x", signing), { code: "ERR_TYPE" });
  await assert.rejects(signCapsule(capsule, { ...signing, kid: 7 }), { code: "ERR_TYPE" });
});

test("A24: of all spellings of base64url one is taken", async () => {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const last = [...letters, "=", "+", "/", " ", "\n", "."];
  for (const start of ["", "A", "AA", "AAA", "_-9z", "_-9zA", "_-9zAA"])
    for (const letter of last) {
      const part = start + letter;
      const isOne = Buffer.from(part, "base64url").toString("base64url") === part;
      await refused(`${head}.${part}.${signature}`, isOne ? "ERR_SIGNATURE" : "ERR_TOKEN");
    }
});

test("a token whose signature held is not verified anew, but by another key", async () => {
  const { verify: real } = webcrypto.subtle.constructor.prototype;
  let count = 0;
  webcrypto.subtle.constructor.prototype.verify = function counted(...given) {
    count += 1;
    return real.apply(this, given);
  };
  try {
    const keys = new Map([["k1", publicKey]]);
    const remembering = createVerifier({ keys, audience, remember: 1 });
    (await remembering(token)).fill(0); // a copy
    assert.deepEqual([await remembering(token), count], [capsule, 1]);
    await refused(`${head}.${payload}.${"A".repeat(86)}`, "ERR_SIGNATURE", remembering);
    assert.deepEqual([await remembering(token), count], [capsule, 2]); // what is refused pushes nothing out
    await remembering(await signCapsule(capsule.subarray(1), signing));
    assert.deepEqual([await remembering(token), count], [capsule, 4]);
    keys.set("k1", (await pair()).publicKey);
    await refused(token, "ERR_SIGNATURE", remembering);
    keys.clear();
    await refused(token, "ERR_KEY", remembering);
    const anew = createVerifier({ keys: { k1: publicKey }, audience, remember: 0 });
    assert.deepEqual([await anew(token), await anew(token), count], [capsule, capsule, 7]);
  } finally {
    webcrypto.subtle.constructor.prototype.verify = real;
  }
});

test("a key that is none for Ed25519 is no key", async () => {
  const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 }).publicKey.export({ format: "jwk" });
  for (const key of [rsa, {}, "k", 7, { kty: "OKP", crv: "Ed25519" }]) {
    await refused(token, "ERR_KEY", createVerifier({ keys: () => key, audience }));
  }
});

test("A17: a polluted prototype neither gives a key nor changes a header", async () => {
  const pollute = { k9: publicKey, alg: "EdDSA", kid: "k1", typ: "bailiwick-capsule", aud: audience };
  const stranger = await signedWith(header({ kid: "k9" }));
  const bare = await signedWith("{}");
  Object.assign(Object.prototype, pollute);
  try {
    await refused(stranger, "ERR_KEY");
    await refused(bare, "ERR_TOKEN");
  } finally {
    for (const name of Object.keys(pollute)) delete Object.prototype[name];
  }
  assert.deepEqual(await verify(token), capsule);
});

test("ana's capsule is not bo's", () => {
  const other = directory.capsule(ana, "acme", life);
  assert.notDeepEqual(other, capsule);
  assert.equal(SmallAccess.openCapsule(other, vocabulary, at(ISSUED)).principal, ana);
});
