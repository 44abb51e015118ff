import type { Decision } from "bailiwick";

/** An answer that is none of ours, or that says what is wrong with the request. */
export class Problem extends Error {
  override readonly name = "Problem";

  constructor(
    readonly status: number,
    message: string,
    readonly code?: string,
  ) {
    super(message);
  }
}

/** The service said no: why, what would turn it, and whom to ask. */
export interface Refused {
  readonly ok: false;
  readonly decision: Decision;
  readonly text: string;
}

export type Told<T> = ({ readonly ok: true } & T) | Refused;

interface ProblemBody {
  readonly title?: string;
  readonly detail?: string;
  readonly text?: string;
  readonly code?: string;
  readonly decision?: Decision;
}

/** Where the service is: the page comes from the same place. */
const BASE = "/api";

/** Speaks to the service for one person. */
export class Http {
  constructor(private readonly token?: string) {}

  async send(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (this.token !== undefined) headers.set("authorization", `Bearer ${this.token}`);
    if (init.body !== undefined) headers.set("content-type", "application/json");
    return fetch(`${BASE}${path}`, { ...init, headers });
  }

  /** A body that must be there. */
  async get<T>(path: string): Promise<T> {
    const response = await this.send(path);
    if (!response.ok) throw await problemOf(response);
    return (await response.json()) as T;
  }

  /** A body, or the refusal. */
  async told<T>(path: string, init?: RequestInit): Promise<Told<T>> {
    const response = await this.send(path, init);
    const type = response.headers.get("content-type") ?? "";
    const body = type.includes("json") ? ((await response.json()) as T & ProblemBody) : undefined;
    if (response.ok) return { ...(body as T), ok: true };
    if (body?.decision !== undefined) return { ok: false, decision: body.decision, text: sentenceOf(body) };
    throw new Problem(response.status, sentenceOf(body), body?.code);
  }

  post<T>(path: string, body: unknown): Promise<Told<T>> {
    return this.told<T>(path, { method: "POST", body: typeof body === "string" ? body : JSON.stringify(body) });
  }
}

async function problemOf(response: Response): Promise<Problem> {
  const body = (await response.json().catch(() => undefined)) as ProblemBody | undefined;
  return new Problem(response.status, sentenceOf(body), body?.code);
}

function sentenceOf(body: ProblemBody | undefined): string {
  return body?.text ?? body?.detail ?? body?.title ?? "The service did not answer as expected.";
}
