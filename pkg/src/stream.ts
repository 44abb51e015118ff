import type { Engine } from "./api/engine.js";
import { BailiwickError, BailiwickTypeError } from "./api/errors.js";
import { type ModuleName, initialized } from "./api/runtime.js";
import { instancesOf } from "./instance.js";
import { type Instantiate, start } from "./load.js";

/** What a module can be made from: a `WebAssembly.Module`, its bytes, a `Response` with it, or where to fetch it (a `URL` or a string). */
export type ModuleInput = object | string;

/** The `init` of one module: callers at once share one start, and a failure is forgotten. */
export function initializer(module: ModuleName, fresh: (instantiate: Instantiate) => Engine) {
  const begin = (instantiate: Instantiate): void => start(() => fresh(instantiate));
  return bringer(() => initialized(module), begin);
}

/** The same for who keeps its instances elsewhere: whether there is one, and what begins with them. */
export function bringer(isThere: () => boolean, begin: (instantiate: Instantiate) => void) {
  let pending: Promise<void> | undefined;
  const bring = async (input: ModuleInput | PromiseLike<ModuleInput>): Promise<void> => {
    const instantiate = instancesOf(await compiled(await input));
    try {
      begin(instantiate);
    } catch (cause) {
      refuse(cause);
    }
  };
  return (input: ModuleInput | PromiseLike<ModuleInput>): Promise<void> => {
    if (isThere()) return Promise.resolve();
    pending ??= bring(input).finally(() => {
      pending = undefined;
    });
    return pending;
  };
}

/** By its tag: what comes from another realm is of another class. */
async function compiled(input: unknown): Promise<WebAssembly.Module> {
  const tag = Object.prototype.toString.call(input).slice(8, -1);
  if (tag === "Module" || tag === "WebAssembly.Module") return input as WebAssembly.Module;
  if (tag === "ArrayBuffer" || tag === "SharedArrayBuffer" || ArrayBuffer.isView(input))
    return compile(input as BufferSource);
  if (tag === "Response") return fetched(input as Response);
  if (tag === "URL" || typeof input === "string") return fetched(await fetch(input as string | URL));
  throw new BailiwickTypeError("`input` must be a WebAssembly.Module, bytes, a Response or a URL", "input");
}

async function fetched(response: Response): Promise<WebAssembly.Module> {
  if (!response.ok)
    throw new BailiwickError("ERR_MODULE", `\`${response.url}\` answered ${response.status}: the module is not there`);
  const streams = response.headers.get("content-type")?.split(";")[0]?.trim() === "application/wasm";
  if (!streams || WebAssembly.compileStreaming === undefined) return compile(await response.arrayBuffer());
  return WebAssembly.compileStreaming(response).catch(refuse);
}

function compile(bytes: BufferSource): Promise<WebAssembly.Module> {
  return WebAssembly.compile(bytes).catch(refuse);
}

function refuse(cause: unknown): never {
  throw new BailiwickError("ERR_MODULE", "this is not the module, or the page forbids WebAssembly", "input", cause);
}
