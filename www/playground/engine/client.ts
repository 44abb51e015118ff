import type { Work } from "./protocol";
import { callsTo } from "./rpc";

/** The module, in a worker of its own: no document that is looked at keeps anybody from typing. */
export const engine = callsTo<Work>(
  () => new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "bailiwick" }),
);
