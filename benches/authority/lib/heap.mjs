// What a worker holds on to, asked through the debugger of workerd.
import WebSocket from "ws";

/** Where workerd's debugger keeps the worker, among those of its own. */
const WORKER = "core:user:";

export class Heap {
  #socket;
  #asked = 0;

  constructor(socket) {
    this.#socket = socket;
  }

  static async of(port) {
    const targets = await (await fetch(`http://127.0.0.1:${port}/json/list`)).json();
    const { webSocketDebuggerUrl } = targets.find(({ id }) => id === WORKER);
    const socket = new WebSocket(webSocketDebuggerUrl);
    await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
    return new Heap(socket);
  }

  close() {
    this.#socket.close();
  }

  /** The bytes of its objects and buffers after a collection. workerd collects only while there are requests. */
  async held() {
    await this.#ask("HeapProfiler.collectGarbage");
    const { usedSize, backingStorageSize } = await this.#ask("Runtime.getHeapUsage");
    return usedSize + backingStorageSize;
  }

  #ask(method, params = {}) {
    const id = (this.#asked += 1);
    return new Promise((resolve, reject) => {
      const heard = (text) => {
        const answer = JSON.parse(text);
        if (answer.id !== id) return;
        this.#socket.off("message", heard);
        if (answer.error) reject(new Error(`${method}: ${answer.error.message}`));
        else resolve(answer.result);
      };
      this.#socket.on("message", heard);
      this.#socket.send(JSON.stringify({ id, method, params }));
    });
  }
}
