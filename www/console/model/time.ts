const DAY = new Intl.DateTimeFormat("en", { day: "numeric", month: "short", year: "numeric" });
const MOMENT = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short" });
const AGO = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

const STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
];

/** `5 Mar 2027`. */
export const day = (at: number): string => DAY.format(at);

/** With the time of day. */
export const moment = (at: number): string => MOMENT.format(at);

/** `2 hours ago`, `in 3 days`; a day where that is long. */
export function relative(at: number, now = Date.now()): string {
  const apart = at - now;
  if (Math.abs(apart) > 30 * 86_400_000) return day(at);
  const step = STEPS.find(([, length]) => Math.abs(apart) >= length);
  return step === undefined ? "just now" : AGO.format(Math.round(apart / step[1]), step[0]);
}

/** The end of a day that was chosen in a date field, in milliseconds since 1970. */
export function endOf(date: string): number | undefined {
  const at = date === "" ? Number.NaN : new Date(`${date}T23:59:59`).getTime();
  return Number.isFinite(at) ? at : undefined;
}

/** The day of a moment as a date field has it. */
export function dateOf(at: number | undefined): string {
  if (at === undefined) return "";
  const date = new Date(at);
  const two = (part: number) => String(part).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
