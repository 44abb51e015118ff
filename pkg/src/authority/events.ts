/** How long events go on, and how often they are heard of. */
export interface EventSettings {
  /** For how many milliseconds. */
  readonly lasts: number;
  /** How often something is said even if there is nothing to say, in milliseconds: who is gone is noticed by it. */
  readonly heartbeat: number;
}

/** What a timer takes; with more it would go off at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * One event for each revision, `data: {"revision":7}`, and a comment as a heartbeat. It ends where `revisions` does, when it has lasted as
 * long as it may, and where nobody reads on.
 */
export function eventsOf(revisions: ReadableStream<Uint8Array>, settings: EventSettings): ReadableStream<Uint8Array> {
  const reader = revisions.getReader();
  const encoder = new TextEncoder();
  let timers: ReturnType<typeof setTimeout>[] = [];
  const stop = (): Promise<void> => {
    for (const timer of timers) clearTimeout(timer);
    timers = [];
    return reader.cancel().catch(() => undefined);
  };
  return new ReadableStream({
    start(controller) {
      const say = (text: string): void => controller.enqueue(encoder.encode(text));
      const end = (): void => {
        void stop();
        close(controller);
      };
      timers = [
        setTimeout(end, Math.min(Math.max(settings.lasts, 0), LONGEST_TIMER)),
        setInterval(() => say(": \n\n"), settings.heartbeat) as ReturnType<typeof setTimeout>,
      ];
      void tell(reader, (revision) => say(`data: {"revision":${revision}}\n\n`)).then(end, end);
    },
    cancel: stop,
  });
}

/** Says each whole line. */
async function tell(reader: ReadableStreamDefaultReader<Uint8Array>, say: (revision: number) => void): Promise<void> {
  const decoder = new TextDecoder();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const lines = (rest + decoder.decode(value, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (/^\d+$/.test(line)) say(Number(line));
  }
}

function close(controller: ReadableStreamDefaultController<Uint8Array>): void {
  try {
    controller.close();
  } catch {
    // Whoever read it has gone already.
  }
}
