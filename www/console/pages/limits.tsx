import { Label, Meter } from "react-aria-components";
import { useOrganization } from "../data/organization";

/** What the edition counts, and how much of it is used, as far as one sees it. */
export function Limits() {
  const { organization, product, names, view } = useOrganization();
  const limits = product.policy.editions[organization.edition]?.limits ?? {};
  const rows = Object.entries(limits).flatMap(([limit, most]) => {
    const counts = product.policy.limits?.[limit]?.counts;
    const used = counts === undefined ? undefined : count(counts);
    return used === undefined || most === undefined ? [] : [{ limit, most, used }];
  });
  function count(kind: string): number | undefined {
    const { document, sees } = view;
    if (kind === "user")
      return sees.members ? (organization.members?.length ?? 0) + (document.invites?.length ?? 0) : undefined;
    if (kind === "project") return document.projects?.length ?? 0;
    return product.kind(kind).private === true
      ? undefined
      : document.resources?.filter((one) => one.kind === kind).length;
  }
  if (rows.length === 0) return null;
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
    </div>
  );
}
