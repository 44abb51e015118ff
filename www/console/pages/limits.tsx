import { Label, Meter } from "react-aria-components";
import { useOrganization } from "../data/organization";

/** What the edition counts, and how much of it is used; `all` lists what has no end, too. */
export function Limits({ all = false }: { readonly all?: boolean }) {
  const { organization, product, names, view } = useOrganization();
  const limits = product.policy.editions[organization.edition]?.limits ?? {};
  const counted = Object.keys(product.policy.limits ?? {}).map((limit) => ({
    limit,
    used: view.used[limit] ?? 0,
    most: limits[limit],
  }));
  const rows = counted.flatMap(({ most, ...row }) => (most === undefined ? [] : [{ ...row, most }]));
  const endless = all ? counted.filter(({ most }) => most === undefined) : [];
  if (rows.length + endless.length === 0) return null;
  return (
    <div className="meters">
      {rows.map(({ limit, most, used }) => (
        <Meter key={limit} className="meter" value={used} maxValue={most} valueLabel={`${used} of ${most}`}>
          {({ percentage, valueText }) => (
            <>
              <div className="meter-text">
                <Label>{names.limit(limit)}</Label>
                <span className="muted">{valueText}</span>
              </div>
              <div className="meter-track">
                <div
                  className={`meter-fill ${percentage >= 100 ? "meter-full" : ""}`}
                  style={{ width: `${Math.min(100, percentage)}%` }}
                />
              </div>
            </>
          )}
        </Meter>
      ))}
      {endless.map(({ limit, used }) => (
        <p key={limit} className="meter meter-text">
          {names.limit(limit)}
          <span className="muted">{used.toLocaleString("en")} of any number</span>
        </p>
      ))}
    </div>
  );
}
