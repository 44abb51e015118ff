import { BailiwickError } from "../api/errors.js";
import { fromBearer } from "../guard/carriers.js";
import { type DevelopmentIssuer, isLoopback } from "./development.js";
import type { Identify, Identity } from "./identity.js";
import { Problem, hidden } from "./problems.js";

const bearer = fromBearer();

/** Whom to ask whose a token is. */
export interface Issuers {
  readonly identity: Identify | undefined;
  readonly development: DevelopmentIssuer | undefined;
}

/** One request, and who sent it: asked once, and not before somebody wants to know. */
export class Visit {
  readonly url: URL;
  readonly isLocal: boolean;
  readonly #issuers: Issuers;
  #identity: Promise<Identity | Problem> | undefined;

  constructor(
    readonly request: Request,
    issuers: Issuers,
  ) {
    this.url = new URL(request.url);
    this.isLocal = isLoopback(this.url);
    this.#issuers = issuers;
  }

  /** Who it is, or why nobody is believed. It throws where that could not be found out. */
  identity(): Promise<Identity | Problem> {
    this.#identity ??= this.#identify();
    return this.#identity;
  }

  /** Who it is. Throws the problem. */
  async known(): Promise<Identity> {
    const identity = await this.identity();
    if (identity instanceof Problem) throw identity;
    return identity;
  }

  /** Throws where who asks is of another organization than this one. */
  async mustBeFrom(organization: string | undefined): Promise<void> {
    if (organization === undefined) return;
    const identity = await this.identity();
    const home = identity instanceof Problem ? undefined : identity.organization;
    if (home !== undefined && home !== organization) throw hidden();
  }

  async #identify(): Promise<Identity | Problem> {
    const token = bearer(this.request);
    if (token === null) return new Problem("unknown_principal");
    const { identity, development } = this.#issuers;
    const asked = [this.isLocal ? development?.identify : undefined, identity];
    for (const identify of asked) {
      const found = identify === undefined ? undefined : await believed(identify, token);
      if (found !== undefined) return found;
    }
    return new Problem("unknown_principal", { code: "ERR_IDENTITY" });
  }
}

/** Nothing for a token that is not to be believed. */
async function believed(identify: Identify, token: string): Promise<Identity | undefined> {
  try {
    return await identify(token);
  } catch (error) {
    if (error instanceof BailiwickError && error.code === "ERR_IDENTITY") return undefined;
    throw error;
  }
}
