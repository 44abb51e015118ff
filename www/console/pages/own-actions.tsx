import { Zap } from "lucide-react";
import { useAccess } from "bailiwick/react";
import { useOrganization } from "../data/organization";
import { byTopic } from "../model/topics";
import { Card, Empty } from "../ui/bits";
import { Decided } from "../ui/decided";
import { toast } from "../ui/toasts";
import { useWhy } from "../ui/why";

interface Props {
  readonly kind: string;
  readonly id: string;
  /** Which of the kind's own actions; all if absent. */
  readonly only?: (action: string) => boolean;
}

/** What the product itself does with a thing: one button for each action, by what it is about. */
export function OwnActions({ kind, id, only = () => true }: Props) {
  const { product } = useOrganization();
  const access = useAccess();
  const { on } = useWhy();
  const shown = product
    .ownActions(kind)
    .filter((action) => only(action) && (on || access?.button(action, kind, id).state !== "hidden"));
  if (shown.length === 0) return <Empty icon={Zap} title="Nothing here for you to do" />;
  return byTopic(kind, shown).map(({ topic, actions }) => (
    <Card key={topic.title} title={topic.title} about={topic.about}>
      <div className="action-grid">
        {actions.map((action) => (
          <OwnAction key={action} action={action} kind={kind} id={id} />
        ))}
      </div>
    </Card>
  ));
}

function OwnAction({ action, kind, id }: { readonly action: string; readonly kind: string; readonly id: string }) {
  const { names } = useOrganization();
  const access = useAccess();
  const label = names.action(kind, action);
  const press = () => {
    const [via] = access?.check(action, kind, id).via ?? [];
    const through = via === undefined ? "" : `Allowed as ${names.roleOn(via.on, via.role)} of ${names.place(via.on)}. `;
    toast({ tone: "good", title: label, detail: `${through}The product behind this console would do it now.` });
  };
  return (
    <Decided size="small" point={{ action, kind, id }} onPress={press}>
      {label}
    </Decided>
  );
}
