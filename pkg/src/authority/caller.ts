import { BailiwickError } from "../api/errors.js";
import type { Timers } from "../store.js";

/** How an authority is reached. */
export interface CallerSettings {
  /** Where it is: `https://authority.acme.com`, with its prefix if it has one. */
  readonly base: string | URL;
  /** Who asks: the token of the sign-in, fresh enough. It is called for each request. */
  readonly token: () => string | PromiseLike<string>;
  /** The platform's own if absent. */
  readonly fetch?: ((url: string, settings: RequestInit) => Promise<Response>) | undefined;
  readonly timers?: Timers | undefined;
  /** From 0 up to 1: spreads what many pages would do at the same moment. `Math.random` if absent. */
  readonly random?: (() => number) | undefined;
}

/** A request to the authority. */
export interface Call {
  readonly method?: "GET" | "POST";
  readonly path: string;
  readonly body?: object;
  /** The token of the capsule that goes along, each time it is sent. */
  readonly capsule?: (() => string) | undefined;
  /** Brings a new capsule; called once, where the old one is refused. */
  readonly renew?: (() => Promise<unknown>) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What the authority says of a refusal, as far as it says it. */
export interface Told {
  readonly reason?: string;
  readonly code?: string;
  readonly path?: string;
  readonly detail?: string;
  readonly decision?: object;
  readonly text?: string;
}

/** How often a request is sent before it is given up. */
const TRIES = 5;

const FIRST_WAIT = 200;
const LONGEST_WAIT = 5_000;

/** Sends requests: again where nothing came back, since every command has an id and is carried out once. */
export class Caller {
  readonly #settings: CallerSettings;
  readonly #base: string;

  constructor(settings: CallerSettings) {
    this.#settings = settings;
    this.#base = String(settings.base).replace(/\/+$/, "");
  }

  /** Sends until there is an answer that is not for the moment only; throws `ERR_UNREACHABLE`, and what `signal` says. */
  async send(call: Call): Promise<Response> {
    let [renewed, known] = [false, false];
    for (let tries = 1; ; tries += 1) {
      const response = await this.#once(call).catch((cause: unknown) => {
        if (call.signal?.aborted === true || cause instanceof NoToken || tries >= TRIES) throw unreachable(cause);
        return undefined;
      });
      const isLasting = response !== undefined && response.status < 500 && response.status !== 429;
      if (response !== undefined && (!isLasting || response.status === 401)) {
        const told = await toldBy(response.clone());
        const isCapsule = told.reason === "stale" || told.reason === "invalid_capsule";
        if (isCapsule && call.renew !== undefined && !renewed) {
          renewed = true;
          await call.renew();
          continue;
        }
        if (told.reason === "unknown_principal" && !known) {
          known = true;
          continue;
        }
      }
      if (response !== undefined && (isLasting || tries >= TRIES)) return response;
      await this.wait(tries);
    }
  }

  /** The JSON of an answer. A refusal that says why is an answer too; anything else is thrown. */
  async json(call: Call): Promise<unknown> {
    const response = await this.send(call);
    if (response.ok) return response.json();
    const told = await toldBy(response);
    if (told.decision !== undefined) return { ok: false, decision: told.decision, text: told.text };
    throw errorOf(response.status, told);
  }

  /** Longer after each try, and not for everybody the same. */
  wait(tries: number): Promise<void> {
    const longest = Math.min(FIRST_WAIT * 2 ** (tries - 1), LONGEST_WAIT);
    return this.pause(longest / 2 + this.random() * (longest / 2));
  }

  pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const { timers } = this.#settings;
      if (timers === undefined) setTimeout(resolve, milliseconds);
      else timers.set(resolve, milliseconds);
    });
  }

  random(): number {
    return (this.#settings.random ?? Math.random)();
  }

  async #once({ method = "GET", path, body, capsule, signal }: Call): Promise<Response> {
    const token = await this.#token();
    const headers: Record<string, string> = { authorization: `Bearer ${token}` };
    if (capsule !== undefined) headers["bailiwick-capsule"] = capsule();
    if (body !== undefined) headers["content-type"] = "application/json";
    const ask = this.#settings.fetch ?? ((url, settings) => fetch(url, settings));
    return ask(this.#base + path, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal !== undefined && { signal }),
      credentials: "omit",
      redirect: "error",
    });
  }

  async #token(): Promise<string> {
    try {
      return await this.#settings.token();
    } catch (cause) {
      throw new NoToken("ERR_IDENTITY", "`token` gave no token", "", cause);
    }
  }
}

/** The host could not say who asks: no use in asking again. */
class NoToken extends BailiwickError {}

/** What a problem says; nothing where it is none. */
async function toldBy(response: Response): Promise<Told> {
  try {
    const told: unknown = await response.json();
    return typeof told === "object" && told !== null ? (told as Told) : {};
  } catch {
    return {};
  }
}

/** The error of an answer that is none. */
export function errorOf(status: number, { code, path, detail, reason }: Told): BailiwickError {
  if (status === 401) return new BailiwickError("ERR_IDENTITY", "the authority does not know who asks: sign in again");
  if (status === 404) return new BailiwickError("ERR_NO_ACCESS", "there is no such thing, or it is not for who asks");
  if (status >= 500 || status === 429) return unreachable(`it answered ${status}`);
  return new BailiwickError(code ?? "ERR_REFUSED", detail ?? `the authority refuses: ${reason ?? status}`, path);
}

function unreachable(cause: unknown): BailiwickError {
  if (cause instanceof BailiwickError) return cause;
  return new BailiwickError("ERR_UNREACHABLE", "the authority does not answer", "", cause);
}
