/** An id that nobody used before, and that still says what it is for. */
export function identifier(name: string, random: string = suffix()): string {
  const words = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 40);
  return words === "" ? random : `${words}-${random}`;
}

/** The part of an id that makes it new: chosen once by a dialog, so that its preview is of what will be done. */
export function suffix(): string {
  return crypto.randomUUID().slice(0, 6);
}
