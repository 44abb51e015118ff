import { readFileSync } from "node:fs";
import { Engine, __wbg_reset_state, initSync } from "../wasm/bailiwick.js";
import { adopt } from "./api/runtime.js";
import { provide } from "./load.js";

initSync({ module: readFileSync(new URL("../wasm/bailiwick_bg.wasm", import.meta.url)) });
provide({ start: async () => new Engine(), again });
adopt(new Engine());

function again() {
  __wbg_reset_state();
  return new Engine();
}

export * from "./index.js";
