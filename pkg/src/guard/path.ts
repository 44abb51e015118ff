/**
 * Schemes and hosts that no parser of URLs reads otherwise, and what follows up to a query or a fragment. A path that is in the one form of
 * the guard is then read alike by all; one that is not is refused as it stands.
 */
const PLAIN = /^https?:\/\/[\w.-]+(?::\d+)?(\/[^?#]*)/;

/** The path of a request's URL. That of a `Request` is in its normal form, so that the path can be cut out of it. */
export function pathOf(url: string): string {
  return PLAIN.exec(url)?.[1] ?? new URL(url).pathname;
}

/** The path of a target. Of a query it must be known that it is one: what a parser would drop from it could move its start. */
export function pathIn(target: string): string | undefined {
  const end = target.indexOf("?");
  if (end < 0) return target;
  return /^[!"$-~]*$/.test(target.slice(end + 1)) ? target.slice(0, end) : undefined;
}
