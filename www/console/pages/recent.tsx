import { ArrowRight } from "lucide-react";
import { Link } from "wouter";
import { useOrganization } from "../data/organization";
import { useFetched } from "../data/resource";
import { Card, Skeleton } from "../ui/bits";
import { ChangeList } from "./change-list";

/** The last few changes. */
export function RecentActivity() {
  const { link, view, id } = useOrganization();
  const { value } = useFetched(id, view.revision, () => link.history());
  if (value?.ok === false || value?.changes.length === 0) return null;
  return (
    <Card
      title="Lately"
      actions={
        <Link className="text-link" href="/activity">
          All activity <ArrowRight className="icon" aria-hidden />
        </Link>
      }
    >
      {value === undefined ? <Skeleton lines={3} /> : <ChangeList changes={value.changes.slice(0, 5)} />}
    </Card>
  );
}
