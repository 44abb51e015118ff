// What 100k shares take in a page: the growth of the JavaScript heap, of array buffers, and of WebAssembly's memory.

const MB = 2 ** 20;

/** Runs in the page before anything else: remembers the memories of all instances. */
function watch() {
  const memories = new Set();
  const note = (instance, imports) => {
    for (const names of [instance.exports, ...Object.values(imports ?? {})])
      for (const value of Object.values(names)) if (value instanceof WebAssembly.Memory) memories.add(value);
    return instance;
  };
  const { Instance, instantiate, instantiateStreaming } = WebAssembly;
  WebAssembly.Instance = new Proxy(Instance, {
    construct: (target, list) => note(Reflect.construct(target, list), list[1]),
  });
  const noted = (start) => async (from, imports) => {
    const result = await start(from, imports);
    note(result.instance ?? result, imports);
    return result;
  };
  WebAssembly.instantiate = noted(instantiate);
  WebAssembly.instantiateStreaming = noted(instantiateStreaming);
  globalThis.wasmBytes = () => [...memories].reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
}

/** The growth in MB. `tab` is a page that was not yet opened, `open` opens it, `hold` loads. */
export async function memoryOf(tab, open, hold) {
  await tab.addInitScript(watch);
  await open();
  const session = await tab.context().newCDPSession(tab);
  /** In bytes, though the names say what comes out at the end. */
  const used = async () => {
    for (let round = 0; round < 4; round += 1) {
      await session.send("HeapProfiler.collectGarbage");
      await tab.waitForTimeout(20);
    }
    const { usedSize, backingStorageSize } = await session.send("Runtime.getHeapUsage");
    return { jsHeapMB: usedSize, arrayBuffersMB: backingStorageSize, wasmMB: await tab.evaluate("wasmBytes()") };
  };
  const before = await used();
  await hold();
  const after = await used();
  return Object.fromEntries(Object.keys(before).map((part) => [part, (after[part] - before[part]) / MB]));
}
