/** The end of what ends in the tests, in milliseconds since 1970. */
export const END = 1_800_000_000_000;
