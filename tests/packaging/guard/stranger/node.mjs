import { createServer } from "node:http";
import { guardNode, passageOf } from "bailiwick/guard/adapters";
import { guardOf, seen } from "./guard.mjs";

const door = guardNode(guardOf(process.env));
const server = createServer((request, response) =>
  door(request, response, () => {
    const [path] = request.url.split("?");
    response.end(JSON.stringify(seen(request.method, path, passageOf(request))));
  }),
);
server.listen(Number(process.env.PORT), "127.0.0.1");
