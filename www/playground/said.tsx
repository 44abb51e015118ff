/** A sentence in which names stand between backticks. */
export function Said({ text }: { readonly text: string }) {
  return text.split("`").map((part, at) => (at % 2 === 1 ? <code key={at}>{part}</code> : part));
}

/** A principal or a resource, `kind/id`, the id in front. */
export function Thing({ id, name }: { readonly id: string; readonly name?: string | undefined }) {
  const slash = id.indexOf("/");
  const kind = slash === -1 ? "" : id.slice(0, slash);
  return (
    <span className="thing">
      <b>{name ?? id.slice(slash + 1)}</b>
      {kind !== "" && kind !== "user" && <span className="muted"> {kind.replaceAll("_", " ")}</span>}
    </span>
  );
}
