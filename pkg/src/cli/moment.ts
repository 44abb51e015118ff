import { Usage } from "./usage.js";

/** A moment as it was written: milliseconds since 1970, or a date as `2027-01-31` or `2027-01-31T12:00:00Z`. */
export function momentOf(text: string | undefined, command: string): number {
  if (text === undefined) return Date.now();
  const moment = /^\d+$/.test(text) ? Number(text) : /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : NaN;
  if (Number.isSafeInteger(moment) && moment >= 0) return moment;
  throw new Usage(`\`${text}\` is no moment: write 2027-01-31T12:00:00Z, or milliseconds since 1970`, { command });
}

/** A moment as a person reads it. */
export function dated(moment: number): string {
  const date = new Date(moment);
  return Number.isNaN(date.getTime())
    ? String(moment)
    : date
        .toISOString()
        .replace(/:00\.000Z$/, "Z")
        .replace("T", " ");
}
