/** How many changes one page has: 1 to 1,000, and 100 where nobody says. */
export function pageSize(limit: number | undefined): number {
  return Math.min(Math.max(limit ?? 100, 1), 1_000);
}
