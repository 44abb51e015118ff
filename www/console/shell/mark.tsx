/** The sign of the product. */
export function Mark() {
  return (
    <span className="mark">
      <img src="/mark.svg" alt="" width="28" height="28" />
      Bailiwick
    </span>
  );
}
