import { Check, Minus } from "lucide-react";
import { ReasonBadge } from "../../console/ui/reason";
import type { Answer, Step } from "../engine/protocol";
import { when } from "./when";

type Of<S extends Answer["sort"]> = Extract<Answer, { readonly sort: S }>;

/** One answer at one moment after the other. */
export function Moments({ moments }: Pick<Of<"moments">, "moments">) {
  return (
    <ul className="plain-list">
      {moments.map(({ now, reason }, at) => (
        <li key={at} className="moment">
          <code>{when(now)}</code> <ReasonBadge reason={reason} />
        </li>
      ))}
    </ul>
  );
}

/** Ids by actions. */
export function Cells({ actions, ids, bits }: Omit<Of<"cells">, "sort">) {
  return (
    <div className="table-frame" tabIndex={0} role="region" aria-label="Answers, scrolls">
      <table className="table matrix matrix-upright">
        <thead>
          <tr>
            <th scope="col">Id</th>
            {actions.map((action) => (
              <th key={action} scope="col">
                {action}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ids.map((id, row) => (
            <tr key={id}>
              <th scope="row">{id}</th>
              {actions.map((action, column) => (
                <Cell key={action} is={bits[row * actions.length + column] === 1} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ is }: { readonly is: boolean }) {
  return (
    <td className={is ? "cell-yes" : "cell-no"}>
      {is ? <Check className="icon" aria-label="yes" /> : <Minus className="icon" aria-label="no" />}
    </td>
  );
}

const MOST = 200;

export function Items({ items }: { readonly items: readonly string[] }) {
  if (items.length === 0) return <p className="muted">Nothing.</p>;
  return (
    <ul className="items">
      {items.slice(0, MOST).map((item) => (
        <li key={item}>
          <code>{item}</code>
        </li>
      ))}
      {items.length > MOST && <li className="muted">and {items.length - MOST} more</li>}
    </ul>
  );
}

export function Steps({ steps }: { readonly steps: readonly Step[] }) {
  return (
    <ol className="steps">
      {steps.map((step, at) => (
        <li key={at}>
          <p>
            <b>{step.as.slice(step.as.indexOf("/") + 1)}</b> <code>{step.command}</code> <Outcome step={step} />
          </p>
          {step.text !== "" && <p className="muted">{step.text}</p>}
          {step.gained + step.lost > 0 && (
            <p className="muted">
              {step.gained > 0 && `${step.gained} actions gained`}
              {step.gained > 0 && step.lost > 0 && ", "}
              {step.lost > 0 && `${step.lost} lost`}
            </p>
          )}
        </li>
      ))}
    </ol>
  );
}

function Outcome({ step: { outcome } }: { readonly step: Step }) {
  if (outcome === "changed") return <span className="badge tone-good">Changed</span>;
  if (outcome === "repeated") return <span className="badge">Done before</span>;
  if (outcome === "error") return <span className="badge tone-ended">Error</span>;
  return <ReasonBadge reason={outcome} />;
}
