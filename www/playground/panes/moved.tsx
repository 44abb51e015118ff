/** Actions gained and lost. */
export function Moved({ gained, lost }: { readonly gained: readonly string[]; readonly lost: readonly string[] }) {
  return (
    <>
      {gained.length > 0 && (
        <p className="gain-gains">
          <b>Gains</b> {gained.join(", ")}
        </p>
      )}
      {lost.length > 0 && (
        <p className="gain-loses">
          <b>Loses</b> {lost.join(", ")}
        </p>
      )}
    </>
  );
}
