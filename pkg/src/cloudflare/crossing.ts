import { BailiwickError } from "../api/errors.js";

/** What comes back from an object: errors lose their class and their fields on the way, so they travel as data. */
export type Crossed =
  { readonly value: unknown } | { readonly error: { readonly code: string; readonly path: string; readonly message: string } };

/** Carries something out, and packs what came of it. What is no error of this package goes its own way. */
export async function packed(work: () => Promise<unknown>): Promise<Crossed> {
  try {
    return { value: await work() };
  } catch (error) {
    const { code, path, message } = error as BailiwickError;
    if (!(error instanceof Error) || typeof code !== "string" || typeof path !== "string") throw error;
    return { error: { code, path, message } };
  }
}

/** The value again, or the error. */
export function unpacked(crossed: unknown): unknown {
  const { error, value } = crossed as { error?: { code: string; path: string; message: string }; value?: unknown };
  if (error === undefined) return value;
  throw new BailiwickError(error.code, error.message, error.path);
}
