import { useState } from "react";
import { Line } from "../ui/fields";
import { RoleTags, type Stand } from "./sso";

/** Which roles somebody would have whose sign-in asserts these groups; nothing is done. */
export function TryAssertion({ map }: { readonly map: { readonly [value: string]: readonly Stand[] } }) {
  const [text, setText] = useState("");
  const values = text
    .split(",")
    .map((value) => value.trim())
    .filter((value) => value !== "");
  const unknown = values.filter((value) => map[value] === undefined);
  const roles = new Map(
    values.flatMap((value) => map[value] ?? []).map((stand) => [`${stand.role} ${stand.on ?? ""}`, stand]),
  );
  const lacks = values.length > 0 && ![...roles.values()].some(({ on }) => on === undefined);
  return (
    <div className="stack try">
      <Line
        label="Try an assertion"
        value={text}
        onChange={setText}
        hint="Groups between commas, as the sign-in would assert them. Nothing is changed."
      />
      {values.length > 0 && (
        <div aria-live="polite" className="stack">
          <RoleTags roles={[...roles.values()]} none="These stand for no role." />
          {unknown.length > 0 && <p className="muted">Unknown here: {unknown.join(", ")}</p>}
          {lacks && <p className="note">Without a role on the organization they would be suspended.</p>}
        </div>
      )}
    </div>
  );
}
