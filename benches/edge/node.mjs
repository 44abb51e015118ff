// The trivial handler in Node. `/decide/<n>` decides so many times.
import { createPublicKey, verify } from "node:crypto";
import { createServer } from "node:http";
import { signedIn } from "./floors.mjs";
import { guardOf, nodeDoor, nodeFloorOf } from "./variants.mjs";

const { env } = process;
const door = env.VARIANT === "Ed25519 alone, node:crypto" ? nodeFloorOf(verifying()) : nodeDoor(env.VARIANT, env);
const guard = env.VARIANT === "guard" ? guardOf(env, true) : undefined;

/** By Node's own module, which verifies at once, in the thread of the server. */
function verifying() {
  const key = createPublicKey({ key: JSON.parse(env.KEYS).k1, format: "jwk" });
  let signed;
  return (path, cookie) => {
    signed ??= signedIn(cookie);
    return verify(null, signed.input, key, signed.signature);
  };
}

async function decide({ headers }, response, times) {
  const asked = { method: "GET", path: env.ASKED, request: { headers: { get: (name) => headers[name] ?? null } } };
  let allowed = 0;
  for (let left = times; left > 0; left -= 1) if ((await guard.decide(asked)).allowed) allowed += 1;
  response.end(`${allowed}`);
}

const server = createServer((request, response) => {
  const times = guard && /\/decide\/(\d+)$/.exec(request.url)?.[1];
  return times ? decide(request, response, Number(times)) : door(request, response, () => response.end("ok"));
});
server.listen(Number(env.PORT), "127.0.0.1");
