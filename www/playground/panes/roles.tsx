import type { Cell as CellOf, Matrix } from "bailiwick";
import { Check, Clock, Minus, Sparkles } from "lucide-react";
import { useState } from "react";
import { Button } from "react-aria-components";
import { Pick } from "../../console/ui/fields";
import { stretchOf } from "../engine/place";
import type { PaneProps } from "../results";

/** Which role gives what, kind by kind. */
export function Roles({ evaluation, goTo }: PaneProps) {
  const matrices = evaluation.policy?.matrices ?? [];
  const [kind, setKind] = useState("");
  const shown = kind === "" ? matrices : matrices.filter((one) => one.kind === kind);
  const options = [{ id: "", label: "Every kind" }, ...matrices.map((one) => ({ id: one.kind, label: one.label }))];
  const to = (path: string) => goTo("policy", stretchOf(evaluation.of.policy, path).from);
  return (
    <>
      {matrices.length > 3 && (
        <Pick
          label="Kind"
          hideLabel
          value={kind === "" ? "every" : kind}
          onChange={(chosen) => setKind(chosen === "every" ? "" : chosen)}
          options={options.map((one) => ({ ...one, id: one.id === "" ? "every" : one.id }))}
        />
      )}
      {(shown.length === 0 ? matrices : shown).map((matrix) => (
        <Table key={matrix.kind} matrix={matrix} to={to} />
      ))}
      <p className="legend muted">
        <Check className="icon cell-yes" aria-hidden /> given
        <Sparkles className="icon tone-plan" aria-hidden /> with a feature of the edition
        <Clock className="icon cell-later" aria-hidden /> coming soon
      </p>
    </>
  );
}

function Table({ matrix, to }: { readonly matrix: Matrix; readonly to: (path: string) => void }) {
  const { kind, label, roles, actions } = matrix;
  return (
    <section className="matrix-part">
      <h3>{label}</h3>
      <div className="table-frame" tabIndex={0} role="region" aria-label={`Roles of ${label}, scrolls`}>
        <table className="table matrix matrix-upright" data-kind={kind}>
          <thead>
            <tr>
              <th scope="col">Action</th>
              {roles.map((role) => (
                <th key={role.role} scope="col">
                  <Button className="to-text" onPress={() => to(`kinds.${kind}.roles.${role.role}`)}>
                    {role.label}
                  </Button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {actions.map((action) => (
              <tr key={action.action}>
                <th scope="row">
                  <Button className="to-text" onPress={() => to(`kinds.${kind}.actions.${action.action}`)}>
                    {action.label}
                  </Button>
                </th>
                {action.cells.map((cell, at) => (
                  <Cell key={roles[at]?.role} cell={cell} feature={action.feature} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Cell({ cell, feature }: { readonly cell: CellOf; readonly feature: string | undefined }) {
  switch (cell) {
    case "yes":
      return (
        <td className="cell-yes">
          <Check className="icon" aria-label="yes" />
        </td>
      );
    case "feature":
      return (
        <td className="cell-yes">
          <Sparkles className="icon tone-plan" aria-label={`with ${feature ?? "a feature"}`} />
        </td>
      );
    case "not_available_yet":
      return (
        <td className="cell-later">
          <Clock className="icon" aria-label="coming soon" />
        </td>
      );
    default:
      return (
        <td className="cell-no">
          <Minus className="icon" aria-label="no" />
        </td>
      );
  }
}
