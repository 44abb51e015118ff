/** What a page of another origin may send. */
const ALLOWED = {
  "access-control-allow-methods": "GET, POST",
  "access-control-allow-headers": "authorization, bailiwick-capsule, content-type",
  "access-control-max-age": "7200",
};

/** Lets pages of some other origins ask. No cookie is ever looked at, so none is let through. */
export class Origins {
  readonly #allowed: ReadonlySet<string>;

  constructor(allowed: readonly string[]) {
    this.#allowed = new Set(allowed);
  }

  /** The answer to a browser that asks beforehand; nothing for any other request. */
  preflight({ method, headers }: Request): Response | undefined {
    const asks = method === "OPTIONS" && headers.get("access-control-request-method") !== null;
    if (!asks || !this.#allowed.has(headers.get("origin") ?? "")) return undefined;
    return this.open(headers, new Response(null, { status: 204, headers: ALLOWED }));
  }

  /** Lets the page read an answer. */
  open(asked: Headers, response: Response): Response {
    if (this.#allowed.size === 0) return response;
    response.headers.append("vary", "Origin");
    const origin = asked.get("origin") ?? "";
    if (this.#allowed.has(origin)) response.headers.set("access-control-allow-origin", origin);
    return response;
  }
}
