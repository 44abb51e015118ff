/** What wasm-bindgen makes with `--target web`: the parts that the entry files use. */
declare module "*/wasm/bailiwick.js" {
  export const Engine: new () => import("./api/engine.js").Engine;
  export default function start(input: { module_or_path: unknown }): Promise<unknown>;
  export function initSync(input: { module: unknown }): unknown;
  export function __wbg_reset_state(): void;
}
