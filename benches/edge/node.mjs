// The trivial handler in Node. `/decide/<n>` decides so many times.
import { createServer } from "node:http";
import { guardOf, nodeDoor } from "./variants.mjs";

const { env } = process;
const door = nodeDoor(env.VARIANT, env);
const guard = env.VARIANT === "guard" ? guardOf(env, true) : undefined;

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
