const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

/** A moment as a day: `5 Nov 2026`. */
export function day(moment: number): string {
  return DAY.format(moment);
}

/** A moment as a date field wants it: `2026-11-05`. */
export function dateField(moment: number): string {
  return new Date(moment).toISOString().slice(0, 10);
}

/** The moment at which a date field's day begins; 0 when it is empty. */
export function fromDateField(value: string): number {
  const moment = Date.parse(`${value}T00:00:00Z`);
  return Number.isNaN(moment) || moment < 0 ? 0 : moment;
}

const MOMENT = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  timeZone: "UTC",
});

/** A moment to the second: `5 Nov 2026, 14:03:27 UTC`. */
export function moment(at: number): string {
  return `${MOMENT.format(at)} UTC`;
}
