import { ArrowRight } from "lucide-react";
import { Link } from "wouter";
import { useOrganization } from "../data/organization";
import { useFetched } from "../data/resource";
import { Card } from "../ui/bits";
import { ChangeList } from "./change-list";
import { ForWhoSeesMembers } from "./for-who-sees-members";

/** The last few changes. */
export function RecentActivity() {
  return (
    <ForWhoSeesMembers label="What was done lately">
      <Recent />
    </ForWhoSeesMembers>
  );
}

function Recent() {
  const { link, view, id } = useOrganization();
  const { value } = useFetched(id, view.revision, () => link.history());
  if (value?.ok !== true) return null;
  if (value.changes.length === 0)
    return <Card title="Lately" about="Nothing yet: whatever is changed here is told, with who did it and when." />;
  return (
    <Card
      title="Lately"
      actions={
        <Link className="text-link" href="/activity">
          All activity <ArrowRight className="icon" aria-hidden />
        </Link>
      }
    >
      <ChangeList changes={value.changes.slice(0, 5)} />
    </Card>
  );
}
