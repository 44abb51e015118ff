/** Whatever `work` throws. */
export function thrownBy(work) {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
}
