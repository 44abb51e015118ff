// The trivial handler on Cloudflare's runtime. `/decide/<n>` decides so many times: its clock stands while a worker works.
import { env } from "cloudflare:workers";
import { fetchDoor, guardOf } from "./variants.mjs";

const answer = fetchDoor(env.VARIANT, env, () => new Response("ok"));
const guard = env.VARIANT === "guard" ? guardOf(env, true) : undefined;

async function decide(request, times) {
  const asked = { method: "GET", path: env.ASKED, request };
  let allowed = 0;
  for (let left = times; left > 0; left -= 1) if ((await guard.decide(asked)).allowed) allowed += 1;
  return new Response(`${allowed}`);
}

export default {
  fetch(request) {
    const times = guard && /\/decide\/(\d+)$/.exec(request.url)?.[1];
    return times ? decide(request, Number(times)) : answer(request);
  },
};
