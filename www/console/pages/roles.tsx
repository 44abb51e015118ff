import { Check, Clock, Minus, Sparkles } from "lucide-react";
import { useState } from "react";
import type { ActionDocument } from "bailiwick";
import { useOrganization } from "../data/organization";
import { type Given, matrixOf } from "../model/role-matrix";
import { Card, PageHead } from "../ui/bits";
import { Pick } from "../ui/fields";

/** What each role gives, as the policy says it. */
export function Roles() {
  const { product, names } = useOrganization();
  const kinds = Object.entries(product.policy.kinds)
    .filter(([kind, { roles }]) => kind !== "platform" && roles !== undefined)
    .map(([kind]) => kind);
  const [kind, setKind] = useState(kinds[0] ?? "");
  return (
    <>
      <PageHead
        title="Roles"
        about={`What each role of ${product.name} gives. This page reads the policy, as every other page does.`}
      />
      <Pick
        label="Roles of"
        value={kind}
        onChange={setKind}
        options={kinds.map((one) => ({ id: one, label: names.kind(one) }))}
      />
      <Matrix kind={kind} />
    </>
  );
}

function Matrix({ kind }: { readonly kind: string }) {
  const { product, names } = useOrganization();
  const { roles, actions, given } = matrixOf(product, kind);
  const from = (role: { readonly kind: string; readonly role: string }) =>
    role.kind === kind
      ? names.role(kind, role.role)
      : `${names.role(role.kind, role.role)} (${names.kind(role.kind).toLowerCase()})`;
  return (
    <Card title={names.kind(kind)}>
      <div className="table-frame" tabIndex={0} role="region" aria-label="Roles, scrolls">
        <table className="table matrix matrix-upright">
          <thead>
            <tr>
              <th scope="col">Action</th>
              {roles.map((role) => (
                <th key={`${role.kind}/${role.role}`} scope="col">
                  {from(role)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {actions.map(([action, about]) => (
              <tr key={action}>
                <th scope="row">{names.action(kind, action)}</th>
                {roles.map((role) => (
                  <Cell key={`${role.kind}/${role.role}`} given={given(role, action)} about={about} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}

function Cell({ given, about }: { readonly given: Given; readonly about: ActionDocument }) {
  const { names } = useOrganization();
  if (given === "no")
    return (
      <td className="cell-no">
        <Minus className="icon" aria-label="no" />
      </td>
    );
  if (about.available === false)
    return (
      <td className="cell-later">
        <Clock className="icon" aria-label="coming soon" />
      </td>
    );
  const feature = about.feature === undefined ? undefined : names.feature(about.feature);
  return (
    <td className="cell-yes">
      <Check className="icon" aria-label="yes" />
      {feature !== undefined && <Sparkles className="icon tone-plan" aria-label={`with ${feature}`} />}
    </td>
  );
}
