import start, { Engine, __wbg_reset_state } from "../wasm/bailiwick.js";
import { provide } from "./load.js";

provide({
  async start() {
    await start({ module_or_path: new URL("../wasm/bailiwick_bg.wasm", import.meta.url) });
    return new Engine();
  },
  again() {
    __wbg_reset_state();
    return new Engine();
  },
});

export * from "./index.js";
