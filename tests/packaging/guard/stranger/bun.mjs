import { guardFetch } from "bailiwick/guard/adapters";
import { guardOf, seen } from "./guard.mjs";

const answer = ({ method, url }, passage) => Response.json(seen(method, new URL(url).pathname, passage));
Bun.serve({ hostname: "127.0.0.1", port: Number(process.env.PORT), fetch: guardFetch(guardOf(process.env), answer) });
