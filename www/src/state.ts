/** What the address bar says: everything that the page shows follows from it. */
export interface State {
  readonly example: string;
  /** The principal: `user/ana@acme.com`. */
  readonly as: string;
  /** The organization's id. */
  readonly in: string;
  readonly tab: string;
  /** An opened project, the kind of the content shown, or the kind of the matrix. */
  readonly item: string;
  /** The page of a list, from 1. */
  readonly page: number;
  /** The moment asked about, in milliseconds since 1970; this moment if 0. */
  readonly at: number;
}

const EMPTY: State = { example: "acme", as: "", in: "", tab: "settings", item: "", page: 1, at: 0 };

/** Reads a hash such as `#example=acme&as=user/ana@acme.com&in=acme`. */
export function parse(hash: string): State {
  const fields = new URLSearchParams(hash.replace(/^#/, ""));
  const text = (name: "example" | "as" | "in" | "tab" | "item") => fields.get(name) ?? EMPTY[name];
  return {
    example: text("example"),
    as: text("as"),
    in: text("in"),
    tab: text("tab"),
    item: text("item"),
    page: Math.max(1, count(fields.get("page"))),
    at: count(fields.get("at")),
  };
}

/** Writes the hash of a state; what is as usual is left out. */
export function format(state: State): string {
  const fields = new URLSearchParams();
  for (const [name, value] of Object.entries(state)) {
    const usual = EMPTY[name as keyof State];
    if (value !== usual || name === "example") fields.set(name, String(value));
  }
  return `#${fields.toString().replaceAll("%2F", "/").replaceAll("%40", "@")}`;
}

/** The hash of a state with some fields changed. Another person, place or tab starts at its first page. */
export function link(state: State, change: Partial<State>): string {
  const elsewhere = ["example", "in", "tab"].some((name) => name in change);
  return format({ ...state, ...(elsewhere ? { item: "" } : {}), page: 1, ...change });
}

function count(text: string | null): number {
  const value = Number(text ?? "0");
  return Number.isSafeInteger(value) && value > 0 ? value : 0;
}
