// Whose a token is: keys that are fetched, ids of other forms, and who no person is.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { describe, test } from "node:test";
import { jwtIdentity } from "bailiwick/authority";
import { exportJWK, generateKeyPair } from "jose";
import { NOW, ana, console_ as audience, issuer, jwks, tokenOf } from "./authority-world.mjs";

const identityOf = (more) => jwtIdentity({ issuer, audience, jwks, clock: () => NOW, ...more });
const refused = { code: "ERR_IDENTITY" };

describe("ids", () => {
  test("are addresses, which the issuer has verified", async () => {
    const { principal, person } = await identityOf()(await tokenOf(ana, { more: { name: "Ana" } }));
    assert.deepEqual([principal, person], [`user/${ana}`, { id: ana, email: ana, name: "Ana" }]);
    for (const name of ["", "a\u0000b", 7, "x".repeat(300)])
      assert.equal((await identityOf()(await tokenOf(ana, { more: { name } }))).person.name, undefined);
  });

  test("or the issuer's own, beside the address where it is verified", async () => {
    const identity = identityOf({ claim: "sub" });
    const of = async (more) => (await identity(await tokenOf(ana, { more }))).person;
    assert.deepEqual(await of({ sub: "auth0|5f7c" }), { id: "auth0|5f7c", email: ana });
    assert.deepEqual(await of({ sub: "5f7c", email_verified: false }), { id: "5f7c" });
    assert.deepEqual(await of({ sub: "5f7c", email: "ANA@acme.com" }), { id: "5f7c" });
    for (const sub of [undefined, "", "a b", "a\n", "bo@acme.com", "\u200b", "x".repeat(300)]) await assert.rejects(of({ sub }), refused, String(sub));
  });

  test("or what the host says of who no person is, and of which organization", async () => {
    const account = (client) => ({ principal: `service_account/${client}`, organization: "acme" });
    const identity = identityOf({ principal: ({ client_id: client }) => (client === undefined ? undefined : account(client)) });
    assert.deepEqual(await identity(await tokenOf(undefined, { more: { client_id: "ci" } })), account("ci"));
    assert.equal((await identity(await tokenOf(ana))).principal, `user/${ana}`);
    const by = async (named) => identityOf({ principal: () => named })(await tokenOf(ana));
    const ci = { principal: "service_account/ci", organization: "acme" };
    assert.deepEqual(await by({ ...ci, more: 1 }), ci);
    for (const named of [{ ...ci, principal: "user/ana@acme.com" }, { principal: ci.principal }, { ...ci, organization: "" }, { ...ci, organization: 7 }, null, "service_account/ci", "user/ana@acme.com"])
      await assert.rejects(by(named), { code: "ERR_TYPE" });
  });
});

describe("settings", () => {
  test("take public keys and signatures alone, and name whom they are for", () => {
    for (const algorithms of [["none"], ["HS256"], ["EdDSA", "HS512"], ["dir"], "EdDSA", [""]])
      assert.throws(() => identityOf({ algorithms }), { code: "ERR_TYPE" });
    for (const more of [{ issuer: "" }, { audience: "" }, { issuer: undefined }, { audience: undefined }, { claim: "name" }, { jwks: undefined }, { jwksUrl: "https://a/" }, { clock: 7 }])
      assert.throws(() => identityOf(more), { code: "ERR_TYPE" }, JSON.stringify(more));
  });

  test("an algorithm that is not named is refused", async () => {
    await assert.rejects(identityOf({ algorithms: ["ES256"] })(await tokenOf(ana)), refused);
    const pair = await generateKeyPair("ES256", { extractable: true });
    const keys = { keys: [{ ...(await exportJWK(pair.publicKey)), kid: "i1", alg: "ES256" }] };
    const token = await tokenOf(ana, { key: pair.privateKey, header: { alg: "ES256" } });
    assert.equal((await identityOf({ jwks: keys })(token)).principal, `user/${ana}`);
    await assert.rejects(identityOf({ jwks: keys, algorithms: ["EdDSA"] })(token), refused);
  });

  test("clocks may differ by five seconds, or by what is said", async () => {
    const late = await tokenOf(ana, { more: { exp: NOW / 1_000 - 4 } });
    assert.equal((await identityOf()(late)).principal, `user/${ana}`);
    await assert.rejects(identityOf({ leeway: 0 })(late), refused);
  });
});

test("keys are fetched; that they cannot be had is another error than that they do not fit", async () => {
  let answer = { status: 200, body: JSON.stringify(jwks) };
  let count = 0;
  const server = createServer((_, response) => {
    count += 1;
    response.writeHead(answer.status, { "content-type": "application/json" }).end(answer.body);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const jwksUrl = `http://127.0.0.1:${server.address().port}/keys`;
  const fetched = () => identityOf({ jwks: undefined, jwksUrl });
  try {
    const identity = fetched();
    for (let asks = 0; asks < 3; asks += 1) assert.equal((await identity(await tokenOf(ana))).principal, `user/${ana}`);
    assert.equal(count, 1);
    await assert.rejects(fetched()(await tokenOf(ana, { header: { kid: "other" } })), refused);
    for (const body of ["{}", "<html>", "[]"]) {
      answer = { status: 200, body };
      await assert.rejects(fetched()(await tokenOf(ana)), ({ code }) => code !== "ERR_IDENTITY", body);
    }
    answer = { status: 503, body: "" };
    await assert.rejects(fetched()(await tokenOf(ana)), ({ code }) => code !== "ERR_IDENTITY");
  } finally {
    server.closeAllConnections();
    server.close();
  }
  await assert.rejects(fetched()(await tokenOf(ana)), ({ code }) => code !== "ERR_IDENTITY");
});
