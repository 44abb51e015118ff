// Imported before any other: knows the linear memories of all modules of WebAssembly that are made after it.
const memories = [];

WebAssembly.Instance = class extends WebAssembly.Instance {
  constructor(...made) {
    super(...made);
    const { memory } = this.exports;
    if (memory) memories.push(memory);
  }
};

/** Their bytes. */
export const linear = () => memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
