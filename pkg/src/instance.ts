import type { Instantiate } from "./load.js";

/** The instances of a compiled module. It may come from another realm, so nobody asks for its class. */
export function instancesOf(module: WebAssembly.Module): Instantiate {
  return (imports) => new WebAssembly.Instance(module, imports as WebAssembly.Imports).exports;
}
