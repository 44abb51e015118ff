import { useState } from "react";
import type { Decision } from "bailiwick";
import type { Point } from "../model/product";
import { useOrganization } from "../data/organization";
import { Action } from "./button";

/** A message to whom one would ask, ready to be sent by whatever one writes to them with. */
export function RequestAccess({ point, decision }: { readonly point: Point; readonly decision: Decision }) {
  const { names } = useOrganization();
  const [copied, setCopied] = useState(false);
  const [kept, setKept] = useState<string>();
  const [remedy] = decision.remedy;
  const copy = async () => {
    const wanted =
      remedy === undefined || remedy.change === "edition" ? "" : ` (${names.roleOn(remedy.on, remedy.role)})`;
    const what = names.action(point.kind, point.action);
    const words = `Could you give me access${wanted}? I would like to: ${what}, on ${names.of(`${point.kind}/${point.id}`)}.`;
    // Who does not let the page write there copies it by hand.
    await navigator.clipboard.writeText(words).then(
      () => setCopied(true),
      () => setKept(words),
    );
  };
  if (kept !== undefined) return <blockquote className="note">{kept}</blockquote>;
  return (
    <Action size="small" onPress={() => void copy()}>
      {copied ? "Copied, send it to them" : "Copy a request for access"}
    </Action>
  );
}
