// The authority over HTTP: who may ask what, and what they are told.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createVerifier } from "bailiwick/capsule";
import { createGuard } from "bailiwick/guard";
import { BailiwickError, Policy } from "bailiwick";
import { createService, developmentIssuer, newSigningKeys } from "bailiwick/authority";
import pinecone from "bailiwick/presets/pinecone";
import pinkfish from "bailiwick/presets/pinkfish";
import { generateKeyPair } from "jose";
import { MINUTE, NOW, ana, audience, authority, bo, chiara, eve, inhabited, jwks, keys, sam, tokenOf } from "./authority-world.mjs";

const ACME = "/organizations/acme";
const rename = (id, organization = "acme") => ({ id, command: "rename_organization", organization, name: "New" });
const stranger = (await generateKeyPair("EdDSA")).privateKey;

/** Each row of the table with what each person gets: nobody, a foreign token, an outsider, a suspended member, a member, the owner. */
const TABLE = [
  ["GET", "/policy", undefined, [200, 200, 200, 200, 200, 200]],
  ["GET", "/vocabulary", undefined, [200, 200, 200, 200, 200, 200]],
  ["GET", "/keys", undefined, [200, 200, 200, 200, 200, 200]],
  ["GET", "/me", undefined, [401, 401, 200, 200, 200, 200]],
  ["POST", "/organizations", { id: "t1", command: "create_organization", organization: "acme" }, [401, 401, 409, 409, 409, 409]],
  ["GET", `${ACME}/capsule`, undefined, [401, 401, 404, 404, 200, 200]],
  ["GET", `${ACME}/capsule/delta`, undefined, [401, 401, 409, 409, 200, 200]],
  ["POST", `${ACME}/invites/none/acceptance`, { id: "t2" }, [401, 401, 404, 404, 404, 404]],
  ["POST", `${ACME}/commands`, rename("t3"), [401, 401, 404, 401, 403, 200]],
  ["POST", `${ACME}/preview`, rename("t4"), [401, 401, 404, 401, 403, 200]],
  ["GET", `${ACME}/who?action=rename&kind=organization&id=acme`, undefined, [401, 401, 404, 401, 403, 200]],
  ["GET", `${ACME}/matrix?kind=organization&id=acme`, undefined, [401, 401, 404, 401, 403, 200]],
  ["GET", `${ACME}/list?principal=user/${bo}&action=create_projects&kind=organization`, undefined, [401, 401, 404, 401, 200, 200]],
  ["GET", `${ACME}/grantable?target=user/${chiara}&kind=organization&id=acme`, undefined, [401, 401, 404, 401, 200, 200]],
  ["GET", `${ACME}/view`, undefined, [401, 401, 404, 401, 200, 200]],
  ["GET", `${ACME}/history`, undefined, [401, 401, 404, 401, 403, 200]],
  ["GET", `${ACME}/events`, undefined, [401, 401, 404, 401, 200, 200]],
  ["POST", `/operator${ACME}/commands`, { id: "t5", command: "change_edition", organization: "acme", edition: "standard" }, [404, 404, 404, 404, 404, 404]],
  ["GET", "/development/people", undefined, [404, 404, 404, 404, 404, 404]],
  ["POST", "/development/sign-in", { person: ana }, [404, 404, 404, 404, 404, 404]],
  ["GET", "/nowhere", undefined, [404, 404, 404, 404, 404, 404]],
  ["DELETE", "/me", undefined, [405, 405, 405, 405, 405, 405]],
];
const WHO = ["nobody", "a foreign token", "an outsider", "a suspended member", "a member", "the owner"];

describe("who may ask what", () => {
  for (const [method, path, body, statuses] of TABLE)
    test(`${method} ${path}`, async () => {
      const world = await inhabited();
      const tokens = [undefined, await tokenOf(ana, { key: stranger }), ...(await Promise.all([eve, sam, bo, ana].map((id) => tokenOf(id))))];
      const capsules = [undefined, world.capsules.get(ana), ...[eve, sam, bo, ana].map((id) => world.capsules.get(id))];
      for (const [place, status] of statuses.entries()) {
        const response = await world.send(method, path, { token: tokens[place], capsule: capsules[place], body });
        assert.equal(response.status, status, WHO[place]);
        if (status >= 400) await isProblem(response);
        else await response.body?.cancel();
      }
    });

  test("a capsule of somebody else is of no use", async () => {
    const world = await inhabited();
    const response = await world.send("GET", `${ACME}/view`, { token: await tokenOf(bo), capsule: world.capsules.get(ana) });
    assert.deepEqual([response.status, (await response.json()).code], [401, "ERR_PRINCIPAL"]);
  });

  test("an outsider learns nothing: what is not theirs and what is not there are the same bytes", async () => {
    const world = await inhabited();
    for (const [method, path, body] of [
      ["GET", "capsule"],
      ["GET", "view"],
      ["POST", "invites/i-bo@acme.com/acceptance", { id: "x" }],
      ["POST", "commands", rename("x", "acme")],
      ["GET", "events"],
    ]) {
      const asked = async (organization) => {
        const given = body?.organization === undefined ? body : { ...body, organization };
        const { status, body: said } = await world.as(eve, method, `/organizations/${organization}/${path}`, given);
        return [status, said];
      };
      const [there, absent] = [await asked("acme"), await asked("absent")];
      assert.deepEqual(there, absent, path);
      assert.equal(there[0], 404);
    }
  });
});

async function isProblem(response) {
  const problem = await response.json();
  assert.equal(response.headers.get("content-type"), "application/problem+json");
  assert.equal(response.headers.get("cache-control"), "no-store");
  assert.deepEqual([problem.type, problem.status], ["about:blank", response.status]);
  assert.equal(typeof problem.reason, "string");
  if (response.status === 401) assert.match(response.headers.get("www-authenticate"), /^Bearer/);
  if (response.status === 405) assert.equal(response.headers.get("allow"), "GET");
}

describe("whose a token is", () => {
  const b64 = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = { iss: "https://id.acme.com/", aud: "console.acme.com", exp: NOW / 1_000 + 600, email: ana, email_verified: true };
  const secret = new TextEncoder().encode(jwks.keys[0].x);
  const forged = {
    "another key": () => tokenOf(ana, { key: stranger }),
    "another issuer": () => tokenOf(ana, { more: { iss: "https://id.acme.com" } }),
    "another audience": () => tokenOf(ana, { more: { aud: "other" } }),
    "an end that is past": () => tokenOf(ana, { more: { exp: NOW / 1_000 - 60 } }),
    "no end": () => tokenOf(ana, { more: { exp: undefined } }),
    "a beginning to come": () => tokenOf(ana, { more: { nbf: NOW / 1_000 + 60 } }),
    "an address that nobody verified": () => tokenOf(ana, { more: { email_verified: false } }),
    "an address verified in letters": () => tokenOf(ana, { more: { email_verified: "true" } }),
    "no address": () => tokenOf(undefined),
    "an address in capitals": () => tokenOf("Ana@acme.com"),
    "an address with a space": () => tokenOf("ana@acme.com "),
    "an address with two @": () => tokenOf("ana@acme.com@evil.com"),
    "an address that is no text": () => tokenOf(["ana@acme.com"]),
    "no signature": () => `${b64({ alg: "none" })}.${b64(claims)}.`,
    "the public key as a secret": () => tokenOf(ana, { key: secret, header: { alg: "HS256" } }),
    "an unknown key": () => tokenOf(ana, { header: { kid: "i2" } }),
    "no token": () => "hello",
    "a long one": () => `a.${"a".repeat(20_000)}.a`,
  };
  for (const [name, make] of Object.entries(forged))
    test(`is not believed: ${name}`, async () => {
      const world = await authority();
      const { status, headers, body } = await world.json("GET", "/me", { token: await make() });
      assert.deepEqual([status, body.reason, body.code], [401, "unknown_principal", "ERR_IDENTITY"]);
      assert.equal(headers.get("www-authenticate"), 'Bearer error="invalid_token"');
    });

  test("a good one is", async () => {
    const world = await authority();
    const { status, body } = await world.json("GET", "/me", { token: await tokenOf(ana, { more: { name: "Ana" } }) });
    assert.deepEqual([status, body], [200, { principal: `user/${ana}`, first: true, person: { id: ana, email: ana, name: "Ana" }, organizations: [], invites: [] }]);
    assert.equal((await world.json("GET", "/me", { token: await tokenOf(ana) })).body.first, false);
  });

  test("keys that cannot be had say nothing of the token: 503", async () => {
    const world = await authority({ identity: () => Promise.reject(new TypeError("fetch failed")) });
    for (const path of ["/me", `${ACME}/view`])
      assert.equal((await world.json("GET", path, { token: "t", capsule: "c" })).status, 503, path);
  });
});

describe("what is sent", () => {
  const asked = async (body, headers) => {
    const world = await inhabited();
    const [token, capsule] = [await tokenOf(ana), world.capsules.get(ana)];
    const { status, body: said } = await world.json("POST", `${ACME}/commands`, { token, capsule, body, headers });
    return [status, said.reason, said.code, said.path];
  };

  test("is JSON and says so", async () => {
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/json-seq", ""])
      assert.deepEqual((await asked(rename("a"), { "content-type": type })).slice(0, 2), [415, "unsupported_media_type"]);
    assert.equal((await asked(rename("a"), { "content-type": "application/json; charset=utf-8" }))[0], 200);
  });

  test("is an object, in UTF-8, of 64 KiB at most", async () => {
    for (const body of ["", "[]", "7", "null", "{", '{"a":1}}', "[".repeat(60_000)])
      assert.deepEqual(await asked(body), [400, "bad_request", "ERR_JSON", ""]);
    const deep = `${'{"a":'.repeat(9_000)}1${"}".repeat(9_000)}`;
    assert.equal((await asked(`{"organization":"acme","a":${deep}}`))[0], 400);
    assert.deepEqual((await asked(`{"a":"${"x".repeat(65_536)}"}`)).slice(0, 2), [413, "too_large"]);
    const world = await inhabited();
    const bytes = Buffer.from('{"id":"\xff"}', "latin1");
    const headers = { authorization: `Bearer ${await tokenOf(ana)}`, "bailiwick-capsule": world.capsules.get(ana), "content-type": "application/json" };
    const response = await world.service(new Request(`https://a.com${ACME}/commands`, { method: "POST", headers, body: bytes }));
    assert.deepEqual([response.status, (await response.json()).code], [400, "ERR_JSON"]);
  });

  test("names the organization of its path, and neither who nor when", async () => {
    assert.deepEqual(await asked(rename("a", "labs")), [400, "bad_request", "ERR_VALUE", "organization"]);
    assert.deepEqual(await asked({ ...rename("a"), organization: undefined }), [400, "bad_request", "ERR_VALUE", "organization"]);
    for (const field of ["now", "actor", "as"])
      assert.deepEqual(await asked({ ...rename("a"), [field]: 1 }), [400, "bad_request", "ERR_UNKNOWN_FIELD", field]);
  });

  test("is refused with its place", async () => {
    const invite = { id: "a", command: "invite_member", organization: "acme", invite: "i", address: "x@y.z", roles: ["king"] };
    assert.deepEqual(await asked(invite), [400, "bad_request", "ERR_UNKNOWN_ROLE", "roles[0]"]);
    assert.deepEqual(await asked({ id: "a", command: "verify_domain", organization: "acme", domain: "acme.com" }).then(([status]) => status), 403);
  });

  test("asks each parameter once, and no other", async () => {
    const world = await inhabited();
    const query = async (text) => {
      const { status, body } = await world.as(ana, "GET", `${ACME}/${text}`);
      return [status, body.code, body.path];
    };
    assert.deepEqual(await query("who?action=rename&kind=organization"), [400, "ERR_MISSING_FIELD", "id"]);
    assert.deepEqual(await query("who?action=rename&kind=organization&id=acme&id=labs"), [400, "ERR_UNKNOWN_FIELD", "id"]);
    assert.deepEqual(await query("view?as=host"), [400, "ERR_UNKNOWN_FIELD", "as"]);
    assert.deepEqual(await query("who?ask=view&action=rename&kind=organization&id=acme"), [400, "ERR_UNKNOWN_FIELD", "ask"]);
    assert.deepEqual(await query("history?limit=ten"), [400, "ERR_VALUE", "limit"]);
  });
});

describe("commands", () => {
  test("come to a revision, and repeated to the same", async () => {
    const world = await inhabited();
    const first = await world.as(ana, "POST", `${ACME}/commands`, rename("a"));
    const { revision } = (await world.capsule(ana)).body;
    assert.deepEqual([first.status, first.body], [200, { ok: true, revision }]);
    const again = await world.as(ana, "POST", `${ACME}/commands`, rename("a"));
    assert.deepEqual([again.status, again.body], [200, { ok: true, revision, repeated: true }]);
    const other = await world.as(ana, "POST", `${ACME}/commands`, { ...rename("a"), name: "Other" });
    assert.deepEqual([other.status, other.body.reason, other.body.decision.reason], [409, "conflict", "conflict"]);
  });

  test("are refused with the whole decision and a sentence", async () => {
    const world = await inhabited();
    const { status, body } = await world.as(bo, "POST", `${ACME}/commands`, rename("b"));
    assert.deepEqual([status, body.reason, body.decision.reason], [403, "no_role", "no_role"]);
    assert.equal(typeof body.text, "string");
    const last = await world.as(ana, "POST", `${ACME}/commands`, { id: "l", command: "leave_organization", organization: "acme" });
    assert.deepEqual([last.status, last.body.reason], [409, "last_owner"]);
  });

  test("who is removed has no capsule any more, and the one they had is refused at once", async () => {
    const world = await inhabited();
    assert.equal((await world.as(bo, "GET", `${ACME}/view`)).status, 200);
    assert.equal((await world.command(ana, "acme", { command: "remove_member", member: `user/${bo}` })).status, 200);
    const { status, body } = await world.as(bo, "GET", `${ACME}/view`);
    assert.deepEqual([status, body.reason], [401, "stale"]);
    assert.equal((await world.capsule(bo)).status, 404);
  });

  test("one about somebody who is not there says so: who asks is known", async () => {
    const world = await inhabited();
    const absent = { id: "absent", command: "remove_member", organization: "acme", member: "user/nobody@acme.com" };
    const { status, body } = await world.as(ana, "POST", `${ACME}/commands`, absent);
    assert.deepEqual([status, body.reason], [404, "unknown_principal"]);
  });

  test("the host's own are given by whom the operator setting says", async () => {
    const world = await inhabited({ operator: ({ principal }) => principal === `user/${eve}` });
    const edition = { id: "e", command: "change_edition", organization: "acme", edition: "enterprise" };
    assert.equal((await world.as(ana, "POST", `/operator${ACME}/commands`, edition)).status, 404);
    assert.equal((await world.json("POST", `/operator${ACME}/commands`, { body: edition })).status, 401);
    assert.equal((await world.as(eve, "POST", `/operator${ACME}/commands`, edition)).status, 200);
  });
});

describe("moving in and out", () => {
  const operator = ({ principal }) => principal === `user/${eve}`;
  const PLACE = `/operator${ACME}`;

  test("an organization comes as a document, and goes as one", async () => {
    const [there, here] = [await inhabited({ operator }), await authority({ operator })];
    const { status, body: document } = await there.as(eve, "GET", PLACE);
    assert.equal(status, 200);
    const moved = await here.as(eve, "PUT", PLACE, document);
    assert.deepEqual([moved.status, moved.body], [200, { ok: true, revision: document.revision }]);
    assert.deepEqual((await here.as(eve, "PUT", PLACE, document)).body, moved.body);
    assert.deepEqual((await here.as(eve, "GET", PLACE)).body, document);
    assert.equal((await here.capsule(bo)).status, 200);
    const other = { ...document, organizations: [{ ...document.organizations[0], name: "Other" }] };
    assert.equal((await here.as(eve, "PUT", PLACE, other)).status, 409);
  });

  test("it does not come from a time that is still to be, nor without room for a change", async () => {
    const [there, here] = [await inhabited({ operator }), await authority({ operator })];
    const { body: document } = await there.as(eve, "GET", PLACE);
    for (const [field, value, code] of [["changed", Number.MAX_SAFE_INTEGER, "ERR_NUMBER"], ["revision", Number.MAX_SAFE_INTEGER, "ERR_NUMBER"]]) {
      const { status, body } = await here.as(eve, "PUT", PLACE, { ...document, [field]: value });
      assert.deepEqual([status, body.code, body.path], [400, code, field]);
    }
    assert.equal((await here.as(eve, "PUT", PLACE, document)).status, 200);
  });

  test("its changes go one after another", async () => {
    const world = await inhabited({ operator });
    const { body } = await world.as(eve, "GET", `${PLACE}/changes?after=2&limit=3`);
    assert.deepEqual(body.changes.map(({ after }) => after), [3, 4, 5]);
    assert.equal((await world.as(eve, "GET", `${PLACE}/changes?after=${body.revision}`)).body.changes.length, 0);
    for (const [query, path] of [["", "after"], ["?after=x", "after"], ["?after=1&before=2", "before"]])
      assert.equal((await world.as(eve, "GET", `${PLACE}/changes${query}`)).body.path, path);
    assert.equal((await world.as(ana, "GET", `${PLACE}/changes?after=0`)).status, 404);
  });

  test("is for the operator alone", async () => {
    const world = await inhabited({ operator });
    for (const [method, body] of [["GET"], ["PUT", { format: 1 }]]) {
      assert.equal((await world.as(ana, method, PLACE, body)).status, 404);
      assert.equal((await world.json(method, PLACE, { body })).status, 401);
    }
    assert.equal((await world.as(eve, "GET", "/operator/organizations/absent")).status, 404);
    for (const said of [undefined, null, 1, "yes", {}])
      assert.equal((await (await inhabited({ operator: () => said })).as(eve, "GET", PLACE)).status, 404, String(said));
    assert.deepEqual((await world.as(eve, "PUT", "/operator/organizations/new", { format: 2 })).status, 400);
  });
});

describe("capsules", () => {
  test("are signed for guards elsewhere, which need the public keys alone", async () => {
    const world = await inhabited();
    const jwks = (await world.json("GET", "/keys")).body;
    assert.deepEqual(jwks.keys.map(({ kid, use, alg, ...rest }) => [kid, use, alg, Object.keys(rest)]), [["k1", "sig", "EdDSA", ["kty", "crv", "x"]]]);
    const response = await world.send("GET", "/vocabulary");
    const found = Object.fromEntries(jwks.keys.map(({ kid, kty, crv, x }) => [kid, { kty, crv, x }]));
    const guard = createGuard({
      routes: [{ method: "GET", path: "/o/{o}", action: "view_account", kind: "organization", organization: "o" }],
      vocabulary: new Uint8Array(await response.arrayBuffer()),
      capsule: () => world.capsules.get(bo),
      verify: createVerifier({ keys: found, audience }),
      clock: () => NOW,
    });
    assert.equal((await guard(new Request("https://api.acme.com/o/acme"))).allowed, true);
  });

  test("end when they say", async () => {
    const world = await inhabited({ lifetime: 2 * MINUTE });
    assert.equal((await world.capsule(bo)).body.notAfter, NOW + 2 * MINUTE);
    world.time.now = NOW + 2 * MINUTE;
    const { status, body } = await world.as(bo, "GET", `${ACME}/view`);
    assert.deepEqual([status, body.reason], [401, "stale"]);
  });

  test("rotate in three steps, and none is refused in between", async () => {
    const next = await newSigningKeys("k2");
    const both = { ...keys.keys, ...next.keys };
    const { d, ...old } = keys.keys.k1;
    const steps = [keys, { active: "k1", keys: both }, { active: "k2", keys: { ...both, k1: old } }, next];
    const world = await inhabited();
    const services = steps.map((keys) => createService({ policy: pinecone, places: world.places, keys, audience, identity: identityOf(world), clock: () => NOW }));
    for (const [place, service] of services.slice(0, -1).entries()) {
      const headers = { authorization: `Bearer ${await tokenOf(bo)}` };
      const { token } = await (await service(new Request(`https://a.com${ACME}/capsule`, { headers }))).json();
      for (const there of [service, services[place + 1]].slice(0, place === 2 ? 1 : 2)) {
        const { status } = await there(new Request(`https://a.com${ACME}/view`, { headers: { ...headers, "bailiwick-capsule": token } }));
        assert.equal(status, 200, `step ${place}`);
      }
    }
    assert.throws(() => createService({ policy: pinecone, places: world.places, keys: { active: "k1", keys: { k1: old } }, audience }), { code: "ERR_KEY" });
  });
});

const identityOf = () => async (token) => {
  const { email } = JSON.parse(Buffer.from(token.split(".")[1], "base64url"));
  return { principal: `user/${email}`, person: { id: email } };
};

describe("what everybody may have", () => {
  test("is kept by its tag", async () => {
    const world = await authority();
    for (const path of ["/policy", "/vocabulary", "/keys"]) {
      const first = await world.send("GET", path);
      const etag = first.headers.get("etag");
      assert.equal(first.headers.get("cache-control"), "public, max-age=60");
      const again = await world.send("GET", path, { headers: { "if-none-match": etag } });
      assert.deepEqual([again.status, await again.text()], [304, ""]);
      assert.equal((await world.send("GET", path, { headers: { "if-none-match": '"other"' } })).status, 200);
    }
    assert.deepEqual((await world.json("GET", "/policy")).body, JSON.parse(JSON.stringify(pinecone)));
    const { buffer } = Policy.compile(pinecone).vocabulary();
    assert.deepEqual(new Uint8Array(await (await world.send("GET", "/vocabulary")).arrayBuffer()), new Uint8Array(buffer));
  });
});

describe("pages of other origins", () => {
  const page = "https://console.acme.com";
  const asks = { origin: page, "access-control-request-method": "POST", "access-control-request-headers": "authorization" };

  test("may not ask, unless they are named", async () => {
    const world = await authority();
    const response = await world.send("OPTIONS", "/me", { headers: asks });
    assert.deepEqual([response.status, response.headers.get("access-control-allow-origin")], [405, null]);
    assert.equal((await world.send("GET", "/policy", { headers: { origin: page } })).headers.get("access-control-allow-origin"), null);
  });

  test("may, where they are, and no other", async () => {
    const world = await authority({ origins: [page] });
    const response = await world.send("OPTIONS", "/me", { headers: asks });
    assert.equal(response.status, 204);
    assert.equal(response.headers.get("access-control-allow-origin"), page);
    assert.match(response.headers.get("access-control-allow-headers"), /authorization.*bailiwick-capsule.*content-type/);
    assert.equal(response.headers.get("access-control-allow-credentials"), null);
    for (const path of ["/policy", "/me", "/nowhere"]) {
      const answer = await world.send("GET", path, { headers: { origin: page } });
      assert.deepEqual([answer.headers.get("access-control-allow-origin"), answer.headers.get("vary")], [page, "Origin"]);
      const other = await world.send("GET", path, { headers: { origin: "https://evil.com" } });
      assert.deepEqual([other.headers.get("access-control-allow-origin"), other.headers.get("vary")], [null, "Origin"]);
    }
    assert.equal((await world.send("OPTIONS", "/me", { headers: { ...asks, origin: "https://evil.com" } })).status, 405);
  });

  test("no answer sets a cookie, and none is read", async () => {
    const world = await inhabited();
    const response = await world.send("GET", "/me", { headers: { cookie: `token=${await tokenOf(ana)}` } });
    assert.deepEqual([response.status, response.headers.get("set-cookie")], [401, null]);
  });
});

describe("events", () => {
  const read = async (reader) => new TextDecoder().decode((await reader.read()).value);

  test("tell the revision in force, each new one, and that they are still there", async () => {
    const world = await inhabited({ heartbeat: 20 });
    const response = await world.send("GET", `${ACME}/events`, { token: await tokenOf(bo), capsule: world.capsules.get(bo) });
    assert.equal(response.headers.get("content-type"), "text/event-stream");
    const reader = response.body.getReader();
    const { revision } = (await world.capsule(bo)).body;
    assert.equal(await read(reader), `data: {"revision":${revision}}\n\n`);
    assert.equal(await read(reader), ": \n\n");
    await world.command(ana, "acme", { command: "rename_organization", name: "New" });
    let said = "";
    while (!said.includes("data")) said = await read(reader);
    assert.equal(said, `data: {"revision":${revision + 1}}\n\n`);
    await reader.cancel();
  });

  test("go on where a capsule holds longer than a timer can", async () => {
    const world = await inhabited({ heartbeat: 20, lifetime: 30 * 24 * 60 * MINUTE });
    const response = await world.send("GET", `${ACME}/events`, { token: await tokenOf(bo), capsule: world.capsules.get(bo) });
    const reader = response.body.getReader();
    await read(reader);
    assert.equal(await read(reader), ": \n\n");
    await reader.cancel();
  });

  const listening = async (world, id) => world.send("GET", `${ACME}/events`, { token: await tokenOf(id), capsule: world.capsules.get(id) });

  for (const command of [
    { command: "remove_member", member: `user/${bo}` },
    { command: "suspend_member", member: `user/${bo}` },
    { command: "delete_organization" },
  ])
    test(`end before the revision of which who hears them is no member: ${command.command}`, async () => {
      const world = await inhabited();
      const { revision } = (await world.capsule(bo)).body;
      const [bos, chiaras] = await Promise.all([bo, chiara].map(async (id) => (await listening(world, id)).body.getReader()));
      for (const reader of [bos, chiaras]) assert.equal(await read(reader), `data: {"revision":${revision}}\n\n`);
      assert.equal((await world.command(ana, "acme", command)).status, 200);
      assert.equal((await bos.read()).done, true);
      if (command.command === "delete_organization") return assert.equal((await chiaras.read()).done, true);
      assert.equal(await read(chiaras), `data: {"revision":${revision + 1}}\n\n`, "others hear on");
      await chiaras.cancel();
    });

  test("are heard 16 times at once by one principal: one more ends the oldest", async () => {
    const world = await inhabited();
    const open = [];
    const others = (await listening(world, chiara)).body.getReader();
    await read(others);
    for (let place = 0; place < 18; place += 1) {
      open.push((await listening(world, bo)).body.getReader());
      assert.match(await read(open.at(-1)), /revision/);
      if (place === 15) await open[7].cancel();
    }
    assert.equal((await open[0].read()).done, true, "the oldest: one had gone by itself");
    const [{ revision }, still] = [(await world.capsule(bo)).body, open.filter((_, place) => place !== 0 && place !== 7)];
    await world.command(ana, "acme", { command: "rename_organization", name: "New" });
    for (const reader of [others, ...still]) assert.equal(await read(reader), `data: {"revision":${revision + 1}}\n\n`);
    for (const reader of [others, ...still]) await reader.cancel();
  });

  test("end with the capsule", async () => {
    const world = await inhabited({ lifetime: 50 });
    const { revision } = (await world.capsule(bo)).body;
    const response = await world.send("GET", `${ACME}/events`, { token: await tokenOf(bo), capsule: world.capsules.get(bo) });
    assert.equal(await response.text(), `data: {"revision":${revision}}\n\n`);
  });
});

describe("development", () => {
  const at = async (url, { body, token, key } = {}) => {
    const development = developmentIssuer({ key: key ?? keys.keys.k1, people: [{ id: ana, name: "Ana" }], clock: () => NOW });
    const world = await authority({ development });
    const headers = { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) };
    return world.service(new Request(url, { headers, ...(body && { method: "POST", body: JSON.stringify(body) }) }));
  };

  test("signs anybody in, on this machine", async () => {
    for (const host of ["localhost", "127.0.0.1:8787", "[::1]:1", "127.1.2.3"]) {
      assert.deepEqual(await (await at(`http://${host}/development/people`)).json(), { people: [{ id: ana, name: "Ana" }] });
      const { token } = await (await at(`http://${host}/development/sign-in`, { body: { person: "x@y.z", name: "X" } })).json();
      const me = await (await at(`http://${host}/me`, { token })).json();
      assert.deepEqual(me.person, { id: "x@y.z", email: "x@y.z", name: "X" });
    }
    assert.equal((await at("http://localhost/development/sign-in", { body: { person: "X@y.z" } })).status, 400);
  });

  test("does not, and takes no such token, by any other name", async () => {
    const { token } = await (await at("http://localhost/development/sign-in", { body: { person: ana } })).json();
    for (const host of ["authority.acme.com", "localhost.evil.com", "127.0.0.1.evil.com", "evil.com", "10.0.0.1", "[::2]", "0.0.0.0"]) {
      assert.equal((await at(`http://${host}/development/sign-in`, { body: { person: ana } })).status, 404, host);
      assert.equal((await at(`http://${host}/development/people`)).status, 404, host);
      assert.equal((await at(`http://${host}/me`, { token })).status, 401, host);
    }
  });
});

describe("settings", () => {
  const made = (more) => () => createService({ policy: pinecone, places: {}, keys, audience, ...more });

  test("the action of every member is worked out, or named", () => {
    assert.doesNotThrow(made());
    assert.doesNotThrow(made({ policy: pinkfish }));
    assert.throws(made({ member: "fly" }), { code: "ERR_UNKNOWN_ACTION" });
    const roles = structuredClone(pinecone);
    roles.kinds.organization.roles.organization_billing_admin.allow = ["view_billing"];
    roles.kinds.organization.roles.organization_user.allow = ["create_projects"];
    assert.throws(made({ policy: roles }), (error) => error.code === "ERR_TYPE" && error.path === "settings.member");
    assert.doesNotThrow(made({ policy: roles, member: "create_projects" }));
  });

  test("what is wrong with them is said, and where", () => {
    for (const [more, path] of [
      [{ lifetime: 0 }, "settings.lifetime"],
      [{ lifetime: "5" }, "settings.lifetime"],
      [{ origins: "https://a.com" }, "settings.origins"],
      [{ origins: [1] }, "settings.origins[0]"],
      [{ operator: true }, "settings.operator"],
      [{ keys: { active: "k2", keys: keys.keys } }, "keys.keys.k2"],
      [{ keys: { active: "k1", keys: { k1: { kty: "RSA" } } } }, "keys.keys.k1"],
      [{ audience: 7 }, "settings.audience"],
    ])
      assert.throws(made(more), (error) => error.path === path, path);
    assert.ok(new BailiwickError("ERR_X", "") instanceof Error);
  });
});
