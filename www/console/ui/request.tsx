import { useState } from "react";
import type { Decision } from "bailiwick";
import type { Point } from "../model/product";
import { useOrganization } from "../data/organization";
import { Action } from "./button";

/** A message to whom one would ask, ready to be sent by whatever one writes to them with. */
export function RequestAccess({ point, decision }: { readonly point: Point; readonly decision: Decision }) {
  const { names } = useOrganization();
  const [copied, setCopied] = useState(false);
  const [remedy] = decision.remedy;
  const copy = async () => {
    const wanted =
      remedy === undefined || remedy.change === "edition" ? "" : ` (${names.roleOn(remedy.on, remedy.role)})`;
    const what = names.action(point.kind, point.action);
    await navigator.clipboard.writeText(
      `Could you give me access${wanted}? I would like to: ${what}, on ${names.of(`${point.kind}/${point.id}`)}.`,
    );
    setCopied(true);
  };
  return (
    <Action size="small" onPress={() => void copy()}>
      {copied ? "Copied, send it to them" : "Copy a request for access"}
    </Action>
  );
}
