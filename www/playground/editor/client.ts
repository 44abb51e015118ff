import { callsTo } from "../engine/rpc";
import type { Language } from "./protocol";

/** What knows the schemas, in a worker: completion does not wait for the module, nor typing for either. */
export const language = callsTo<Language>(
  () => new Worker(new URL("./language.worker.ts", import.meta.url), { type: "module", name: "language" }),
);
