import { Undo2 } from "lucide-react";
import type { Change } from "bailiwick";
import { useOrganization } from "../data/organization";
import { inverseOf, targetOf } from "../model/inverse";
import { CommandDialog } from "../ui/command";
import { Decided, useOpen } from "../ui/decided";

/** Takes a change back by the command that does the opposite, where there is one and one may give it. */
export function Undo({ change, sentence }: { readonly change: Change; readonly sentence: string }) {
  const { product, id } = useOrganization();
  const dialog = useOpen();
  const fields = inverseOf(change);
  if (fields === undefined) return null;
  return (
    <>
      <Decided
        size="small"
        variant="quiet"
        icon={Undo2}
        point={product.guard(fields.command, targetOf(fields, id))}
        onPress={dialog.open}
      >
        Undo
      </Decided>
      <CommandDialog {...dialog} title="Take it back" fields={fields} submit="Undo">
        <p>{sentence}</p>
      </CommandDialog>
    </>
  );
}
