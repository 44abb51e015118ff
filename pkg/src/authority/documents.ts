/** A document that everybody may have and keep for a minute. */
export class PublicDocument {
  readonly #bytes: Uint8Array<ArrayBuffer>;
  #tag: Promise<string> | undefined;

  constructor(
    bytes: Uint8Array,
    readonly type: string,
  ) {
    this.#bytes = new Uint8Array(bytes);
  }

  static json(value: unknown): PublicDocument {
    return new PublicDocument(new TextEncoder().encode(JSON.stringify(value)), "application/json");
  }

  /** The document, or that what the asker has is still the same. */
  async answer({ headers }: Request): Promise<Response> {
    this.#tag ??= tagOf(this.#bytes);
    const etag = await this.#tag;
    const kept = { etag, "cache-control": "public, max-age=60" };
    if (headers.get("if-none-match") === etag) return new Response(null, { status: 304, headers: kept });
    return new Response(this.#bytes, { headers: { ...kept, "content-type": this.type } });
  }
}

async function tagOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return `"${Array.from(digest.subarray(0, 16), (byte) => byte.toString(16).padStart(2, "0")).join("")}"`;
}
