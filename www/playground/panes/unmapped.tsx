import { Pick } from "../../console/ui/fields";
import type { Comparison, Mapping } from "../engine/protocol";

interface Props {
  readonly told: Comparison;
  readonly mapping: Mapping;
  readonly setMapping: (mapping: Mapping) => void;
}

const NOTHING = "(nothing)";

/** Roles that the policy after does not have: what each is called there may be said. */
export function Unmapped({ told: { movements, roles, labels }, mapping, setMapping }: Props) {
  const lacking = new Map<string, { readonly kind: string; readonly role: string; bindings: number }>();
  for (const { kind, role, bindings } of movements.flatMap(({ unmapped }) => unmapped)) {
    const key = `${kind}/${role}`;
    const known = lacking.get(key) ?? { kind, role, bindings: 0 };
    lacking.set(key, { ...known, bindings: known.bindings + bindings });
  }
  for (const [kind, own] of Object.entries(mapping))
    for (const role of Object.keys(own))
      if (!lacking.has(`${kind}/${role}`)) lacking.set(`${kind}/${role}`, { kind, role, bindings: 0 });
  if (lacking.size === 0) return null;
  const say = (kind: string, role: string, chosen: string) => {
    const { [role]: _, ...others } = mapping[kind] ?? {};
    const own = chosen === NOTHING ? others : { ...others, [role]: [chosen] };
    setMapping({ ...mapping, [kind]: own });
  };
  return (
    <section className="stack">
      <h3>Roles that are not there any more</h3>
      <p className="muted">Say what each is called there; without that, whoever holds it holds nothing.</p>
      {[...lacking.values()].map(({ kind, role, bindings }) => (
        <Pick
          key={`${kind}/${role}`}
          label={`${labels.roles[`${kind}/${role}`] ?? role}${bindings > 0 ? `, ${bindings} bindings` : ""}`}
          value={mapping[kind]?.[role]?.[0] ?? NOTHING}
          onChange={(chosen) => say(kind, role, chosen)}
          options={[
            { id: NOTHING, label: "Nothing" },
            ...(roles[kind] ?? []).map((one) => ({ id: one, label: labels.roles[`${kind}/${one}`] ?? one })),
          ]}
        />
      ))}
    </section>
  );
}
