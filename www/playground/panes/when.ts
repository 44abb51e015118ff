/** A moment of a document, as everyone reads it alike: `2030-01-01`, with the time where it is not midnight. */
export function when(at: number): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return String(at);
  const [day = "", time = ""] = date.toISOString().split("T");
  return time === "00:00:00.000Z" ? day : `${day} ${time.replace(/(:00)?\.000Z$/, "").replace("Z", "")}`;
}
