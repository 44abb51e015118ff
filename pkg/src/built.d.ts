/** What scripts/build.mjs puts in place of these names. `*` is the name of a module. */

/**
 * The glue of wasm-bindgen as a function, where the module needs any: every call makes an engine over exports of its own, and shares nothing
 * with the one before.
 */
declare module "glue:*" {
  const fresh: (instantiate: import("./load.js").Instantiate) => import("./api/engine.js").Engine;
  export default fresh;
}

/** The same of the module that the guard asks, which is another. */
declare module "glue:guard" {
  const fresh: (instantiate: import("./load.js").Instantiate) => import("./guard/engine.js").GuardEngine;
  export default fresh;
}

/** The same over the module as plain JavaScript. */
declare module "js:*" {
  const fresh: () => import("./api/engine.js").Engine;
  export default fresh;
}

/** The bytes of the module in letters, which compress better than hexadecimal digits. */
declare module "letters:*" {
  const letters: string;
  export default letters;
}

/** The file of the module beside the entry, imported as the runtime imports WebAssembly. */
declare module "*.wasm" {
  const module: WebAssembly.Module;
  export default module;
}

declare module "*.wasm?module" {
  const module: WebAssembly.Module;
  export default module;
}
