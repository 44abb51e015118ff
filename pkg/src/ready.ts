/**
 * Does nothing: here the module is there as soon as it is imported. It stands for code that also runs over `bailiwick/slim`.
 *
 * @example
 * await init();
 */
export async function init(): Promise<void> {}
