import { Check, Minus } from "lucide-react";
import { useCan } from "bailiwick/react";
import { useOrganization } from "../data/organization";
import { Badge, Card } from "../ui/bits";

/** What the editions hold; the one in force is marked. */
export function Editions() {
  const { product, names, organization, id } = useOrganization();
  const { editions, features = {}, limits = {} } = product.policy;
  const upgrade = product.policy.questions?.["upgrade"]?.["organization"];
  const may = useCan(upgrade ?? "", "organization", id);
  const about =
    upgrade === undefined
      ? undefined
      : may
        ? "Another edition is yours to order from the platform."
        : `Whoever may “${names.action("organization", upgrade)}” orders another one.`;
  return (
    <Card title="Edition" about={about}>
      <div className="table-frame" tabIndex={0} role="region" aria-label="Editions, scrolls">
        <table className="table matrix matrix-upright">
          <thead>
            <tr>
              <th scope="col">What it holds</th>
              {Object.keys(editions).map((edition) => (
                <th key={edition} scope="col" aria-current={edition === organization.edition ? "true" : undefined}>
                  {names.edition(edition)}{" "}
                  {edition === organization.edition && <Badge tone="good">In force</Badge>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {Object.keys(features).map((feature) => (
              <tr key={feature}>
                <th scope="row">{names.feature(feature)}</th>
                {Object.entries(editions).map(([edition, { features: has = [] }]) => (
                  <td key={edition} className={has.includes(feature) ? "cell-yes" : "cell-no"}>
                    {has.includes(feature) ? (
                      <Check className="icon" aria-label="yes" />
                    ) : (
                      <Minus className="icon" aria-label="no" />
                    )}
                  </td>
                ))}
              </tr>
            ))}
            {Object.keys(limits).map((limit) => (
              <tr key={limit}>
                <th scope="row">{names.limit(limit)}</th>
                {Object.entries(editions).map(([edition, { limits: has = {} }]) => (
                  <td key={edition}>{has[limit]?.toLocaleString("en") ?? "Any number"}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}
