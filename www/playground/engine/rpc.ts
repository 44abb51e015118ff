/** Functions that a worker offers; arguments and answers are plain data. */
type Offer = { readonly [name: string]: (...parameters: never[]) => unknown };

interface Call {
  readonly id: number;
  readonly name: string;
  readonly parameters: readonly unknown[];
}

interface Reply {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: string;
}

/** Answers calls in a worker, one after the other. */
export function answerCalls(offer: Offer): void {
  const reply = (message: Reply) => postMessage(message);
  addEventListener("message", ({ data }: MessageEvent<Call>) => {
    void (async () => {
      try {
        const work = offer[data.name] as (...parameters: readonly unknown[]) => unknown;
        reply({ id: data.id, value: await work(...data.parameters) });
      } catch (error) {
        reply({ id: data.id, error: error instanceof Error ? error.message : String(error) });
      }
    })();
  });
}

type Remote<T> = {
  readonly [N in keyof T]: T[N] extends (...parameters: infer P) => infer R ? (...parameters: P) => Promise<Awaited<R>> : never;
};

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly timer: ReturnType<typeof setTimeout>;
}

/** A worker that has not answered for so long is started anew, in milliseconds. */
const PATIENCE = 20_000;

/** Calls a worker. One that hangs or breaks is ended, and a fresh one takes the next call. */
export function callsTo<T>(start: () => Worker): Remote<T> {
  const pending = new Map<number, Pending>();
  let worker: Worker | undefined;
  let last = 0;
  const end = (reason: string) => {
    worker?.terminate();
    worker = undefined;
    for (const { reject, timer } of pending.values()) {
      clearTimeout(timer);
      reject(new Error(reason));
    }
    pending.clear();
  };
  const begin = (): Worker => {
    const fresh = start();
    fresh.addEventListener("message", ({ data }: MessageEvent<Reply>) => {
      const call = pending.get(data.id);
      if (call === undefined) return;
      pending.delete(data.id);
      clearTimeout(call.timer);
      if (data.error === undefined) call.resolve(data.value);
      else call.reject(new Error(data.error));
    });
    fresh.addEventListener("error", (event) => end(event.message === "" ? "the worker broke" : event.message));
    return fresh;
  };
  const call = (name: string, parameters: readonly unknown[]): Promise<unknown> => {
    worker ??= begin();
    const id = (last += 1);
    worker.postMessage({ id, name, parameters } satisfies Call);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => end("no answer after 20 seconds: the documents may be too large"), PATIENCE);
      pending.set(id, { resolve, reject, timer });
    });
  };
  return new Proxy({} as Remote<T>, {
    get: (_, name) => (...parameters: readonly unknown[]) => call(String(name), parameters),
  });
}
