// A service behind Node's own http, asked over a socket.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, request } from "node:http";
import { connect } from "node:net";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { listener } from "bailiwick/authority";
import { bo, inhabited, tokenOf } from "./authority-world.mjs";

async function serving(service, use) {
  const server = createServer(listener(service)).listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    return await use(server.address().port);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** The bytes as they stand here; the status of what comes back. */
async function raw(port, text) {
  const socket = connect(port, "127.0.0.1");
  socket.end(text);
  const chunks = [];
  for await (const chunk of socket) chunks.push(chunk);
  return Number(/^HTTP\/1\.1 (\d+)/.exec(Buffer.concat(chunks).toString())?.[1]);
}
const get = (port, target, host = "localhost") => raw(port, `GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);

test("the service is asked for what came over the wire, and nothing that was repaired", async () => {
  const asked = [];
  const service = async ({ url }) => (asked.push(url), new Response("{}"));
  await serving(service, async (port) => {
    assert.equal(await get(port, "/policy?a=1", "localhost:80"), 200);
    for (const target of ["/a/../policy", "/./policy", "/a%2e%2e/../policy", "/a\\b", "http://evil.com/policy", "*", "/%2e%2e/policy", "/policy\u0007"])
      assert.equal(await get(port, target), 400, target);
    for (const host of ["evil.com/x", "a@localhost", "localhost, evil.com", "a b", "?"]) assert.equal(await get(port, "/policy", host), 400, host);
  });
  assert.deepEqual(asked, ["http://localhost/policy?a=1"]);
});

test("a body goes in as it came, and headers once", async () => {
  const service = async (request) => new Response(JSON.stringify([request.method, request.headers.get("x"), await request.text()]), { status: 201 });
  await serving(service, async (port) => {
    const answer = await fetch(`http://127.0.0.1:${port}/a`, { method: "POST", body: "é".repeat(100_000), headers: { x: "1" } });
    const [method, x, text] = await answer.json();
    assert.deepEqual([answer.status, method, x, text.length], [201, "POST", "1", 100_000]);
  });
});

test("half of an answer does not look like a whole one", async () => {
  const broken = () => new ReadableStream({ pull: (controller) => (controller.enqueue(new Uint8Array(1)), controller.error(new Error("broke"))) });
  await serving(async () => new Response(broken()), async (port) => {
    await assert.rejects(async () => (await fetch(`http://127.0.0.1:${port}/a`)).text());
  });
});

test("who hangs up is heard of: nobody is told on", async () => {
  const world = await inhabited();
  let watched = 0;
  const places = {
    ...world.places,
    revision: (id) => world.places.revision(id),
    person: (id) => world.places.person(id),
    organization: (id) => ({
      ...world.places.organization(id),
      revisions: async () => {
        watched += 1;
        return new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode("1\n")), cancel: () => void (watched -= 1) });
      },
    }),
  };
  const other = await inhabited({ places });
  other.capsules.set(bo, world.capsules.get(bo));
  await serving(other.service, async (port) => {
    const headers = { authorization: `Bearer ${await tokenOf(bo)}`, "bailiwick-capsule": world.capsules.get(bo) };
    const asking = request({ port, host: "127.0.0.1", path: "/organizations/acme/events", headers }).end();
    const [answer] = await once(asking, "response");
    assert.equal(answer.statusCode, 200);
    await once(answer, "data");
    assert.equal(watched, 1);
    asking.destroy();
    for (let tries = 0; watched > 0; tries += 1) {
      assert.ok(tries < 100, "it goes on");
      await pause(10);
    }
  });
});
