import express from "express";
import { guardNode, passageOf } from "bailiwick/guard/adapters";
import { guardOf, routes, seen } from "./guard.mjs";

const app = express();
app.use(guardNode(guardOf(process.env)));
for (const { method, path } of routes) {
  const handler = (request, response) => response.json(seen(request.method, request.path, passageOf(request)));
  app[method.toLowerCase()](path.replaceAll(/\{(\w+)\}/g, ":$1"), handler);
}
app.listen(Number(process.env.PORT), "127.0.0.1");
