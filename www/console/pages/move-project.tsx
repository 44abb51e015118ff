import { useState } from "react";
import type { ProjectDocument } from "bailiwick";
import { useOrganization } from "../data/organization";
import { useSession } from "../data/session";
import { CommandDialog } from "../ui/command";
import { Line, Pick } from "../ui/fields";
import { fresh } from "../ui/fresh";

interface Props {
  readonly project: ProjectDocument;
  readonly isOpen: boolean;
  readonly onOpenChange: (is: boolean) => void;
}

/** Asks to move a project to another organization, and passes on what the authority says to that. */
export const MoveProject = fresh(function MoveProject({ project, ...dialog }: Props) {
  const { me } = useSession();
  const { id } = useOrganization();
  const [to, setTo] = useState("");
  const others = me.organizations.filter((entry) => entry.active && entry.id !== id);
  return (
    <CommandDialog
      {...dialog}
      title={`Move ${project.name ?? project.id}`}
      fields={to.trim() === "" ? undefined : { command: "move_project", project: project.id, to: to.trim() }}
      submit="Move"
    >
      {others.length > 0 ? (
        <Pick
          label="To"
          value={to}
          onChange={setTo}
          options={others.map((entry) => ({ id: entry.id, label: entry.name ?? entry.id }))}
        />
      ) : (
        <Line label="To" hint="The identifier of the other organization." value={to} onChange={setTo} autoFocus />
      )}
    </CommandDialog>
  );
});
